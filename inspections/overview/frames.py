"""A measure through time: every step of the slider at once, by estate."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Min
from django.utils import timezone
from numpy.typing import NDArray

from geo.scope import Scope
from inspections import kinds
from inspections.errors import TooManySteps
from inspections.models import Inspection
from inspections.overview.asked import Asked, end_of
from inspections.overview.counted import counted, inspected, standing
from inspections.overview.places import asked_kinds, places
from inspections.overview.steps import MOST_STEPS, STEPS, Step, steps

__all__ = ["MODES", "STEPS", "frames", "series"]

MODES = ("window", "cumulative", "open")

Grid = NDArray[np.int64]


def frames(scope: Scope, asked: Asked, step: str, mode: str) -> dict[str, Any]:
    """As `GET /api/v1/overview/frames/` tells it, without what belongs to the request.

    In `window` each step has what was recorded in it, in `cumulative` what was recorded from the
    first step to its end, in `open` what was open at its end. What is of a moment is of the end of
    the step in each mode. Raises TooManySteps.
    """
    told = _Frames(scope, asked, step)
    n, of = told.numbers(mode)
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
    told = _Frames(scope, asked, step)
    n, of = told.numbers("window")
    looked = told.inspections().sum(axis=1) > 0
    for at, each in enumerate(told.steps):
        yield each, int(n[at].sum()), None if of is None else int(of[at].sum()), bool(looked[at])


class _Frames:
    def __init__(self, scope: Scope, asked: Asked, step: str) -> None:
        self.scope = scope
        self.asked = asked
        self.places = places(scope, asked)
        self.estates = [place.id for place in self.places]
        self.column = {estate: at for at, estate in enumerate(self.estates)}
        self.steps = steps(asked.since or self._first_day(), asked.last_day, step)
        if len(self.steps) > MOST_STEPS:
            raise TooManySteps(most=MOST_STEPS)

    def _first_day(self) -> date:
        rows = Inspection.objects.visible_in(self.scope).in_force().filter(self.asked.places())
        first = rows.aggregate(first=Min("recorded_at"))["first"]
        return min(timezone.localdate(first), self.asked.last_day) if first else self.asked.last_day

    def numbers(self, mode: str) -> tuple[Grid, Grid | None]:
        if mode == "open" or self.asked.defined.of_moment:
            asked = self.asked if self.asked.defined.of_moment else self.asked.with_measure("open")
            return self._standing(asked), None
        n = self._by_day(counted(self.scope, self.asked, "estate", "day"))
        of: Grid | None = None
        if self.asked.defined.per == "inspection":
            of = self.inspections()
        elif self.asked.defined.per == "household":
            households = np.array([place.households for place in self.places], dtype=np.int64)
            return self._added(n, mode), np.tile(households, (len(self.steps), 1))
        return self._added(n, mode), None if of is None else self._added(of, mode)

    def inspections(self) -> Grid:
        return self._by_day(inspected(self.scope, self.asked, "estate", "day"))

    def _added(self, grid: Grid, mode: str) -> Grid:
        return grid.cumsum(axis=0) if mode == "cumulative" else grid

    def _empty(self) -> Grid:
        return np.zeros((len(self.steps), len(self.estates)), dtype=np.int64)

    def _by_day(self, counts: dict[Any, int]) -> Grid:
        grid = self._empty()
        begins = [each.since for each in self.steps]
        for (estate, day), n in counts.items():
            at = int(np.searchsorted(np.array(begins), day, side="right")) - 1
            grid[at, self.column[estate]] += n
        return grid

    def _standing(self, asked: Asked) -> Grid:
        grid = self._empty()
        for at, each in enumerate(self.steps):
            moment = min(end_of(each.until), asked.at)
            for estate, n in standing(self.scope, asked, moment, "estate").items():
                if estate in self.column:
                    grid[at, self.column[estate]] = n
        return grid

    def looked(self) -> NDArray[np.bool_]:
        """By step, whether somebody had looked at the estate by its end within the interval of
        every kind that is asked for."""
        wanted = asked_kinds(self.asked)
        due = {kind.slug: kind.due_every for kind in kinds.all()}
        seen = np.ones((len(self.steps), len(self.estates)), dtype=bool)
        rows = Inspection.objects.visible_in(self.scope).in_force().order_by()
        rows = rows.filter(self.asked.places(), recorded_at__lt=self.asked.at)
        ends = np.array([min(end_of(each.until), self.asked.at).timestamp() for each in self.steps])
        for slug in wanted:
            longest = due.get(slug, timedelta.max).total_seconds()
            of_kind = np.zeros_like(seen)
            times = rows.of_kind(slug).values_list("estate", "recorded_at")
            for estate, at in times:
                if estate in self.column:
                    moment = at.timestamp()
                    of_kind[:, self.column[estate]] |= (ends > moment) & (ends - moment <= longest)
            seen &= of_kind
        return seen
