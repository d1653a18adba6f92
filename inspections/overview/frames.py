"""A measure through time: every step of the slider at once, by estate."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from geo.scope import Scope
from inspections.errors import TooManySteps
from inspections.models import Inspection
from inspections.overview.asked import Asked, end_of
from inspections.overview.counted import counted, overdue_through
from inspections.overview.kept import Question, Want
from inspections.overview.places import looked_by, looks, places, seen_through
from inspections.overview.steps import MOST_STEPS, STEPS, Step, begin_of, steps
from inspections.overview.sums import Sums

__all__ = ["MODES", "STEPS", "frames", "series"]

MODES = ("window", "cumulative", "open")

Grid = NDArray[np.int64]


def frames(scope: Scope, asked: Asked, step: str, mode: str) -> dict[str, Any]:
    """As `GET /api/v1/overview/frames/` tells it, without what belongs to the request.

    In `window` each step has what was recorded in it, in `cumulative` what was recorded from the
    first step to its end, in `open` what was open at its end. What is of a moment is of the end of
    the step in each mode. Raises TooManySteps.
    """
    told = _Frames(scope, asked, step, mode)
    n, of = told.numbers()
    return {
        "measure": asked.defined.told(),
        "step": step,
        "mode": mode,
        "steps": [
            {"key": each.key, "since": each.since, "until": each.until} for each in told.steps
        ],
        "estates": told.estates,
        "n": n.tolist(),
        "of": None if of is None else of.tolist(),
        "looked": told.looked().tolist(),
    }


def series(scope: Scope, asked: Asked, step: str) -> Iterator[tuple[Step, int, int | None, bool]]:
    """Of all estates together: step, number, what it is a rate of, and whether anyone looked."""
    told = _Frames(scope, asked, step, "window")
    n, of = told.numbers()
    looked = told.inspections().sum(axis=1) > 0
    for at, each in enumerate(told.steps):
        yield each, int(n[at].sum()), None if of is None else int(of[at].sum()), bool(looked[at])


class _Frames:
    def __init__(self, scope: Scope, asked: Asked, step: str, mode: str) -> None:
        self.scope = scope
        self.asked = asked
        self.mode = mode
        self.step = step
        self.places = places(scope, asked)
        self.estates = [place.id for place in self.places]
        self.column = {estate: at for at, estate in enumerate(self.estates)}
        self.steps = steps(asked.since or self._first_day(), asked.last_day, step)
        if len(self.steps) > MOST_STEPS:
            raise TooManySteps(most=MOST_STEPS)
        self.at = self._moment(self.steps[-1])
        self.of = self._want("inspections")
        self.looks = looks(asked, self.at, self.steps[0].until)
        self.number = self._number()
        wants = [self.of, self.looks]
        # What is found of single items is read by itself.
        apart = bool(asked.items)
        if self.number and not apart:
            wants.append(self.number)
        self.sums = self.found = Sums(Question(scope, asked, tuple(wants), self.at))
        if self.number and apart:
            self.found = Sums(Question(scope, asked, (self.number,), self.at, by_items=True))

    def _first_day(self) -> date:
        rows = Inspection.objects.visible_in(self.scope).in_force().filter(self.asked.places())
        first = rows.order_by("recorded_at").values_list("recorded_at", flat=True).first()
        last = self.asked.last_day
        return min(timezone.localdate(first), last) if first else last

    @property
    def _of_moment(self) -> bool:
        return self.mode == "open" or self.asked.defined.of_moment

    def _number(self) -> Want | None:
        """What is neither overdue nor found again is summed."""
        measure = self.asked.measure
        if measure == "overdue" or (measure == "repeat" and not self._of_moment):
            return None
        return self._want("open", before=True) if self._of_moment else self._want("found")

    def _want(self, what: str, *, before: bool = False) -> Want:
        return Want(what, self.steps[0].since, self.steps[-1].until, self.step, before=before)

    def numbers(self) -> tuple[Grid, Grid | None]:
        if self.asked.measure == "overdue":
            return self._overdue(), None
        n = self._placed(self.found, self.number) if self.number else self._repeated()
        if self._of_moment:
            return n.cumsum(axis=0), None
        households = np.array([place.households for place in self.places], dtype=np.int64)
        if self.asked.defined.per == "inspection":
            return self._added(n), self._added(self.inspections())
        if self.asked.defined.per == "household":
            n[:, households == 0] = 0
            return self._added(n), np.tile(households, (len(self.steps), 1))
        return self._added(n), None

    def inspections(self) -> Grid:
        return self._placed(self.sums, self.of)

    def _added(self, grid: Grid) -> Grid:
        return grid.cumsum(axis=0) if self.mode == "cumulative" else grid

    def _empty(self) -> Grid:
        return np.zeros((len(self.steps), len(self.estates)), dtype=np.int64)

    def _placed(self, sums: Sums, want: Want) -> Grid:
        """By step and estate, in the order in which these are told."""
        grid = self._empty()
        columns = np.array([self.column.get(each, -1) for each in sums.estates.tolist()], int)
        grid[:, columns[columns >= 0]] = sums.grid(want)[:, 0, columns >= 0, 0]
        return grid

    def _moment(self, each: Step) -> datetime:
        return min(end_of(each.until), self.asked.at)

    def _repeated(self) -> Grid:
        grid = self._empty()
        row = {begin_of(each.since, self.step): at for at, each in enumerate(self.steps)}
        for (estate, begins), n in counted(self.scope, self.asked, "estate", self.step).items():
            if estate in self.column:
                grid[row[begins], self.column[estate]] += n
        return grid

    def _overdue(self) -> Grid:
        # One step more: where what ended after the last one ends.
        grid = np.vstack([self._empty(), np.zeros(len(self.estates), dtype=np.int64)])
        moments = [self._moment(each) for each in self.steps]
        for estate, begun, over, n in overdue_through(self.scope, self.asked, moments):
            if estate in self.column:
                grid[begun, self.column[estate]] += n
                grid[over, self.column[estate]] -= n
        return grid.cumsum(axis=0)[:-1]

    def looked(self) -> NDArray[np.bool_]:
        """By step, whether somebody had looked at the estate by its end within the interval of
        every kind that is asked for."""
        seen = seen_through(self.sums, self.looks, [each.until for each in self.steps[:-1]])
        told = np.zeros((len(self.steps), len(self.estates)), dtype=bool)
        columns = np.array([self.column.get(each, -1) for each in self.sums.estates.tolist()], int)
        told[:-1, columns[columns >= 0]] = seen[:, columns >= 0]
        # The last may end in the middle of its day.
        now = looked_by(self.sums, self.looks, self.at)
        told[-1] = [estate in now for estate in self.estates]
        return told
