"""Numbers from the summaries, added up by whatever they are told by."""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models.functions import TruncDate, TruncMonth, TruncWeek

from inspections.overview.kept import ALL_SEVERITIES, MADE_OF, Block, Numbers, Question, Want
from inspections.overview.steps import begin_of, end_of_step

# By which steps of time it is told, and how rows are cut to them.
TIMES: dict[str, Callable[..., Any]] = {"day": TruncDate, "week": TruncWeek, "month": TruncMonth}

Counts = dict[Any, int]


class Sums:
    """What was wanted, in grids of (step, kind and item, estate, severity)."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._blocks = question.blocks()
        ids = [block.estates for block in self._blocks]
        self.estates = np.unique(np.concatenate(ids)) if ids else np.empty(0, np.int64)
        self._at = [np.searchsorted(self.estates, each) for each in ids]
        self.labels = sorted({(block.kind, block.item) for block in self._blocks})
        # Of all time: from the first that there is.
        self._first = min((block.begins for block in self._blocks), default=date.max)

        self._grids: dict[Want, Numbers] = {}

    def steps(self, want: Want) -> list[int]:
        """The first day of each, as an ordinal."""
        return want.steps(self._first)

    def grid(self, want: Want) -> Numbers:
        if want not in self._grids:
            self._grids[want] = self._grid(want)
        return self._grids[want]

    def _grid(self, want: Want) -> Numbers:
        steps = self.steps(want)
        labels = {each: n for n, each in enumerate(self.labels)} if want.apart else {}
        severities = [ALL_SEVERITIES.index(n) for n in self.question.severities]
        shape = (
            len(steps),
            len(labels) if want.apart else 1,
            len(self.estates),
            len(severities) if want.each_severity else 1,
        )
        grid = np.zeros(shape, dtype=np.int64)
        for block, at in zip(self._blocks, self._at, strict=True):
            laid = _laid(block, want, severities, steps)
            if laid is None:
                continue
            step, numbers = laid
            label = labels.get((block.kind, block.item), 0)
            into = grid[step : step + numbers.shape[1], label]
            if block.is_day:
                # Of one estate there may be many.
                np.add.at(into.swapaxes(0, 1), at, numbers)
            else:
                into[:, at] += numbers.swapaxes(0, 1)
        return grid

    def fact(self, name: str) -> Numbers:
        """Of each estate."""
        told = np.zeros(len(self.estates), dtype=np.int64)
        for block, at in zip(self._blocks, self._at, strict=True):
            told[at] = block.facts[name]
        return told

    def by(self, want: Want, *names: str) -> Counts:
        """A key is a value, or a tuple of several, or () for all in one; what is nought is not
        there. Of what is counted by households, where these are known."""
        grid = self.grid(want)
        if "households" in self.question.facts and want.what == "found":
            grid = grid[:, :, self.fact("households") > 0]
        axes: list[dict[str, Sequence[Hashable]]] = [{}, {}, {}, {}]
        for name in names:
            axis, keys = self._keys(want, name)
            axes[axis][name] = keys
        told: list[list[dict[str, Hashable]]] = []
        for axis, of_axis in enumerate(axes):
            grid, known = _grouped(grid, axis, of_axis)
            told.append(known)
        counts: Counts = {}
        for at in zip(*np.nonzero(grid), strict=True):
            told_of = {
                name: value for axis, n in enumerate(at) for name, value in told[axis][n].items()
            }
            key = tuple(told_of[name] for name in names)
            counts[key[0] if len(key) == 1 else key] = int(grid[at])
        return counts

    def _keys(self, want: Want, name: str) -> tuple[int, Sequence[Hashable]]:
        """On which axis, and what is told of each of it."""
        if name in TIMES:
            return 0, [begin_of(date.fromordinal(day), name) for day in self.steps(want)]
        if name in ("kind", "item"):
            return 1, [label[name == "item"] for label in self.labels]
        if name == "severity":
            return 3, self.question.severities
        estates = self.estates if name == "estate" else self.fact(name)
        if "households" in self.question.facts and want.what == "found":
            estates = estates[self.fact("households") > 0]
        return 2, [each or None for each in estates.tolist()]


def _grouped(
    grid: Numbers, axis: int, keys: dict[str, Sequence[Hashable]]
) -> tuple[Numbers, list[dict[str, Hashable]]]:
    """Added up by what is told of each on that axis."""
    if not keys:
        return grid.sum(axis=axis, keepdims=True), [{}]
    told = list(zip(*keys.values(), strict=True))
    index = {key: n for n, key in enumerate(dict.fromkeys(told))}
    known = [dict(zip(keys, key, strict=True)) for key in index]
    if len(index) == len(told):
        return grid, known
    shape = list(grid.shape)
    shape[axis] = len(index)
    grouped = np.zeros(shape, dtype=np.int64)
    np.add.at(
        np.moveaxis(grouped, axis, 0), [index[key] for key in told], np.moveaxis(grid, axis, 0)
    )
    return grouped, known


def _laid(
    block: Block, want: Want, severities: list[int], begins: list[int]
) -> tuple[int, Numbers] | None:
    """What it has of it: the first step, and numbers of (estate, step, severity) from there on."""
    first = block.begins.toordinal()
    last = first if block.is_day else end_of_step(block.begins, "month").toordinal()
    since, until = max(first, begins[0]), min(last, want.last.toordinal())
    if since > until:
        return None
    step, ends = bisect_right(begins, since) - 1, bisect_right(begins, until) - 1
    if step == ends and (since, until) == (first, last):
        return step, _signed(want, block.totals)[:, None]
    told = _signed(want, block.days)[:, since - first : until - first + 1]
    if told.shape[2] > len(severities):
        told = told[:, :, severities]
    if not want.each_severity:
        told = told.sum(axis=2, keepdims=True)
    if want.step != "day" or want.before:
        starts = [max(begin, since) - since for begin in begins[step : ends + 1]]
        told = np.add.reduceat(told, starts, axis=1)
    return step, told


def _signed(want: Want, numbers: dict[str, Numbers]) -> Numbers:
    first, *others = (
        numbers[name].astype(np.int64) * sign for name, sign in MADE_OF[want.what].items()
    )
    return first + others[0] if others else first
