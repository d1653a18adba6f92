"""A finding in the words of a paper: what was found, and by which clause it is a fault.

A basis is printed only where it is confirmed, and so is a limit: what is remembered, or proposed
by ourselves, never stands on a paper as law.
"""

from dataclasses import dataclass

from inspections.kind import (
    AtLeast,
    AtMost,
    Choice,
    Facts,
    Force,
    Item,
    Kind,
    Larger,
    LessThan,
    Measure,
    Measures,
    Number,
    Ratio,
    Smaller,
    Sure,
    Value,
)
from inspections.kind.answers import Answers, plain
from inspections.kind.rules import Rule

CONFIRMED = frozenset({Sure.VERIFIED, Sure.SECONDARY})
_COMPARED: dict[type[Rule], tuple[str, str]] = {
    AtLeast: ("不应小于", "不宜小于"),
    AtMost: ("不应大于", "不宜大于"),
    LessThan: ("应小于", "宜小于"),
}


@dataclass(frozen=True, slots=True)
class Told:
    what: str
    basis: str


def told(kind: Kind, code: str, answers: Answers, facts: Facts) -> Told:
    """In Chinese, as every paper is. An item that is not of this wording is told by its code."""
    try:
        item = kind.item(code)
    except KeyError:
        return Told(code, "")
    given = answers.get(code)
    broken = [
        rule
        for rule in item.rules
        if given is not None
        and (rule.only_if is None or rule.only_if.holds(answers, facts))
        and not rule.met(given, item.answer)
    ]
    sure = [rule for rule in broken if (rule.sure or item.sure) in CONFIRMED]
    basis = item.printable_basis if sure else ""
    return Told("，".join(filter(None, [_what(item, given), *_limits(item, sure)])), basis)


def _what(item: Item, given: Value | None) -> str:
    measured = "" if given is None else _given(item, given)
    return f"{item.zh}：{measured}" if measured else item.zh


def _given(item: Item, given: Value) -> str:
    match item.answer:
        case Number(unit=unit):
            return f"{_number(given)} {unit}".strip()
        case Choice(options=options):
            return next((each.zh for each in options if each.key == given), "")
        case Measures(measures=measures) if isinstance(given, dict):
            return "，".join(
                f"{each.zh} {_number(given[each.name])} {each.number.unit}".strip()
                for each in measures
                if each.name in given
            )
    return ""


def _limits(item: Item, rules: list[Rule]) -> list[str]:
    """What a confirmed rule asks for; of a yes or no there is nothing more to say."""
    said = []
    for rule in rules:
        if isinstance(rule, AtLeast | AtMost | LessThan):
            must, should = _COMPARED[type(rule)]
            compared = should if (rule.force or item.force) == Force.SHOULD else must
            said.append(f"{_of(rule, item)}{compared} {_number(rule.limit)} {_unit(rule, item)}")
    return [each.strip() for each in said]


def _of(rule: AtLeast | AtMost | LessThan, item: Item) -> str:
    names = {each.name: each.zh for each in _measures(item)}
    match rule.of:
        case str() as name:
            return names.get(name, "")
        case Smaller(a=a, b=b):
            return f"{names.get(a, '')}、{names.get(b, '')}中较小者"
        case Larger(a=a, b=b):
            return f"{names.get(a, '')}、{names.get(b, '')}中较大者"
        case Ratio(a=a, b=b):
            return f"{names.get(a, '')}与{names.get(b, '')}之比"
    return ""


def _unit(rule: AtLeast | AtMost | LessThan, item: Item) -> str:
    if isinstance(item.answer, Number):
        return item.answer.unit
    units = {each.name: each.number.unit for each in _measures(item)}
    match rule.of:
        case str() as name:
            return units.get(name, "")
        case Smaller(a=a) | Larger(a=a):
            return units.get(a, "")
    return ""


def _measures(item: Item) -> tuple[Measure, ...]:
    return item.answer.measures if isinstance(item.answer, Measures) else ()


def _number(told: object) -> str:
    return str(plain(told)) if isinstance(told, int | float) else ""
