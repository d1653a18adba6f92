"""What an inspector might have answered: good and bad answers, made from the items' own rules."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from inspections.kind import (
    AtLeast,
    Choice,
    Facts,
    Item,
    Larger,
    Measure,
    Measures,
    MustBe,
    Number,
    Ratio,
    Smaller,
    Value,
    YesNo,
)
from inspections.kind.answers import plain

# Where nothing bounds a number: what is usual for it.
USUAL = 10.0


def answer(item: Item, facts: Facts, *, wrong: bool, chance: np.random.Generator) -> Value:
    """Breaks a rule if `wrong`, and else keeps them all, those too that hold only sometimes."""
    asked = item.answer
    if isinstance(asked, YesNo):
        good = next((rule.value for rule in item.rules if isinstance(rule, MustBe)), False)
        return good is not wrong
    if isinstance(asked, Choice):
        keys = [option.key for option in asked.options if option.fault is wrong]
        return str(chance.choice(keys or [option.key for option in asked.options]))
    if isinstance(asked, Number):
        return _number(asked, _limits(item.rules), wrong=wrong, chance=chance)
    return _measures(asked, item, facts, wrong=wrong, chance=chance)


def _limits(rules: Iterable[Any]) -> list[Any]:
    return [rule for rule in rules if hasattr(rule, "limit")]


def _number(
    number: Number, limits: list[Any], *, wrong: bool, chance: np.random.Generator
) -> float:
    """Above what it must reach and below what it may not exceed; if `wrong`, beyond the mildest."""
    floors = [rule.limit for rule in limits if isinstance(rule, AtLeast)]
    roofs = [rule.limit for rule in limits if not isinstance(rule, AtLeast)]
    if floors:
        told = chance.uniform(0.55, 0.96) * min(floors)
        if not wrong:
            told = max(floors) * (1 + chance.gamma(1.5, 0.15))
    elif roofs:
        told = chance.uniform(1.1, 1.9) * max(roofs)
        if not wrong:
            told = chance.uniform(0, 0.95) * min(roofs)
    else:
        told = USUAL * chance.uniform(0.5, 1.5)
    told = _rounded(number, told, up=bool(floors) != wrong)
    return plain(min(max(told, number.min), number.max))


def _rounded(number: Number, told: float, *, up: bool) -> float:
    """As read from a tape, and never across the limit."""
    step = 1 if number.whole else 10
    return float(np.ceil(told * step) if up else np.floor(told * step)) / step


def _measures(
    asked: Measures, item: Item, facts: Facts, *, wrong: bool, chance: np.random.Generator
) -> dict[str, float]:
    named = {measure.name: measure for measure in asked.measures}
    rules = _limits(item.rules)
    broken = rules[int(chance.integers(len(rules)))] if wrong and rules else None
    told = {
        name: _measure(measure, [r for r in rules if _bounds(r, name)], facts, chance)
        for name, measure in named.items()
    }
    for rule in rules:
        if isinstance(rule.of, Ratio):
            share = rule.limit * chance.uniform(1.02, 1.5)
            told[rule.of.a] = _scaled(named[rule.of.a], share * told[rule.of.b], up=True)
    if broken is not None:
        parts = [broken.of] if isinstance(broken.of, str) else [broken.of.a, broken.of.b]
        if isinstance(broken.of, Ratio):
            share = broken.limit * chance.uniform(0.2, 0.9)
            told[broken.of.a] = _scaled(named[broken.of.a], share * told[broken.of.b], up=False)
        else:
            for name in parts[:1] if isinstance(broken.of, Smaller) else parts:
                told[name] = _number(named[name].number, [broken], wrong=True, chance=chance)
    else:
        parts = []
    return {
        name: value
        for name, value in told.items()
        if not named[name].optional or name in parts or chance.random() < 0.6
    } or told


def _bounds(rule: Any, name: str) -> bool:
    if isinstance(rule.of, Smaller | Larger):
        return name in (rule.of.a, rule.of.b)
    return bool(rule.of == name)


def _measure(
    measure: Measure, limits: list[Any], facts: Facts, chance: np.random.Generator
) -> float:
    """What the register knows by the same name, it knows: the number of e-bikes, say."""
    known = facts.get(measure.name)
    if isinstance(known, int) and not limits:
        return float(known)
    return _number(measure.number, limits, wrong=False, chance=chance)


def _scaled(measure: Measure, told: float, *, up: bool) -> float:
    number = measure.number
    return plain(min(max(_rounded(number, told, up=up), number.min), number.max))
