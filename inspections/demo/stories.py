"""How cases go: which moves, in which order, after how long, and what is said with them."""

from dataclasses import dataclass
from random import Random

# Days until a move, where nothing hurries it.
USUAL_DAYS = {
    "file": 0.12,
    "fix_on_spot": 0.02,
    "reject": 0.5,
    "assign": 0.15,
    "claim": 0.4,
    "return": 0.6,
    "ask_extension": 2.0,
    "grant_extension": 0.4,
    "refuse_extension": 0.4,
    "hand_back": 2.5,
    "pass_check": 0.6,
    "fail_check": 0.6,
    "close": 0.5,
    "reopen": 3.0,
    "suspend": 3.0,
    "resume": 20.0,
    "refer": 0.8,
    "hear_done": 6.0,
    "join": 0.3,
    "void": 0.1,
}
_TO_HAND = ("file", "assign", "claim")
_DONE = ("hand_back", "pass_check", "close")

# Of those that were closed: how often each, and after how many days at least.
CLOSED: tuple[tuple[tuple[str, ...], float, float], ...] = (
    ((*_TO_HAND, *_DONE), 0.50, 0.0),
    (("file", "assign", "hand_back", "close"), 0.12, 0.0),
    (("fix_on_spot", "close"), 0.10, 0.0),
    ((*_TO_HAND, "hand_back", "fail_check", "claim", *_DONE), 0.08, 2.0),
    ((*_TO_HAND, "ask_extension", "grant_extension", *_DONE), 0.05, 3.0),
    ((*_TO_HAND, "ask_extension", "refuse_extension", *_DONE), 0.02, 3.0),
    (("file", "assign", "return", "assign", "claim", *_DONE), 0.03, 1.0),
    ((*_TO_HAND, "suspend", "resume", "claim", *_DONE), 0.03, 30.0),
    (("file", "refer", "hear_done", "close"), 0.03, 2.0),
    ((*_TO_HAND, *_DONE, "reopen", "claim", *_DONE), 0.02, 10.0),
    (("reject",), 0.02, 0.0),
)

# Of those that are open, by how old they are in days: how they came to where they are.
OPEN: tuple[tuple[float, tuple[tuple[tuple[str, ...], float], ...]], ...] = (
    (
        1.0,
        (
            ((), 0.55),
            (("file",), 0.15),
            (("file", "assign"), 0.15),
            (("fix_on_spot",), 0.10),
            (_TO_HAND, 0.05),
        ),
    ),
    (
        5.0,
        (
            ((), 0.08),
            (("file",), 0.07),
            (("fix_on_spot",), 0.05),
            (("file", "assign"), 0.20),
            (_TO_HAND, 0.25),
            ((*_TO_HAND, "hand_back"), 0.12),
            ((*_TO_HAND, "hand_back", "pass_check"), 0.05),
            (("file", "assign", "return"), 0.05),
            ((*_TO_HAND, "ask_extension"), 0.05),
            ((*_TO_HAND, "hand_back", "fail_check"), 0.05),
            (("file", "refer"), 0.03),
        ),
    ),
    (
        float("inf"),
        (
            ((), 0.01),
            (("file",), 0.02),
            (("file", "assign"), 0.10),
            (_TO_HAND, 0.37),
            ((*_TO_HAND, "ask_extension"), 0.07),
            ((*_TO_HAND, "ask_extension", "grant_extension"), 0.05),
            ((*_TO_HAND, "hand_back"), 0.10),
            ((*_TO_HAND, "hand_back", "pass_check"), 0.04),
            (("file", "assign", "return"), 0.03),
            ((*_TO_HAND, "suspend"), 0.10),
            (("file", "refer"), 0.06),
            ((*_TO_HAND, "hand_back", "fail_check", "claim"), 0.05),
        ),
    ),
)

NOTES = {
    "fix_on_spot": ("已当场清理", "当场挪车，已恢复畅通", "当场断电并取下飞线"),
    "reject": ("现场核实，不属于隐患", "重复登记，不予立案"),
    "return": ("不在我司管理范围", "产权属市政，请另行派遣"),
    "ask_extension": ("配件采购需要时间", "需业主大会表决后施工", "雨天无法施工"),
    "refuse_extension": ("涉及安全，请按期完成",),
    "hand_back": ("已整改完毕，请复查", "已更换并试用正常", "杂物已清走，划线已补"),
    "pass_check": ("", "现场复查合格", "已整改到位"),
    "fail_check": ("整改不到位，仍有遗留", "照片与现场不符，请重新整改"),
    "reopen": ("群众反映又出现同样问题", "回头看发现反弹"),
    "suspend": ("需纳入老旧小区改造一并解决", "权属有争议，待协调"),
    "refer": ("涉及消防设施，请专业部门处置", "占道经营，请城管处置"),
    "hear_done": ("对方回函：已处置完毕",),
    "late": ("复查时发现仍有堆放",),
}
BODIES = ("fire", "urban", "police")

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
# The least there is between two moves.
STEP_MS = 30_000
_OPENS, _CLOSES = 8.6 * HOUR_MS, 17.4 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Told:
    """A move, and when it is made."""

    name: str
    at_ms: int


def closed(chance: Random, opened_ms: int, closed_ms: int) -> list[Told]:
    """The last of them at `closed_ms`, or a little later where there is no room for all."""
    days = max(0, closed_ms - opened_ms) / DAY_MS
    fit = [(names, often) for names, often, least in CLOSED if days >= least]
    names = _one(chance, fit)
    end = max(closed_ms, opened_ms + (len(names) + 1) * STEP_MS)
    waits = [USUAL_DAYS[name] * chance.uniform(0.4, 1.6) for name in names]
    share = (end - opened_ms) / sum(waits)
    return _placed(names, [wait * share for wait in waits], opened_ms, end)


def still_open(chance: Random, opened_ms: int, now_ms: int) -> list[Told]:
    """All of them before `now_ms`."""
    age = (now_ms - opened_ms) / DAY_MS
    stories = next(stories for least, stories in OPEN if age < least)
    names = _one(chance, stories)
    room = now_ms - opened_ms
    if room < (len(names) + 1) * STEP_MS:
        return []
    waits = [USUAL_DAYS[name] * chance.lognormvariate(0, 0.5) * DAY_MS for name in names]
    share = min(1.0, 0.9 * room / sum(waits)) if waits else 1.0
    return _placed(names, [wait * share for wait in waits], opened_ms, now_ms - STEP_MS, ends=False)


def at_once(name: str, opened_ms: int, after_ms: float) -> list[Told]:
    return [Told(name, opened_ms + max(STEP_MS, int(after_ms)))]


def _one(
    chance: Random,
    stories: tuple[tuple[tuple[str, ...], float], ...] | list[tuple[tuple[str, ...], float]],
) -> tuple[str, ...]:
    weights = [often for _, often in stories]
    return chance.choices(stories, weights)[0][0]


def _placed(
    names: tuple[str, ...], waits: list[float], opened_ms: int, end_ms: int, *, ends: bool = True
) -> list[Told]:
    """In office hours where there is room, one after the other, none after the end."""
    told: list[Told] = []
    moment, before = float(opened_ms), opened_ms
    for n, (name, wait) in enumerate(zip(names, waits, strict=True)):
        moment += wait
        left = len(names) - 1 - n
        at = end_ms if ends and not left else _in_office(moment)
        at = max(min(at, end_ms - left * STEP_MS), before + STEP_MS)
        told.append(Told(name, at))
        before = at
    return told


def _in_office(moment: float) -> int:
    day, hour = divmod(moment + 8 * HOUR_MS, DAY_MS)
    # What falls into the night is spread over the morning or the afternoon beside it.
    if hour < _OPENS:
        hour = _OPENS + hour / _OPENS * 2 * HOUR_MS
    elif hour > _CLOSES:
        hour = _CLOSES - (hour - _CLOSES) / (DAY_MS - _CLOSES) * 2 * HOUR_MS
    return int(day * DAY_MS + hour - 8 * HOUR_MS)
