"""The stages of 创建, and every move there is from one to another."""

from dataclasses import dataclass
from enum import StrEnum

from campaign.creation.evidence import Form


class Stage(StrEnum):
    """As DOMAIN §3 has them; our proposal. S0 is whoever is not enrolled."""

    LISTED = "S1"
    PLANNED = "S2"
    TRAINED = "S3"
    SURVEYED = "S4"
    ASSESSED = "S5"
    APPLIED = "S6"
    REVIEWED = "S7"
    FIXED = "S8"
    NOTICE = "S9"
    ANNOUNCED = "S10"
    RETURNED = "SX"


class Need(StrEnum):
    """What a move must bring with it, or find."""

    FILE = "file"  # evidence
    NO_DANGER = "no_danger"  # no open finding of severity 1
    SURVEYED = "surveyed"  # everything bound to inspections was looked at in time
    SELF = "self"  # a self-assessment
    PASSES = "passes"  # the score reaches the pass mark, and nothing vetoes
    REVIEW = "review"  # the sheet of the review
    RECHECK = "recheck"  # the sheet of the re-check
    NO_OPEN_CASE = "no_open_case"  # of the estate's findings
    ANNOUNCEMENT = "announcement"  # its number
    REASON = "reason"


WORDS = {
    Need.FILE: ("附证明文件", "evidence attached"),
    Need.NO_DANGER: ("无未销号的一级隐患", "no open finding of severity 1"),
    Need.SURVEYED: (
        "评分表中的检查项目均在有效期内检查过",
        "every inspection item of the standard looked at in time",
    ),
    Need.SELF: ("有自评表", "a self-assessment sheet"),
    Need.PASSES: ("得分达标且无一票否决", "a score that reaches the pass mark, and no veto"),
    Need.REVIEW: ("有申报以来的现场评审表", "a review sheet since the application"),
    Need.RECHECK: ("有评审以来的复核表", "a re-check sheet since the review"),
    Need.NO_OPEN_CASE: ("隐患案卷全部销号", "every case of a finding closed"),
    Need.ANNOUNCEMENT: ("公告文号", "the number of the announcement"),
    Need.REASON: ("理由", "a reason"),
}
# What a move brings along; the rest it finds.
BROUGHT = frozenset({Need.FILE, Need.ANNOUNCEMENT, Need.REASON})

# How far, in percent.
PROGRESS = {
    Stage.LISTED: 5,
    Stage.PLANNED: 15,
    Stage.TRAINED: 30,
    Stage.SURVEYED: 55,
    Stage.ASSESSED: 70,
    Stage.APPLIED: 75,
    Stage.REVIEWED: 85,
    Stage.FIXED: 92,
    Stage.NOTICE: 96,
    Stage.ANNOUNCED: 100,
    Stage.RETURNED: 0,
}
TITLES = {
    Stage.LISTED: ("纳入创建名单", "on the list"),
    Stage.PLANNED: ("方案与责任", "plan and duties"),
    Stage.TRAINED: ("建章立制与培训", "rules and training"),
    Stage.SURVEYED: ("隐患排查整改", "hazards surveyed and fixed"),
    Stage.ASSESSED: ("自评", "self-assessment"),
    Stage.APPLIED: ("申报", "application"),
    Stage.REVIEWED: ("现场评审", "on-site review"),
    Stage.FIXED: ("整改复核", "defects fixed and re-checked"),
    Stage.NOTICE: ("公示", "public notice"),
    Stage.ANNOUNCED: ("达标公告", "announced"),
    Stage.RETURNED: ("退回/撤销", "returned or withdrawn"),
}
# What was done by it: sent back, to be put right, or taken off the list.
RETURNED = ("退回", "returned")
REMOVED = ("撤销，移出名单", "taken off the list")
# Expected to be announced next: shown, never counted.
EXPECTED = (Stage.REVIEWED, Stage.FIXED, Stage.NOTICE)


@dataclass(frozen=True, slots=True)
class Allowed:
    """One line of the table: from any of `since`."""

    since: frozenset[Stage]
    to: Stage
    needs: tuple[Need, ...]


def _allowed(since: Stage | frozenset[Stage], to: Stage, *needs: Need) -> Allowed:
    return Allowed(since if isinstance(since, frozenset) else frozenset({since}), to, needs)


_S, _N = Stage, Need
MOVES = (
    _allowed(_S.LISTED, _S.PLANNED, _N.FILE),
    _allowed(_S.PLANNED, _S.TRAINED, _N.FILE),
    _allowed(_S.TRAINED, _S.SURVEYED, _N.FILE, _N.SURVEYED, _N.NO_DANGER),
    _allowed(_S.SURVEYED, _S.ASSESSED, _N.FILE, _N.SELF, _N.PASSES),
    _allowed(_S.ASSESSED, _S.APPLIED, _N.FILE),
    _allowed(_S.APPLIED, _S.REVIEWED, _N.FILE, _N.REVIEW),
    _allowed(_S.REVIEWED, _S.FIXED, _N.FILE, _N.NO_OPEN_CASE, _N.RECHECK),
    _allowed(_S.FIXED, _S.NOTICE, _N.FILE, _N.PASSES),
    _allowed(_S.NOTICE, _S.ANNOUNCED, _N.FILE, _N.ANNOUNCEMENT, _N.PASSES),
    # 退回, 撤销: also of one that was announced; one that was returned can still be taken off.
    _allowed(frozenset(Stage), _S.RETURNED, _N.REASON),
    # Who was returned goes on from where hazards are fixed; who was taken off comes back there.
    _allowed(_S.RETURNED, _S.SURVEYED, _N.REASON),
)


def words_of(stage: Stage, *, removed: bool) -> tuple[str, str]:
    """Of a stage that was reached, in Chinese and in English."""
    if stage == Stage.RETURNED:
        return REMOVED if removed else RETURNED
    return TITLES[stage]


def moves_from(stage: Stage) -> tuple[Allowed, ...]:
    return tuple(each for each in MOVES if stage in each.since)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the needs of a move are judged by, as of its day. `looked`: everything that is bound to
    inspections was looked at in time. `forms`: of sheets since the estate came to this stage;
    a self-assessment may be older."""

    danger: bool
    passes: bool
    looked: bool
    open_cases: int
    assessed: bool
    forms: frozenset[Form]


def lacking(move: Allowed, facts: Facts) -> list[Need]:
    """What is not so, of what a move does not bring along."""
    met = {
        Need.NO_DANGER: not facts.danger,
        Need.PASSES: facts.passes,
        Need.SURVEYED: facts.looked,
        Need.NO_OPEN_CASE: not facts.open_cases,
        Need.SELF: facts.assessed,
        Need.REVIEW: Form.REVIEW in facts.forms,
        Need.RECHECK: Form.RECHECK in facts.forms,
    }
    return [need for need in move.needs if not met.get(need, True)]


def forward(stage: Stage) -> Stage | None:
    """The next one on the way to being announced."""
    return next((each.to for each in moves_from(stage) if each.to != Stage.RETURNED), None)
