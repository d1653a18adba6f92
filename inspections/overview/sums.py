"""Numbers from the summaries, exact to the moment.

Whole months come from sums by month, the days by which they are cut from sums by day, and the part
of a day that has not come yet from rows, which is taken away: all in one statement, so that it is
of one moment. Sums by day know no items; of items, days are counted from rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate, TruncMonth, TruncWeek
from django.utils import timezone

from geo.scope import Scope
from inspections.models import ClosedSpan, EstateDay, EstateMonth, Finding, Inspection, ItemMonth
from inspections.overview.asked import Asked, begin_of_day, end_of
from inspections.periods import by_months
from inspections.reports import SEVERITIES

# By which steps of time it is told; of a moment, and of what is a day already.
TIMES: dict[str, Callable[..., Any]] = {"day": TruncDate, "week": TruncWeek, "month": TruncMonth}


class _Monday(Func):
    """Of a day's week, in whole numbers from a Monday: to truncate is dear by the million."""

    template = "(%(expressions)s - mod(%(expressions)s - date '1900-01-01', 7))"
    output_field = DateField()


_OF_DAY: dict[str, Callable[[Any], Any]] = {"day": F, "week": _Monday, "month": TruncMonth}

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Sum:
    """What is added up of whom: `found`, `inspections`, or `open` (found less closed), from the
    day `first` to `last` and before the moment `at`; by keys, see `counted.KEYS`, and `TIMES`."""

    scope: Scope
    asked: Asked
    what: str
    by: tuple[str, ...]
    first: date | None
    last: date
    at: datetime

    def rows(self) -> Rows:
        """The keys, and the number; what is nought is not there."""
        return added_up(list(self._parts()), len(self.by))

    def _parts(self) -> Iterator[QuerySet[Any]]:
        if "day" in self.by or "week" in self.by:
            yield from self._days(self.first, self.last, 1)
        else:
            months, edges = by_months(self.first, self.last)
            if months is not None:
                rows = (ItemMonth if self._by_items else EstateMonth).objects.in_months(months)
                yield from self._sums(rows, 1, F("month"))
            for edge in edges:
                yield from self._days(edge.since, edge.until, edge.sign)
        if self.at < end_of(self.last):
            yield from self._counted(max(self.at, self._begins), end_of(self.last), -1)

    @property
    def _begins(self) -> datetime:
        return begin_of_day(self.first) if self.first else self.at

    @property
    def _by_items(self) -> bool:
        of_items = "item" in self.by or bool(self.asked.items)
        return of_items and self.what != "inspections"

    def _days(self, first: date | None, last: date, sign: int) -> Iterator[QuerySet[Any]]:
        if self._by_items:
            yield from self._counted(begin_of_day(first) if first else None, end_of(last), sign)
            return
        rows = EstateDay.objects.filter(day__lte=last)
        rows = rows.filter(day__gte=first) if first else rows
        time = next((each for each in self.by if each in TIMES), "day")
        # Cut to days already: they have no zone.
        yield from self._sums(rows, sign, Cast(_OF_DAY[time]("day"), DateField()))

    def _sums(self, rows: Any, sign: int, time: Combinable) -> Iterator[QuerySet[Any]]:
        rows = self._narrowed(rows)
        if rows.model is ItemMonth:
            rows = rows.filter(self.asked.of_findings())
            number = F("found") - F("closed") if self.what == "open" else F("found")
            yield self._told(rows, number * sign, time, {})
            return
        rows = rows.filter(self.asked.of_inspections())
        if self.what == "inspections":
            yield self._told(rows, F("inspections") * sign, time, {})
            return
        wanted = self.asked.severities or SEVERITIES
        numbers = {n: self._number(n) * sign for n in wanted}
        if "severity" in self.by:
            for n, number in numbers.items():
                severity = Value(n, output_field=IntegerField())
                yield self._told(rows, number, time, {"severity": severity})
        else:
            yield self._told(rows, sum(list(numbers.values())[1:], numbers[wanted[0]]), time, {})

    def _number(self, n: int) -> Any:
        found = F(f"found_{n}")
        return found - F(f"closed_{n}") if self.what == "open" else found

    def _counted(
        self, begins: datetime | None, ends: datetime, sign: int
    ) -> Iterator[QuerySet[Any]]:
        """Row by row, from that moment on and before the other."""
        if self.what == "inspections":
            rows = self._narrowed(Inspection.objects.in_force())
            rows = rows.filter(self.asked.of_inspections())
            yield self._each(rows, "recorded_at", begins, ends, sign)
            return
        findings = self._narrowed(Finding.objects.in_force()).filter(self.asked.of_findings())
        yield self._each(findings, "recorded_at", begins, ends, sign)
        if self.what != "open":
            return
        yield self._each(findings, "closed_at", begins, ends, -sign)
        spans = self._narrowed(ClosedSpan.objects.filter(finding__in_force=True), "finding__")
        spans = spans.filter(of(self.asked.of_findings(), "finding__"))
        yield self._each(spans, "closed_at", begins, ends, -sign, "finding__")
        yield self._each(spans, "reopened_at", begins, ends, sign, "finding__")

    def _each(
        self,
        rows: Any,
        moment: str,
        begins: datetime | None,
        ends: datetime,
        sign: int,
        prefix: str = "",
    ) -> QuerySet[Any]:
        within = {f"{moment}__lt": ends} | ({f"{moment}__gte": begins} if begins else {})
        time = next((each for each in self.by if each in TIMES), "day")
        zone = timezone.get_default_timezone()
        truncated = TIMES[time](moment, tzinfo=zone)
        number = Value(sign, output_field=IntegerField())
        return self._told(
            rows.filter(**within), number, Cast(truncated, DateField()), {}, prefix=prefix
        )

    def _narrowed(self, rows: Any, prefix: str = "") -> Any:
        rows = rows.visible_in(self.scope)
        if self.asked.measure == "households" and self.what == "found":
            rows = rows.filter(**{f"{prefix}estate__households__gt": 0})
        return rows

    def _told(
        self,
        rows: Any,
        number: Any,
        time: Combinable,
        known: dict[str, Combinable],
        *,
        prefix: str = "",
    ) -> QuerySet[Any]:
        columns: dict[str, Any] = {}
        for at, name in enumerate(self.by):
            if name in TIMES:
                columns[f"key_{at}"] = time
            elif name in known:
                columns[f"key_{at}"] = known[name]
            else:
                path = "estate__company" if name == "company" else name
                columns[f"key_{at}"] = F(f"{prefix}{path}")
        columns["how_many"] = number
        told: QuerySet[Any] = rows.order_by().annotate(**columns).values_list(*columns)
        return told


def of(wanted: Q, prefix: str) -> Q:
    """The same of what stands behind that path."""
    told = Q(_connector=wanted.connector, _negated=wanted.negated)
    for child in wanted.children:
        if isinstance(child, Q):
            told.add(of(child, prefix), wanted.connector)
        else:
            name, value = child  # type: ignore[misc]
            told.add(Q(**{f"{prefix}{name}": value}), wanted.connector)
    return told


def added_up(parts: list[QuerySet[Any]], keys: int) -> Rows:
    """Of rows of so many keys and a number, the sum by the keys."""
    told = []
    values: list[Any] = []
    for part in parts:
        try:
            query, of_part = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        told.append(f"({query})")
        values += of_part
    if not told:
        return []
    names = ", ".join(f"k{at}" for at in range(keys))
    sql = f"""
        SELECT {names}{", " if names else ""}sum(n)::bigint
        FROM ({" UNION ALL ".join(told)}) AS parts ({names}{", " if names else ""}n)
        {f"GROUP BY {names}" if names else ""} HAVING sum(n) <> 0
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
