"""The light of a figure on a day: whether what was asked is done, and else how far it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from campaign.standing.terms import Compare


class Light(StrEnum):
    DONE = "done"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    LATE = "late"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    NO_DATA = "no_data"


# The first of these that any of several has is that of all.
WORST_FIRST = (
    Light.LATE,
    Light.BEHIND,
    Light.NO_BASELINE,
    Light.NO_DATA,
    Light.ON_PACE,
    Light.DONE,
    Light.NO_TARGET,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked, and in which time. Without a number there is no target. `rate`: the number is
    a percentage."""

    op: str
    number: Decimal | None
    begins_on: date
    deadline: date | None = None
    rate: bool = False
    baselined: bool = False

    @property
    def grows(self) -> bool:
        """Towards a number above nought, which is reached step by step."""
        return self.op != Compare.AT_MOST and bool(self.number) and not self.baselined


@dataclass(frozen=True, slots=True)
class Figure:
    """`n` of `of`; `of` is None where it is a count. `missing`: places that told nothing.
    `of_places`: it counts places that have done it, and all are asked to."""

    n: Decimal
    of: Decimal | None
    missing: int = 0
    of_places: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    light: Light
    late_since: date | None = None


def value(goal: Goal, n: Decimal, of: Decimal | None) -> Fraction | None:
    """In the goal's own unit; None where there is nothing to divide by."""
    if of is None:
        return Fraction(n)
    if of == 0:
        return None
    return Fraction(n) / Fraction(of) * (100 if goal.rate else 1)


def meets(goal: Goal, n: Decimal, of: Decimal | None) -> bool:
    told = value(goal, n, of)
    if told is None or goal.number is None:
        return False
    number = Fraction(goal.number)
    if goal.op == Compare.AT_LEAST:
        return told >= number
    return told <= number if goal.op == Compare.AT_MOST else told == number


def standing(goal: Goal, figure: Figure | None, day: date) -> Standing:
    """As of that day. `figure` is None where nothing was told."""
    if goal.number is None:
        return Standing(Light.NO_TARGET)
    share = None if figure is None else _share(goal, figure)
    if goal.baselined and share is None:
        return Standing(Light.NO_BASELINE)
    if figure is not None and _done(goal, figure):
        return Standing(Light.DONE)
    if goal.deadline and day > goal.deadline:
        return Standing(Light.LATE, goal.deadline + timedelta(days=1))
    if figure is None or share is None:
        return Standing(Light.NO_DATA)
    if goal.deadline is None or not goal.grows:
        return Standing(Light.BEHIND)
    paced = _is_step(goal, figure) or share >= expected(goal.begins_on, goal.deadline, day)
    return Standing(Light.ON_PACE if paced else Light.BEHIND)


def expected(begins_on: date, deadline: date, day: date) -> Fraction:
    """The share of the way that should be done by the end of that day: the same every day."""
    if day < begins_on:
        return Fraction(0)
    if day >= deadline:
        return Fraction(1)
    return Fraction((day - begins_on).days + 1, (deadline - begins_on).days + 1)


def _done(goal: Goal, figure: Figure) -> bool:
    if figure.missing:
        return False
    if figure.of_places:
        return figure.of is not None and figure.n == figure.of > 0
    return meets(goal, figure.n, figure.of)


def _share(goal: Goal, figure: Figure) -> Fraction | None:
    """Of the way to the goal."""
    if figure.of_places:
        return Fraction(figure.n) / Fraction(figure.of) if figure.of else None
    told = value(goal, figure.n, figure.of)
    return told / Fraction(goal.number) if told is not None and goal.number else told


def _is_step(goal: Goal, figure: Figure) -> bool:
    """Done or not done: of one place, or of one thing, there is no pace."""
    if figure.of_places:
        return figure.of == 1
    return not goal.rate and goal.number is not None and goal.number <= 1
