"""A period of days as whole months and what to add or take away at its ends."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Months:
    """From the month of `first` to that of `last`, both whole; None is without end."""

    first: date | None = None
    last: date | None = None

    @property
    def none(self) -> bool:
        return self.first is not None and self.last is not None and self.first > self.last


@dataclass(frozen=True, slots=True)
class Edge:
    """Days, both included, that the whole months lack (`sign` 1) or have too many (-1)."""

    since: date
    until: date
    sign: int


def by_months(since: date | None, until: date | None) -> tuple[Months | None, list[Edge]]:
    """The period as months and edges; no months where it lies within a single one.

    An edge is counted from rows, so of a month that is cut the smaller part is taken: it is
    added to the months, or the month is counted whole and the rest of it taken away.
    """
    if since and until and (since.year, since.month) == (until.year, until.month):
        whole = since.day == 1 and until == _end(until)
        return (Months(since, since), []) if whole else (None, [Edge(since, until, 1)])
    first, last, edges = None, None, []
    if since:
        first, before, length = since.replace(day=1), since.day - 1, _end(since).day
        if before > length - before:
            edges.append(Edge(since, _end(since), 1))
            first = _end(since) + timedelta(days=1)
        elif before:
            edges.append(Edge(first, since - timedelta(days=1), -1))
    if until:
        last, length = until.replace(day=1), _end(until).day
        if until.day <= length - until.day:
            edges.append(Edge(last, until, 1))
            last = (last - timedelta(days=1)).replace(day=1)
        elif until.day < length:
            edges.append(Edge(until + timedelta(days=1), _end(until), -1))
    months = Months(first, last)
    return (None if months.none else months), edges


def _end(day: date) -> date:
    """The last day of that day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
