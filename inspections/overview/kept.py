"""What the summaries hold, read as arrays: exact to the moment, and all of one moment.

Whole months are read as they are summed; of a month that is cut, its days, which stand side by side
in the same row. The database lays the rows of one month end to end, so that nothing is made for
each. What has not come yet of the last day is told by rows, and taken away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import DateField, F, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from numpy.typing import NDArray

from geo.scope import Scope
from inspections.models import ClosedSpan, EstateMonth, Finding, Inspection, ItemMonth
from inspections.models.findings import SEVERITIES
from inspections.models.summaries import DAYS
from inspections.overview.asked import Asked, end_of, of
from inspections.overview.steps import begins
from inspections.periods import Months

Numbers = NDArray[np.int64]

ALL_SEVERITIES = tuple(severity for severity, _ in SEVERITIES)
# Of what is summed, and with which sign.
MADE_OF = {
    "found": {"found": 1},
    "open": {"found": 1, "closed": -1},
    "inspections": {"inspections": 1},
}


@dataclass(frozen=True, slots=True)
class Want:
    """`found`, `inspections` or `open` (found less closed) from the day `first` to `last`, by
    `step` or all in one. `before`: what was before `first` is in the first step too. `apart`: by
    kind and item. Of `severities`, all in one or each by itself."""

    what: str
    first: date | None
    last: date
    step: str = ""
    before: bool = False
    apart: bool = False
    each_severity: bool = False

    def steps(self, first: date) -> list[int]:
        """The first day of each, as an ordinal; of all time, from that day on."""
        if not self.step:
            return [(self.first or date.min).toordinal()]
        told = begins(self.first or min(first, self.last), self.last, self.step)
        return [date.min.toordinal(), *told[1:]] if self.before else told

    @property
    def since(self) -> date | None:
        """The month from which on rows are read; None for all."""
        return self.first.replace(day=1) if self.first and not self.before else None

    @property
    def by_days(self) -> bool:
        return self.step in ("day", "week")

    def cut(self) -> tuple[str, list[Any]]:
        """Of which months days are read."""
        if self.by_days:
            return ("month >= %s", [self.first.replace(day=1)]) if self.first else ("true", [])
        ends = [self.last] if self.before else [self.first, self.last]
        return "month = ANY(%s::date[])", [[each.replace(day=1) for each in ends if each]]


class Block(NamedTuple):
    """Rows of one kind (and item) and month, one of each estate; or, where `is_day`, of one day.
    `totals` (estates, severities) and `days` (estates, 31, all severities) by what is summed."""

    kind: str
    item: str
    begins: date
    is_day: bool
    estates: Numbers
    facts: dict[str, Numbers]
    totals: dict[str, Numbers]
    days: dict[str, Numbers]


@dataclass(frozen=True, slots=True)
class Question:
    """`facts`: what else is told of each estate, `community`, `company` or `households`; 0 is none.
    `at`: of the last day, what is before."""

    scope: Scope
    asked: Asked
    wants: tuple[Want, ...]
    at: datetime
    by_items: bool = False
    facts: tuple[str, ...] = ()
    # Without, all are told as one, 0.
    by_estates: bool = True

    def blocks(self) -> list[Block]:
        parts, values = [], []
        for sql, of_part in self._parts():
            parts.append(sql)
            values += of_part
        if not parts:
            return []
        return [self._block(row) for row in _binary(" UNION ALL ".join(parts), values)]

    @property
    def _summed(self) -> tuple[str, ...]:
        told = {name for want in self.wants for name in MADE_OF[want.what]}
        return tuple(sorted(told))

    @property
    def severities(self) -> tuple[int, ...]:
        return self.asked.severities or ALL_SEVERITIES

    def _numbers(self, name: str, column: str = "{name}_{n}") -> list[str]:
        """What makes up the totals."""
        if name == "inspections":
            return [name]
        numbers = [column.format(name=name, n=n) for n in self.severities]
        each = any(want.each_severity for want in self.wants)
        return numbers if each else [" + ".join(numbers)]

    @property
    def _keys(self) -> tuple[str, ...]:
        return ("kind", "item") if self.by_items else ("kind",)

    def _parts(self) -> Iterator[tuple[str, list[Any]]]:
        yield from self._months()
        last = max(want.last for want in self.wants)
        if self.at < end_of(last):
            yield from self._not_yet(self.at, end_of(last))

    def _months(self) -> Iterator[tuple[str, list[Any]]]:
        rows: Any = (ItemMonth if self.by_items else EstateMonth).objects
        first = None
        if all(want.since for want in self.wants):
            first = min(want.since for want in self.wants if want.since)
        rows = rows.in_months(Months(first, max(want.last for want in self.wants)))
        rows = rows.visible_in(self.scope).filter(self.asked.of_inspections())
        if self.by_items and self.asked.items:
            rows = rows.filter(item__in=self.asked.items)
        columns = [*self._keys, "month", "slot", "estate"]
        told, values = [], []
        for name in self._summed:
            severities = [f"{name}_{n}" for n in self.severities]
            columns += [name] if name == "inspections" else severities
            columns.append(f"{name}_by_day")
            wants = [want for want in self.wants if name in MADE_OF[want.what]]
            cuts = [want.cut() for want in wants]
            values += [value for _, of_want in cuts for value in of_want]
            # Where all is by days, no month is asked for as a whole.
            days_alone = all(want.by_days and not want.before for want in wants)
            told += [
                self._totals([] if days_alone else self._numbers(name)),
                f"string_agg(CASE WHEN {' OR '.join(cut for cut, _ in cuts)}"
                f" THEN {name}_by_day END, '')",
            ]
        yield from self._laid(rows, {name: F(name) for name in columns}, told, values)

    def _not_yet(self, begins: datetime, ends: datetime) -> Iterator[tuple[str, list[Any]]]:
        """Taken away: found, closed and opened again in that time."""
        if "inspections" in self._summed:
            rows = Inspection.objects.in_force().filter(self.asked.of_inspections())
            yield from self._days_of(rows, "recorded_at", begins, ends, {"inspections": -1})
        if "found" not in self._summed:
            return
        wanted = self.asked.of_findings()
        findings = Finding.objects.in_force().filter(wanted)
        yield from self._days_of(findings, "recorded_at", begins, ends, {"found": -1})
        if "closed" not in self._summed:
            return
        spans = ClosedSpan.objects.filter(of(wanted, "finding__"), finding__in_force=True)
        yield from self._days_of(findings, "closed_at", begins, ends, {"closed": -1})
        yield from self._days_of(spans, "closed_at", begins, ends, {"closed": -1}, "finding__")
        yield from self._days_of(spans, "reopened_at", begins, ends, {"closed": 1}, "finding__")

    def _days_of(
        self,
        rows: Any,
        moment: str,
        begins: datetime,
        ends: datetime,
        one: dict[str, int],
        prefix: str = "",
    ) -> Iterator[tuple[str, list[Any]]]:
        rows = rows.visible_in(self.scope)
        rows = rows.filter(**{f"{moment}__gte": begins, f"{moment}__lt": ends})
        day = TruncDate(moment, tzinfo=timezone.get_default_timezone())
        columns: dict[str, Combinable] = {name: F(f"{prefix}{name}") for name in self._keys}
        columns |= {"month": Cast(day, DateField()), "slot": Value(-1)}
        columns["estate"] = F(f"{prefix}estate")
        if "inspections" not in one:
            columns["severity"] = F(f"{prefix}severity")
        told = []
        for name in self._summed:
            number = one.get(name, 0)
            each = f"{number} * (severity = {{n}})::int" if number else "0"
            numbers = [str(number)] if name == "inspections" else self._numbers(name, each)
            told += [self._totals(numbers), "NULL::bytea"]
        yield from self._laid(rows, columns, told, [], prefix)

    def _laid(
        self,
        rows: Any,
        columns: dict[str, Combinable],
        told: list[str],
        values: list[Any],
        prefix: str = "",
    ) -> Iterator[tuple[str, list[Any]]]:
        """The rows of each kind, month and slot, end to end."""
        for fact in self.facts:
            columns[fact] = F(f"{prefix}{_PATHS[fact]}")
        # A column may be called as a field is.
        named = {f"c_{name}": each for name, each in columns.items()}
        try:
            query, of_query = (
                rows.order_by().annotate(**named).values_list(*named).query.sql_with_params()
            )
        except EmptyResultSet:
            return
        laid = [f"int8send(coalesce({each}, 0)::bigint)" for each in self.facts]
        laid = ["int8send(estate)", *laid] if self.by_estates else []
        ends = ", ".join([*(f"string_agg({each}, '')" for each in laid), *told])
        item = "item" if self.by_items else "''::text"
        yield (
            f"SELECT kind, {item}, month, slot < 0, {ends} FROM ({query})"  # noqa: S608
            f" AS r ({', '.join(columns)}) GROUP BY {', '.join(self._keys)}, month, slot",
            [*values, *of_query],
        )

    def _totals(self, numbers: list[str]) -> str:
        if not numbers:
            return "NULL::bytea"
        if self.by_estates:
            return f"string_agg({' || '.join(f'int4send({each})' for each in numbers)}, '')"
        return " || ".join(f"int4send(sum({each})::integer)" for each in numbers)

    def _block(self, row: tuple[Any, ...]) -> Block:
        kind, item, begins, is_day, *laid = row
        read = iter(laid)
        estates, facts = np.zeros(1, np.int64), []
        if self.by_estates:
            estates, *facts = (np.frombuffer(next(read), ">i8") for _ in ("estate", *self.facts))
        totals, days = {}, {}
        for name in self._summed:
            of_total, of_days = next(read), next(read)
            n = len(self._numbers(name))
            if of_total is not None:
                totals[name] = self._read(of_total, n)
            if of_days is not None:
                days[name] = self._read(of_days, DAYS, 1 if name == "inspections" else 3)
        known = dict(zip(self.facts, facts, strict=True))
        return Block(kind, item, begins, is_day, estates, known, totals, days)

    def _read(self, laid: bytes, *shape: int) -> Numbers:
        numbers = np.frombuffer(laid, ">i4").reshape(-1, *shape)
        return numbers if self.by_estates else numbers.sum(axis=0, keepdims=True)


_PATHS = {
    "community": "community",
    "company": "estate__company",
    "households": "estate__households",
}


def _binary(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Bytes as they are, not as text; so the values are bound by the server."""
    with connection.cursor() as cursor, psycopg.Cursor(cursor.connection) as binary:
        return binary.execute(sql, values, binary=True).fetchall()
