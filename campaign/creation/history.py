"""Every day on which the score, the vetoes or the stage of an estate changed, and by what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from campaign.creation.evidence import Evidence, Form
from campaign.creation.score import ItemScore, Scored, State, Vetoed, What, Why, score
from campaign.creation.stages import Stage, words_of
from campaign.creation.standard import Standard, in_force
from campaign.creation.walk import Walk

FORMS = {
    Form.SELF.value: ("自评表", "Self-assessment"),
    Form.REVIEW.value: ("评审表", "Review"),
    Form.RECHECK.value: ("复核表", "Re-check"),
}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """As it stood at the end of that day, and why it is not what it was the day before."""

    day: date
    score: Fraction | None
    veto: bool
    stage: Stage
    zh: str
    en: str


Cause = tuple[str, str]


def history(standards: Sequence[Standard], known: Evidence, walk: Walk, until: date) -> list[Turn]:
    """From the day on which it was listed; the newest last."""
    turns: list[Turn] = []
    before: Scored | None = None
    for day in _days(standards, known, walk, until):
        standard = in_force(standards, day)
        after = score(standard, known, day) if standard else None
        here = walk.until(day)
        causes = [*_of_stage(here, day), *_of_score(before, after, known, day)]
        told = (after.score if after else None, bool(after and after.vetoes), here.stage)
        if causes or not turns:
            zh, en = "；".join(each[0] for each in causes), "; ".join(each[1] for each in causes)
            turns.append(Turn(day, *told, zh, en))
        before = after
    return turns


def _days(standards: Sequence[Standard], known: Evidence, walk: Walk, until: date) -> list[date]:
    """Those on which anything may change: nothing else has to be looked at."""
    days = {each.on for each in walk.reached} | {each.holds_from for each in standards}
    days |= {each.day for each in known.looks} | {each.day for each in known.sheets}
    for fault in known.faults:
        for stretch in fault.open:
            days |= {stretch.since, stretch.until or stretch.since}
    for case in known.failed:
        for stretch in case.so:
            days |= {stretch.since, stretch.until or stretch.since}
    for veto in known.declared:
        days |= {veto.since, veto.lifted_on or veto.since}
    days |= set(_ends(standards, known))
    first = walk.reached[0].on
    return sorted({first} | {day for day in days if first < day <= until})


def _ends(standards: Sequence[Standard], known: Evidence) -> Iterator[date]:
    """The days after the last ones on which something counts."""
    for standard in standards:
        lasting: dict[str, set[int]] = {}
        for item in standard.items():
            for code in item.codes or (item.code,):
                lasting.setdefault(code, set()).add(item.lasts_days)
        for look in known.looks:
            for days in lasting.get(look.code, ()):
                yield look.day + timedelta(days=days) + _DAY
        for sheet in known.sheets:
            for code in sheet.grades:
                for days in lasting.get(code, ()):
                    yield sheet.day + timedelta(days=days) + _DAY
        for declared in known.declared:
            veto = standard.veto(declared.code)
            if veto and veto.lasts_days is not None:
                yield declared.since + timedelta(days=veto.lasts_days) + _DAY


def _of_stage(walk: Walk, day: date) -> Iterator[Cause]:
    for each in walk.reached:
        if each.on == day:
            zh, en = words_of(each.stage, removed=each.removed)
            yield f"{each.stage.value} {zh}", f"{each.stage.value} {en}"


def _of_score(
    before: Scored | None, after: Scored | None, known: Evidence, day: date
) -> Iterator[Cause]:
    if after is None or before is None:
        if after is not None:
            version = after.standard.version
            yield f"按评分表{version}计分", f"scored by standard {version}"
        return
    if before.standard.version != after.standard.version:
        version = after.standard.version
        yield f"改按评分表{version}计分", f"scored by standard {version} from now on"
        if before.score != after.score:
            yield _moved(before.score, after.score)
    else:
        yield from _of_items(before, after)
    lifted = {each.id: each.lifted_why for each in known.declared if each.lifted_on == day}
    yield from _of_vetoes(before, after, lifted)


def _of_items(before: Scored, after: Scored) -> Iterator[Cause]:
    """Changes that have one cause are told together, with the points they make."""
    was = {each.item.code: each for each in before.items}
    found: dict[Cause, list[Fraction]] = {}
    for now in after.items:
        earlier = was[now.item.code]
        if (now.state, now.share) == (earlier.state, earlier.share):
            continue
        cause = next(_causes(earlier, now))
        found.setdefault(cause, []).append(now.earned - earlier.earned)
    for (zh, en), points in found.items():
        n = len(points)
        gained = float(sum(points))
        yield (
            f"{zh}（{n}项，{gained:+.2f}分）",
            f"{en} ({n} {'item' if n == 1 else 'items'}, {gained:+.2f} points)",
        )
    if before.score != after.score:
        yield _moved(before.score, after.score)


def _causes(before: ItemScore, after: ItemScore) -> Iterator[Cause]:
    new = [each for each in after.why if _key(each) not in set(map(_key, before.why))]
    gone = [each for each in before.why if _key(each) not in set(map(_key, after.why))]
    for why in new:
        if why.what == What.FINDING:
            yield f"发现隐患{why.code}{_case_zh(why)}", f"finding {why.code}{_case_en(why)}"
        if why.what == What.CASE:
            yield f"复查不合格{_case_zh(why)}", f"a re-check failed{_case_en(why)}"
    for why in gone:
        if why.what == What.FINDING:
            yield (
                f"隐患{why.code}销号{_case_zh(why)}",
                f"finding {why.code} closed{_case_en(why)}",
            )
        if why.what == What.CASE:
            yield f"复查合格、案卷办结{_case_zh(why)}", f"case ended{_case_en(why)}"
    if after.state == State.EXPIRED:
        yield "证据到期", "evidence out of date"
    for why in new:
        if why.what == What.SHEET:
            zh, en = FORMS[why.code]
            yield f"{zh}（{why.day}）", f"{en} of {why.day}"
        if why.what == What.INSPECTION:
            yield "现场检查", "looked at on site"
    yield "现场检查", "looked at on site"


def _key(why: Why) -> tuple[What, UUID]:
    return why.what, why.id


def _of_vetoes(before: Scored, after: Scored, lifted: Mapping[UUID, str]) -> Iterator[Cause]:
    """Each in the order of the standard. `lifted`: what was said of those that end today."""
    was = {(each.veto.code, each.id): each for each in before.vetoes}
    now = {(each.veto.code, each.id): each for each in after.vetoes}
    for veto in (veto for key, veto in now.items() if key not in was):
        zh, en = _about(veto, veto.note)
        yield f"一票否决：{zh}", f"veto: {en}"
    for veto in (veto for key, veto in was.items() if key not in now):
        zh, en = _about(veto, lifted.get(veto.id, ""))
        yield f"否决解除：{zh}", f"veto over: {en}"


def _about(veto: Vetoed, why: str) -> Cause:
    code = f" {veto.code}" if veto.code else ""
    zh, en = f"{veto.veto.zh}{code}", f"{veto.veto.en}{code}"
    return (f"{zh}（{why}）", f"{en} ({why})") if why else (zh, en)


def _case_zh(why: Why) -> str:
    return f"（案卷{why.number}）" if why.number else ""


def _case_en(why: Why) -> str:
    return f" (case {why.number})" if why.number else ""


def _moved(before: Fraction | None, after: Fraction | None) -> Cause:
    told = f"{_said(before)} → {_said(after)}"
    return f"得分{told}", f"score {told}"


def _said(score: Fraction | None) -> str:
    return "–" if score is None else f"{float(score):.2f}"
