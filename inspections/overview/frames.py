"""A measure through time: every step of the slider at once, by estate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Sum
from django.utils import timezone
from numpy.typing import NDArray

from geo.scope import Scope
from inspections import kinds
from inspections.errors import TooManySteps
from inspections.models import EstateDay, Inspection
from inspections.overview.asked import Asked, end_of
from inspections.overview.counted import (
    Counts,
    changes,
    counted,
    inspected,
    overdue_through,
    standing,
)
from inspections.overview.places import asked_kinds, looked, places
from inspections.overview.steps import MOST_STEPS, STEPS, Step, begin_of, steps

__all__ = ["MODES", "STEPS", "frames", "series"]

MODES = ("window", "cumulative", "open")

Grid = NDArray[np.int64]

_BEGINS = {
    "day": "day",
    "week": "day - mod(day - date '1900-01-01', 7)",
    "month": "date_trunc('month', day::timestamp)::date",
}


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
        self.step = step
        self.steps = steps(asked.since or self._first_day(), asked.last_day, step)
        if len(self.steps) > MOST_STEPS:
            raise TooManySteps(most=MOST_STEPS)
        self.row = {begin_of(each.since, step): at for at, each in enumerate(self.steps)}

    def _first_day(self) -> date:
        rows = Inspection.objects.visible_in(self.scope).in_force().filter(self.asked.places())
        first = rows.order_by("recorded_at").values_list("recorded_at", flat=True).first()
        last = self.asked.last_day
        return min(timezone.localdate(first), last) if first else last

    def numbers(self, mode: str) -> tuple[Grid, Grid | None]:
        if mode == "open" or self.asked.defined.of_moment:
            overdue = self.asked.measure == "overdue"
            return self._overdue() if overdue else self._open(), None
        n = self._added(self._grid(counted(self.scope, self.asked, "estate", self.step)), mode)
        if self.asked.defined.per == "inspection":
            return n, self._added(self.inspections(), mode)
        if self.asked.defined.per == "household":
            households = np.array([place.households for place in self.places], dtype=np.int64)
            return n, np.tile(households, (len(self.steps), 1))
        return n, None

    def inspections(self) -> Grid:
        return self._grid(inspected(self.scope, self.asked, "estate", self.step))

    def _added(self, grid: Grid, mode: str) -> Grid:
        return grid.cumsum(axis=0) if mode == "cumulative" else grid

    def _empty(self) -> Grid:
        return np.zeros((len(self.steps), len(self.estates)), dtype=np.int64)

    def _grid(self, counts: Counts) -> Grid:
        """Of numbers by estate and step."""
        grid = self._empty()
        for (estate, begins), n in counts.items():
            if estate in self.column:
                grid[self.row[begins], self.column[estate]] += n
        return grid

    def _moment(self, each: Step) -> datetime:
        return min(end_of(each.until), self.asked.at)

    def _open(self) -> Grid:
        """What was open at the end of the first step, and how that went on."""
        asked = self.asked.with_measure("open")
        first, *others = self.steps
        if others:
            later = replace(asked, since=others[0].since)
            grid = self._grid(changes(self.scope, later, "estate", self.step))
        else:
            grid = self._empty()
        for estate, n in standing(self.scope, asked, self._moment(first), "estate").items():
            if estate in self.column:
                grid[0, self.column[estate]] += n
        return grid.cumsum(axis=0)

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
        ends = np.array([each.until.toordinal() for each in self.steps])
        seen = np.ones((len(self.steps), len(self.estates)), dtype=bool)
        due = {kind.slug: kind.due_every.days for kind in kinds.all()}
        last = self._last_days(max(due.values()))
        for slug in asked_kinds(self.asked):
            days = last.get(slug, self._empty())
            # A whole number of days before the end of a day is the end of a day.
            seen &= days > ends[:, None] - due.get(slug, date.max.toordinal())
        # The last may end in the middle of its day.
        now = looked(self.scope, self.asked, self.steps[-1].until)
        seen[-1] = [estate in now for estate in self.estates]
        return seen

    def _last_days(self, longest: int) -> dict[str, Grid]:
        """By kind and step, the last day by its end on which somebody looked, as an ordinal."""
        first = self.steps[0].since - timedelta(days=longest)
        rows = EstateDay.objects.visible_in(self.scope).filter(self.asked.places())
        rows = rows.filter(kind__in=asked_kinds(self.asked))
        rows = rows.filter(day__range=(first, self.asked.last_day), inspections__isnull=False)
        days = rows.order_by().values("estate", "kind", "day").annotate(n=Sum("inspections"))
        last: dict[str, Grid] = {}
        for estate, kind, begins, day in self._by_step(days.filter(n__gt=0)):
            if kind not in last:
                last[kind] = self._empty()
            at, column = self.row.get(begins, 0), self.column[estate]
            last[kind][at, column] = max(last[kind][at, column], day)
        return {kind: np.maximum.accumulate(grid, axis=0) for kind, grid in last.items()}

    def _by_step(self, days: Any) -> list[tuple[int, str, date, int]]:
        query, values = days.values_list("estate", "kind", "day").query.sql_with_params()
        sql = f"""
            SELECT estate, kind, {_BEGINS[self.step]}, max(day) - date '0001-01-01' + 1
            FROM ({query}) AS days (estate, kind, day) GROUP BY 1, 2, 3
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
