"""One indicator on the board: how far it is in all, and in each community."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from campaign.metrics import METRICS, Share
from campaign.models import Indicator, Target
from campaign.reports.ground import Ground
from campaign.reports.sources import ByMonth, Row
from campaign.standing import (
    PERCENT,
    WORST_FIRST,
    Figure,
    Goal,
    Level,
    Light,
    Recurrence,
    Standing,
    late_since,
    meets,
    standing,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """`light` is None where the target is the whole's and this is a part of it."""

    light: Light | None
    figure: Figure | None
    late_since: date | None = None


class Told:
    """`rows` are what is known of the indicator; a column is a community, or None for all that the
    scope sees.

    A rate adds up numerators and denominators, and what the subdistrict is asked adds up as it
    is; of anything else that places are asked, the places that have done it are counted.
    """

    def __init__(
        self, indicator: Indicator, target: Target | None, rows: ByMonth, ground: Ground, day: date
    ) -> None:
        self.level = Level(indicator.level)
        self.rate = indicator.unit == PERCENT
        metric = METRICS.get(indicator.metric)
        self.entered = metric is None
        self.owed = metric is None or metric.owed
        self.by_place = metric is not None and not metric.of_whole
        self.goal = Goal(
            op=target.op if target else "",
            number=target.number if target else None,
            begins_on=indicator.begins_on,
            deadline=target.deadline if target else None,
            rate=self.rate,
            baselined=metric is not None and metric.baselined,
        )
        self.monthly = indicator.recurrence == Recurrence.MONTHLY
        self.month = day.replace(day=1) if self.monthly else None
        self.ground, self.day = ground, day
        self.rows = self._asked_now(rows)
        adds_up = self.rate or self.level == Level.SUBDISTRICT
        # Without a target no place can have done it.
        self.adds_up = adds_up or self.goal.number is None
        self.done = {} if self.adds_up else self._done_by_place()
        self._since: dict[int, date | None] = {}
        self.told = {key for each in rows.values() for row in each for key in self.keys_of(row)}

    def cell(self, column: int | None) -> Cell | None:
        """None where nothing is told of a part of what the whole is asked."""
        figure = self.sum_of(column, self.month) if self.adds_up else self._places(column)
        if self._is_part(column):
            if figure is None and not self.goal.baselined:
                return None
            if not self.rate:
                return Cell(None, figure)
        if self.monthly:
            return self._of_months(column, figure)
        known = figure if self._known(column) else None
        told = standing(self.goal, known, self.day)
        return Cell(told.light, figure, told.late_since)

    def _is_part(self, column: int | None) -> bool:
        """Of what the whole subdistrict is asked: a community; and, for who sees only some of them,
        what those told, where nothing was told of the whole."""
        if self.level != Level.SUBDISTRICT:
            return False
        if column is not None:
            return True
        if self.ground.everywhere or self.rate:
            return False
        rows = self.rows.get(self.month, [])
        return not any(row.is_whole for row in rows) if rows else self.by_place

    # ── added up ────────────────────────────────────────────────────────────────────────────────

    def sum_of(self, column: int | None, month: date | None) -> Figure | None:
        rows = self.within(self.rows.get(month, []), column)
        if not rows:
            return None
        total = reduce(add, (row.share for row in rows))
        return Figure(total.n, total.of, missing=len(self.missing_in(rows, column)))

    def _asked_now(self, rows: ByMonth) -> ByMonth:
        """Who owes a number and is asked no more, an estate that is gone or a company that manages
        none, counts no more: nobody would ever put its number right."""
        if self.level == Level.SUBDISTRICT or not self.owed:
            return rows
        asked = self.ground.places(self.level, None)
        return {
            month: [row for row in several if asked.issuperset(self.keys_of(row))]
            for month, several in rows.items()
        }

    def within(self, rows: Iterable[Row], column: int | None) -> Sequence[Row]:
        if column is None:
            whole = [row for row in rows if row.is_whole]
            return whole or list(rows)
        companies = self.ground.places(Level.COMPANY, column)
        return [row for row in rows if row.community == column or row.company in companies]

    def missing_in(self, rows: Iterable[Row], column: int | None) -> frozenset[int]:
        """Places that owe a number; of most of what Xuntu counts itself, none does."""
        if self.level == Level.SUBDISTRICT or not self.owed:
            return frozenset()
        told = {key for row in rows for key in self.keys_of(row)}
        return self.ground.places(self.level, column) - told

    # ── place by place ──────────────────────────────────────────────────────────────────────────

    def keys_of(self, row: Row) -> Sequence[int]:
        """The place of the indicator's own level that a row is of."""
        if self.level == Level.COMMUNITY:
            key = row.community
        elif self.level == Level.ESTATE:
            key = row.estate
        elif row.company is None and row.estate is not None:
            key = self.ground.company_of.get(row.estate)
        else:
            key = row.company
        return () if key is None else (key,)

    def _done_by_place(self) -> dict[int, set[date | None]]:
        done: dict[int, set[date | None]] = defaultdict(set)
        # Many places tell the same number.
        judged: dict[Share, bool] = {}
        for month, rows in self.rows.items():
            shares: dict[int, Share] = {}
            for row in rows:
                for key in self.keys_of(row):
                    shares[key] = shares[key] + row.share if key in shares else row.share
            for key, share in shares.items():
                if share not in judged:
                    judged[share] = meets(self.goal, share.n, share.of)
                if judged[share]:
                    done[key].add(month)
        return done

    def _places(self, column: int | None) -> Figure | None:
        places = self.ground.places(self.level, column)
        if not places:
            return None
        n = sum(self.month in self.done.get(place, ()) for place in places)
        return Figure(Decimal(n), Decimal(len(places)), of_places=True)

    def _known(self, column: int | None) -> bool:
        if self.adds_up:
            return True
        return bool(self.told & self.ground.places(self.level, column))

    # ── every month ─────────────────────────────────────────────────────────────────────────────

    def _of_months(self, column: int | None, figure: Figure | None) -> Cell:
        now = standing(self.goal, figure, self.day)
        if now.light in {Light.NO_TARGET, Light.NO_BASELINE, Light.DONE}:
            return Cell(now.light, figure)
        since = min(filter(None, self._late(column)), default=None)
        if since:
            return Cell(Light.LATE, figure, since)
        known = any(self.within(rows, column) for rows in self.rows.values())
        return Cell(Light.ON_PACE if known else Light.NO_DATA, figure)

    def _late_place(self, place: int) -> date | None:
        """It stands in a community's column and in that of all."""
        if place not in self._since:
            done = {month for month in self.done.get(place, ()) if month}
            self._since[place] = late_since(self.goal.begins_on, self.day, done)
        return self._since[place]

    def _late(self, column: int | None) -> Iterable[date | None]:
        begins_on = self.goal.begins_on
        if not self.adds_up:
            for place in self.ground.places(self.level, column):
                yield self._late_place(place)
            return
        figures = {month: self.sum_of(column, month) for month in self.rows if month}
        done = {
            month
            for month, each in figures.items()
            if standing(self.goal, each, self.day).light == Light.DONE
        }
        yield late_since(begins_on, self.day, done)


def worst(cells: Iterable[Cell | None]) -> tuple[Standing | None, int, int]:
    """Of several: the worst light and since when the first of them is late; how many are done, and
    how many have a target here."""
    lit = [each for each in cells if each is not None and each.light is not None]
    if not lit:
        return None, 0, 0
    lights = {each.light for each in lit}
    light = next(each for each in WORST_FIRST if each in lights)
    since = min((each.late_since for each in lit if each.late_since), default=None)
    held = [each for each in lit if each.light != Light.NO_TARGET]
    done = sum(each.light == Light.DONE for each in held)
    return Standing(light, since), done, len(held)


def told_cell(cell: Cell | None, expected: int | None = None) -> dict[str, Any] | None:
    """`expected`: of estates on their way to the standard, those that may be announced next."""
    if cell is None:
        return None
    figure = cell.figure
    return {
        "light": cell.light,
        "n": None if figure is None else float(figure.n),
        "of": None if figure is None or figure.of is None else float(figure.of),
        "places": figure is not None and figure.of_places,
        "missing": 0 if figure is None else figure.missing,
        "late_since": cell.late_since,
        "expected": expected,
    }
