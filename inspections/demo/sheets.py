"""Filled-in checklists, each judged once by its kind, to be handed in as often as wanted.

Writing and judging a million checklists one by one would take longer than all else. A thing has
some dozens of them: with this many faults, in so many variants.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.models import Asset
from inspections.demo.answers import answer
from inspections.demo.ground import dice
from inspections.kind import (
    COULD_NOT_CHECK,
    NOT_APPLICABLE,
    Choice,
    Facts,
    Item,
    Judgement,
    YesNo,
)
from inspections.services import Published
from inspections.services.content import canonical

MOST_FAULTS = 4
VARIANTS = 6
# The first half of the variants are of those who answer only what is quickly seen.
HASTY_VARIANTS = 3

# What goes wrong often, and what hardly ever; everything else is 1.
FREQUENCY = {
    "XF-01": 9.0,
    "XF-02": 2.5,
    "XF-05": 0.4,
    "XF-08": 1.6,
    "XF-12": 3.0,
    "XF-13": 2.5,
    "XF-15": 1.5,
    "XF-16": 5.0,
    "XF-18": 3.0,
    "XF-19": 0.4,
    "XF-20": 2.0,
    "DC-01": 8.0,
    "DC-02": 3.0,
    "DC-03": 2.0,
    "DC-04": 6.0,
    "DC-05": 1.5,
    "DC-06": 2.0,
    "DC-07": 3.0,
    "DC-17": 2.5,
    "DC-18": 0.4,
    "DC-19": 0.2,
    "DC-22": 2.0,
    "DC-23": 2.0,
    "ZM-01": 9.0,
    "ZM-02": 1.5,
    "ZM-03": 2.0,
    "ZM-06": 1.2,
    "ZM-07": 4.0,
    "ZM-09": 2.5,
    "ZM-10": 2.5,
    "ZM-12": 1.2,
    "HJ-01": 5.0,
    "HJ-02": 4.0,
    "HJ-03": 2.0,
    "HJ-04": 1.5,
    "HJ-07": 2.5,
    "HJ-08": 3.0,
}
# What is wrong here stays wrong: this much more often than the same thing elsewhere.
CHRONIC = 6.0
# Answers that the register knows already: item code → field of the asset, in the item's unit.
KNOWN = {"XF-03": "width_m"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """`told`: the answers as JSON. `found`: what was not met."""

    answers: dict[str, Any]
    told: str
    found: tuple[Judgement, ...]


@dataclass(slots=True)
class Pile:
    """The sheets of one kind for one place, written when first asked for."""

    seed: int
    version: Published
    place: str
    facts: Facts
    asset: Asset | None = None
    _sheets: dict[tuple[int, int], Sheet] = field(default_factory=dict)
    _items: list[Item] = field(default_factory=list)
    _often: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def sheet(self, faults: int, variant: int) -> Sheet:
        """With about so many faults: what the register knows may add one."""
        key = (faults, variant)
        if key not in self._sheets:
            self._sheets[key] = self._write(faults, variant)
        return self._sheets[key]

    def _write(self, faults: int, variant: int) -> Sheet:
        if not self._items:
            self._prepare()
        kind = self.version.kind
        chance = dice(self.seed, "sheet", kind.slug, self.place, faults, variant)
        # So many without repetition, each as often as it goes wrong.
        wrong = set(np.argsort(chance.exponential(size=len(self._items)) / self._often)[:faults])
        drawn = chance.random(len(self._items))
        told = {
            item.code: self._answer(item, n in wrong, chance)
            for n, item in enumerate(self._items)
            if n in wrong or drawn[n] < _reach(item, variant)
        }
        # An answer may rule out a later item.
        asked = set(kind.asks(told, self.facts))
        answers = kind.read({code: value for code, value in told.items() if code in asked})
        judged = kind.judge(answers, self.facts)
        return Sheet(
            answers, canonical(answers).decode(), tuple(each for each in judged if not each.met)
        )

    def _prepare(self) -> None:
        asked = set(self.version.kind.asks({}, self.facts))
        self._items = [item for item in self.version.kind.items if item.code in asked]
        self._often = np.array([FREQUENCY.get(item.code, 1.0) for item in self._items])
        settled = dice(self.seed, "chronic", self.version.slug, self.place)
        self._often[settled.integers(len(self._items))] *= CHRONIC

    def _answer(self, item: Item, wrong: bool, chance: np.random.Generator) -> Any:
        known = getattr(self.asset, KNOWN.get(item.code, ""), None)
        if known is not None:
            return round(float(known + chance.normal(0, 0.05)), 1)
        if not wrong and chance.random() < 0.05:
            return NOT_APPLICABLE if chance.random() < 0.6 else COULD_NOT_CHECK
        return answer(item, self.facts, wrong=wrong, chance=chance)


def _reach(item: Item, variant: int) -> float:
    """The chance that it is answered at all: a tape is fetched seldom."""
    seen = isinstance(item.answer, YesNo | Choice)
    if variant < HASTY_VARIANTS:
        return 0.55 if seen else 0.04
    return 0.93 if seen else 0.3
