"""What an estate still lacks, by whom it is to be done and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from campaign.creation.score import ItemScore, Scored, State, What
from campaign.creation.stages import (
    BROUGHT,
    WORDS,
    Facts,
    Need,
    Stage,
    forward,
    lacking,
    moves_from,
)
from campaign.creation.standard import Item

# Evidence that runs out within so many days is asked for anew.
SOON = timedelta(days=14)


class Whom(StrEnum):
    COMPANY = "company"
    INSPECTOR = "inspector"
    SUPERVISOR = "supervisor"
    HANDLER = "handler"  # who has the case in hand
    OFFICE = "office"


WHOM = {
    Whom.COMPANY: ("物业企业", "property company"),
    Whom.INSPECTOR: ("巡查员", "inspector"),
    Whom.SUPERVISOR: ("督查员", "supervisor"),
    Whom.HANDLER: ("案卷承办方", "whoever has the case in hand"),
    Whom.OFFICE: ("街道", "the office"),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """`points`: what the score lacks for it; `by`: None where nothing says. Of a case its own
    deadline goes before, which is read with the case."""

    zh: str
    en: str
    whom: Whom
    by: date | None
    item: str = ""
    points: Fraction = Fraction()
    case: UUID | None = None


def missing(scored: Scored, stage: Stage, facts: Facts, *, need_by: date | None) -> list[Missing]:
    """In order. Nothing of an estate that was announced. `need_by`: the day by which the next stage
    is to be reached."""
    if stage == Stage.ANNOUNCED:
        return []
    found: list[Missing] = []
    named: set[UUID] = set()
    for each in scored.items:
        found += _of_item(each, scored.day, need_by, named)
    for veto in scored.vetoes:
        if veto.id in named:
            continue
        named.add(veto.id)
        found.append(
            Missing(
                f"一票否决：{veto.veto.zh}" + (f"（{veto.code}）" if veto.code else ""),
                f"Veto: {veto.veto.en}" + (f" ({veto.code})" if veto.code else ""),
                Whom.HANDLER if veto.case else Whom.OFFICE,
                need_by,
                case=veto.case,
            )
        )
    found += _of_stage(stage, facts, need_by)
    return in_order(found)


def in_order(several: Iterable[Missing]) -> list[Missing]:
    """The earliest first, and of one day what costs most."""
    return sorted(several, key=lambda each: (each.by or date.max, -each.points, each.item))


def _of_item(scored: ItemScore, day: date, need_by: date | None, named: set[UUID]) -> list[Missing]:
    item = scored.item
    seen = Whom.INSPECTOR if item.codes else Whom.COMPANY
    lost = item.points - scored.earned if scored.applies else Fraction()
    if scored.state == State.NEVER:
        zh, en = ("尚未检查", "not looked at yet") if item.codes else ("尚未评分", "not graded yet")
        return [_lacks(item, zh, en, seen, need_by, lost)]
    rows: list[Missing] = []
    ends = scored.expires_on
    if ends is None or ends < day:
        zh = f"证据已于{ends}到期" if ends else "证据已到期"
        en = f"its evidence ran out on {ends}" if ends else "its evidence ran out"
        # Where a re-check failed, that is what costs the points.
        points = lost if scored.state == State.EXPIRED else Fraction()
        rows.append(_lacks(item, zh, en, seen, need_by, points))
    for why in scored.why:
        if why.what not in (What.FINDING, What.CASE):
            continue
        named.add(why.id)
        failed = why.what == What.CASE
        zh = "复查不合格" if failed else "隐患未销号"
        en = "a re-check failed" if failed else "an open finding"
        rows.append(
            _lacks(
                item,
                f"{zh}（{why.code}）",
                f"{en} ({why.code})",
                Whom.HANDLER,
                need_by,
                lost if not any(each.points for each in rows) else Fraction(),
                why.case,
            )
        )
    if not item.codes and scored.state in (State.PARTLY, State.UNMET):
        zh, en = (
            ("部分符合", "partly met") if scored.state == State.PARTLY else ("不符合", "not met")
        )
        rows.append(_lacks(item, zh, en, Whom.COMPANY, need_by, lost))
    if scored.applies and ends and day <= ends <= day + SOON:
        zh, en = f"证据将于{ends}到期", f"its evidence runs out on {ends}"
        rows.append(_lacks(item, zh, en, seen, ends))
    return rows


def _lacks(
    item: Item,
    zh: str,
    en: str,
    whom: Whom,
    by: date | None,
    points: Fraction = Fraction(),
    case: UUID | None = None,
) -> Missing:
    return Missing(f"{item.zh}：{zh}", f"{item.en}: {en}", whom, by, item.code, points, case)


_BY = {
    Need.SELF: Whom.COMPANY,
    Need.REVIEW: Whom.SUPERVISOR,
    Need.RECHECK: Whom.SUPERVISOR,
    Need.NO_OPEN_CASE: Whom.HANDLER,
    Need.ANNOUNCEMENT: Whom.OFFICE,
}
# Told item by item already.
_TOLD = frozenset({Need.NO_DANGER, Need.SURVEYED, Need.PASSES, Need.REASON})


def _of_stage(stage: Stage, facts: Facts, need_by: date | None) -> list[Missing]:
    """What the next stage asks beside the score."""
    after = forward(stage)
    move = next((each for each in moves_from(stage) if each.to == after), None)
    if move is None or after is None:
        return []
    needs = {*lacking(move, facts), *(need for need in move.needs if need in BROUGHT)} - _TOLD
    return [
        Missing(
            f"{after.value}：{WORDS[need][0]}",
            f"{after.value}: {WORDS[need][1]}",
            _BY.get(need, Whom.OFFICE if after in _OFFICES else Whom.COMPANY),
            need_by,
        )
        for need in move.needs
        if need in needs
    ]


_OFFICES = frozenset({Stage.REVIEWED, Stage.FIXED, Stage.NOTICE, Stage.ANNOUNCED})
