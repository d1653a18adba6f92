"""The rows behind a cell of the board: place by place what it is made of, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add

from campaign.metrics import Share
from campaign.reports.cells import Cell, Told
from campaign.reports.sources import Row
from campaign.standing import (
    Figure,
    Level,
    Light,
    Standing,
    due_on,
    late_since,
    meets,
    months,
    standing,
)

# Of which place: its level and id; of the whole subdistrict, None.
Of = tuple[Level, int | None]


@dataclass(frozen=True, slots=True)
class Month:
    """What a place, or all of a column, told of a month, and whether that is done."""

    month: date
    share: Share | None
    done: bool

    @property
    def due_on(self) -> date:
        return due_on(self.month)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """`share`: what it told, of the month in question where it is asked by month. `light` is None
    where the target is the whole's. `counts`: it is part of the cell's figure; not where the whole
    was told besides."""

    of: Of
    share: Share | None
    light: Light | None
    late_since: date | None = None
    counts: bool = True
    months: Sequence[Month] = field(default_factory=tuple)

    @property
    def missing(self) -> bool:
        return self.share is None


@dataclass(frozen=True, slots=True)
class Behind:
    cell: Cell | None
    rows: Sequence[PlaceRow]
    # Of the column as a whole, where the months add up.
    months: Sequence[Month]


def behind(told: Told, column: int | None) -> Behind:
    """Of places that are counted, one row for each, and as many are done as the cell says; of what
    adds up, a row for each that told something, which add up to the cell, and one for each that
    owes a number."""
    cell = told.cell(column)
    if cell is None:
        return Behind(None, (), ())
    if not told.adds_up:
        return Behind(cell, _counted(told, column), ())
    return Behind(cell, _added(told, column, cell), _months_of_column(told, column))


def _counted(told: Told, column: int | None) -> list[PlaceRow]:
    places = told.ground.places(told.level, column)
    known = _by_place(told, told.rows.items())
    return [_of_place(told, (told.level, place), known[told.level, place]) for place in places]


def _added(told: Told, column: int | None, cell: Cell) -> list[PlaceRow]:
    known = told.rows.get(told.month, [])
    counted = told.within(known, column)
    rows = _of_rows(told, counted, column)
    if column is None and any(row.is_whole for row in counted):
        whole = rows.pop((Level.SUBDISTRICT, None))
        others = _of_rows(told, [row for row in known if not row.is_whole], column)
        return [
            PlaceRow(whole.of, whole.share, cell.light, cell.late_since, months=whole.months),
            *(
                PlaceRow(of, each.share, each.light, each.late_since, counts=False)
                for of, each in others.items()
            ),
        ]
    missing = told.missing_in(counted, column) if counted else frozenset()
    if not counted and told.owed and told.level != Level.SUBDISTRICT:
        missing = told.ground.places(told.level, column)
    # With what it told of other months.
    by_month = _by_place(told, told.rows.items())
    lacking = [_of_place(told, of, by_month[of]) for of in ((told.level, each) for each in missing)]
    return [*rows.values(), *lacking]


def _of_rows(told: Told, rows: Iterable[Row], column: int | None) -> dict[Of, PlaceRow]:
    """A row for each place that told something now; with its months, where it told of others."""
    every = told.rows.items() if told.monthly else [(None, told.within(rows, column))]
    known = _by_place(told, every)
    now = _by_place(told, [(told.month, rows)])
    return {of: _of_place(told, of, known[of]) for of in now}


def _by_place(
    told: Told, rows: Iterable[tuple[date | None, Iterable[Row]]]
) -> dict[Of, dict[date | None, Share]]:
    by: dict[Of, dict[date | None, list[Share]]] = defaultdict(lambda: defaultdict(list))
    for month, several in rows:
        for row in several:
            for of in _of(told, row):
                by[of][month].append(row.share)
    summed = {
        of: {month: reduce(add, shares) for month, shares in each.items()}
        for of, each in by.items()
    }
    return defaultdict(dict, summed)


def _of(told: Told, row: Row) -> Iterable[Of]:
    """Places that are counted, each by its own level; of what adds up, the finest that is known."""
    if not told.adds_up:
        return [(told.level, key) for key in told.keys_of(row)]
    if row.company is not None:
        return [(Level.COMPANY, row.company)]
    if row.estate is not None:
        return [(Level.ESTATE, row.estate)]
    if row.community is not None:
        return [(Level.COMMUNITY, row.community)]
    return [(Level.SUBDISTRICT, None)]


def _of_place(told: Told, of: Of, by_month: dict[date | None, Share]) -> PlaceRow:
    share = by_month.get(told.month)
    stands = _standing(told, by_month)
    each = _months(told, by_month) if told.monthly else ()
    # A part of a number that the whole is to reach.
    part = told.level == Level.SUBDISTRICT and not told.rate and of[1] is not None
    if part:
        return PlaceRow(of, share, None, months=each)
    return PlaceRow(of, share, stands.light, stands.late_since, months=each)


def _standing(told: Told, by_month: dict[date | None, Share]) -> Standing:
    share = by_month.get(told.month)
    now = standing(told.goal, _figure(share), told.day)
    never = {Light.NO_TARGET, Light.NO_BASELINE, Light.DONE}
    if not told.monthly or now.light in never:
        return now
    since = late_since(
        told.goal.begins_on, told.day, {each.month for each in _months(told, by_month) if each.done}
    )
    if since:
        return Standing(Light.LATE, since)
    return Standing(Light.ON_PACE if by_month else Light.NO_DATA)


def _months(told: Told, by_month: dict[date | None, Share]) -> list[Month]:
    def one(month: date) -> Month:
        share = by_month.get(month)
        done = share is not None and meets(told.goal, share.n, share.of)
        return Month(month, share, done)

    return [one(month) for month in months(told.goal.begins_on, told.day)]


def _months_of_column(told: Told, column: int | None) -> list[Month]:
    if not told.monthly:
        return []
    each = []
    for month in months(told.goal.begins_on, told.day):
        figure = told.sum_of(column, month)
        done = standing(told.goal, figure, told.day).light == Light.DONE
        each.append(Month(month, None if figure is None else Share(figure.n, figure.of), done))
    return each


def _figure(share: Share | None) -> Figure | None:
    return None if share is None else Figure(Decimal(share.n), share.of)
