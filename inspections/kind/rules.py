"""When an answer is good. An item's rules must all be met."""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from inspections.kind.answers import Answer, Choice, Measures, Number, Value, YesNo
from inspections.kind.conditions import Condition
from inspections.kind.marks import Force, Sure


@dataclass(frozen=True, slots=True)
class Smaller:
    """The smaller of two measures: which of them is called the length does not matter."""

    a: str
    b: str

    def of(self, answer: dict[str, float]) -> float | None:
        return min(answer[self.a], answer[self.b]) if {self.a, self.b} <= answer.keys() else None


@dataclass(frozen=True, slots=True)
class Larger:
    a: str
    b: str

    def of(self, answer: dict[str, float]) -> float | None:
        return max(answer[self.a], answer[self.b]) if {self.a, self.b} <= answer.keys() else None


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of one measure for each of another. Where there is none of the other, there is
    nothing to compare."""

    a: str
    b: str

    def of(self, answer: dict[str, float]) -> float | None:
        if not answer.get(self.b) or self.a not in answer:
            return None
        # To nine decimals: 0.102 of 0.34 is 0.3, which binary fractions miss.
        return round(answer[self.a] / answer[self.b], 9)


Reading: TypeAlias = Smaller | Larger | Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """`sure` and `force` where they differ from the item's. `only_if`: it speaks only where this
    is known to hold; nothing is called a fault by what nobody knows."""

    only_if: Condition | None = None
    sure: Sure | None = None
    force: Force | None = None


@dataclass(frozen=True, slots=True)
class MustBe(_Rule):
    value: bool

    def fits(self, answer: Answer) -> bool:
        return isinstance(answer, YesNo)

    def met(self, given: Value, answer: Answer) -> bool:
        return given is self.value


@dataclass(frozen=True, slots=True)
class NoFault(_Rule):
    """The option chosen is none of those marked as a fault."""

    def fits(self, answer: Answer) -> bool:
        return isinstance(answer, Choice)

    def met(self, given: Value, answer: Answer) -> bool:
        options = answer.options if isinstance(answer, Choice) else ()
        return given not in [option.key for option in options if option.fault]


@dataclass(frozen=True, slots=True)
class _Limit(_Rule):
    """`of`: the measure, or what follows from two; None for a single number. What was not
    measured breaks no limit."""

    within: ClassVar[Callable[[float, float], bool]]

    limit: float
    of: str | Reading | None = None

    def fits(self, answer: Answer) -> bool:
        if isinstance(answer, Number):
            return self.of is None
        if not isinstance(answer, Measures) or self.of is None:
            return False
        read = {self.of} if isinstance(self.of, str) else {self.of.a, self.of.b}
        return read <= {measure.name for measure in answer.measures}

    def met(self, given: Value, answer: Answer) -> bool:
        number = self._number(given)
        return number is None or type(self).within(number, self.limit)

    def _number(self, given: Value) -> float | None:
        if isinstance(given, dict):
            if isinstance(self.of, Smaller | Larger | Ratio):
                return self.of.of(given)
            return given.get(self.of or "")
        return given if isinstance(given, int | float) else None


@dataclass(frozen=True, slots=True)
class AtLeast(_Limit):
    within = operator.ge


@dataclass(frozen=True, slots=True)
class AtMost(_Limit):
    within = operator.le


@dataclass(frozen=True, slots=True)
class LessThan(_Limit):
    within = operator.lt


Rule: TypeAlias = MustBe | NoFault | AtLeast | AtMost | LessThan
