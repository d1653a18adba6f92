"""Every rule on a site: as measured, to the centimetre, against its limit.

A breach is one whether or not a layer is complete. Fine is only what was looked at in full: where
a layer is not known to be drawn, a rule can't tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from shapely.geometry.base import BaseGeometry

from geo.measure import from_metric, metric
from planning.checking import words
from planning.checking.measures import (
    REACH_M,
    CantTell,
    Case,
    Found,
    NotApplicable,
    measured,
)
from planning.checking.rounding import rounded, written
from planning.checking.rule import Compare, Force, Measure, Rule
from planning.checking.site import Site, Surroundings

Words = tuple[str, str]


class Outcome(Enum):
    OK = "ok"
    BREACH = "breach"
    CANT_TELL = "cant_tell"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`value`: the number that was judged, None where there is none. `says` and `why`: in Chinese
    and in English. `decides`: the shape that decided, WGS-84."""

    rule: Rule
    outcome: Outcome
    force: Force
    value: float | None
    says: Words
    why: Words | None
    decides: BaseGeometry | None


def judge(site: Site, around: Surroundings, rules: Iterable[Rule]) -> list[Verdict]:
    """In the order of their codes."""
    case = Case(site, metric(site.geom), around, bool(site.geom.is_valid))
    return [_verdict(rule, case) for rule in sorted(rules, key=lambda one: one.code)]


def worst(verdicts: Iterable[Verdict]) -> str:
    """The gravest force of a breach; else "cant_tell" where something that forbids or advises
    can't be told; else "ok"."""
    forces = list(Force)
    told = list(verdicts)
    breached = [one.force for one in told if one.outcome is Outcome.BREACH]
    if breached:
        return min(breached, key=forces.index).value
    asked = (one for one in told if one.force not in (Force.NOTE, Force.SCORE))
    return "cant_tell" if any(one.outcome is Outcome.CANT_TELL for one in asked) else "ok"


def _verdict(rule: Rule, case: Case) -> Verdict:
    found = _asked(rule, case)
    if isinstance(found, NotApplicable):
        why = _filled(words.NOT_APPLICABLE[found.why], above=str(rule.above_bays))
        return Verdict(rule, Outcome.NOT_APPLICABLE, rule.force, None, why, why, None)
    if isinstance(found, CantTell):
        return _cant_tell(rule, found.why, None, None)
    value = _number(found.value)
    decides = None if found.decides is None else from_metric(found.decides)
    if found.crossed:
        return Verdict(
            rule, Outcome.BREACH, rule.force, None, words.CROSSED, words.CROSSED, decides
        )
    if _breached(rule, found, value, case):
        force = rule.force_at(value)
        return Verdict(rule, Outcome.BREACH, force, value, _said(rule, value), None, decides)
    if found.missing:
        return _cant_tell(rule, found.missing, value, decides)
    if found.nothing:
        reach = written(max(REACH_M, rule.limit or 0))
        says = _filled(words.NOTHING_NEAR[found.nothing], reach=reach)
        return Verdict(rule, Outcome.OK, rule.force, None, says, None, None)
    return Verdict(rule, Outcome.OK, rule.force, value, _said(rule, value), None, decides)


def _asked(rule: Rule, case: Case) -> Found | CantTell | NotApplicable:
    if rule.above_bays is not None:
        if case.site.bays is None:
            return CantTell("not_told")
        if case.site.bays <= rule.above_bays:
            return NotApplicable("few_bays")
    return measured(rule, case)


def _cant_tell(rule: Rule, why: str, value: float | None, decides: BaseGeometry | None) -> Verdict:
    zh, en = words.CANT_TELL[why]
    says = (words.CANT[0] + zh, words.CANT[1] + en[0].lower() + en[1:])
    return Verdict(rule, Outcome.CANT_TELL, rule.force, value, says, (zh, en), decides)


def _number(value: float | bool | str | None) -> float | None:
    if value is None or isinstance(value, bool | str):
        return None
    return rounded(value)


def _breached(rule: Rule, found: Found, value: float | None, case: Case) -> bool:
    if rule.compare is Compare.IS:
        return found.value is False
    if rule.compare is Compare.NONE:
        return found.value in rule.values
    if value is None or rule.limit is None:
        return False
    if rule.compare is Compare.AT_LEAST:
        return value < rule.limit
    if rule.measure in (Measure.CCTV_BY_AREA_M2, Measure.CCTV_BY_BAYS) and case.site.cctv:
        return False
    return value > rule.limit


def _said(rule: Rule, value: float | None) -> Words:
    limit = "" if rule.limit is None else written(rule.limit)
    told = "" if value is None else written(value)
    return _filled((rule.zh, rule.en), value=told, limit=limit, above=str(rule.above_bays))


def _filled(sentence: Words, **told: str) -> Words:
    def one(text: str) -> str:
        for name, value in told.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    return one(sentence[0]), one(sentence[1])


def told(verdict: Verdict, decides: object) -> Mapping[str, object]:
    """As JSON has it; `decides` already as GeoJSON."""
    rule = verdict.rule
    return {
        "code": rule.code,
        "measure": rule.measure.value,
        "force": verdict.force.value,
        "verdict": verdict.outcome.value,
        "value": verdict.value,
        "limit": rule.limit,
        "unit": rule.unit,
        "zh": verdict.says[0],
        "en": verdict.says[1],
        "why_zh": verdict.why and verdict.why[0],
        "why_en": verdict.why and verdict.why[1],
        "source_zh": rule.source_zh,
        "source_en": rule.source_en,
        "source_on": rule.source_on,
        "sure": rule.sure,
        "decides": decides,
    }
