"""Figures of findings and inspections: from the summaries, and exact to the day.

Whole months come from the summaries; the days by which a period is cut at its ends are counted
from rows, in the same statement, so that both are of the same moment.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, DateField, F, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, TruncMonth
from django.utils import timezone

from geo.models import Community, Estate
from geo.scope import Scope
from geo.tiles import Tile, TileColumn, TileRow, in_tile
from inspections.models import Finding, FindingCell, FindingMonth, Inspection, InspectionMonth
from inspections.models.summaries import CELL_ZOOM
from inspections.periods import by_months
from inspections.querysets import FindingFilter, Findings, Sums

# By the status asked for: how many of a summary's row are told, and how many of those are open.
_TOLD: dict[str, tuple[Combinable, Combinable]] = {
    "": (F("found"), F("open")),
    "open": (F("open"), F("open")),
    "closed": (F("found") - F("open"), Value(0)),
}
_DANGER = 1
# Of a row, as a day of its month: what a summary has in `month`.
_MONTH = Cast(TruncMonth("recorded_at"), DateField())


class _Found(NamedTuple):
    """Findings of one severity in one estate; or with a month, of that month everywhere."""

    community: int
    estate: int
    severity: int
    month: date | None
    n: int
    open: int


def cells(scope: Scope, wanted: FindingFilter, tile: Tile) -> QuerySet[Any]:
    """Counts of findings for `geo.tiles.encode_cells`."""
    finer = CELL_ZOOM - tile.cell_level
    (west, east), (north, south) = tile.cell_columns, tile.cell_rows
    rows = in_tile(Finding.objects.all(), tile, "place").annotate(
        column=TileColumn("place", tile.cell_level), row=TileRow("place", tile.cell_level)
    )
    return _counts(
        scope,
        wanted,
        FindingCell.objects.filter(
            x__range=(west << finer, ((east + 1) << finer) - 1),
            y__range=(north << finer, ((south + 1) << finer) - 1),
        ),
        (F("x").bitrightshift(finer), F("y").bitrightshift(finer), F("severity")),
        rows.filter(column__range=tile.cell_columns, row__range=tile.cell_rows),
        (F("column"), F("row"), F("severity")),
    )


def figures(scope: Scope, wanted: FindingFilter) -> dict[str, Any]:
    """What a board shows: findings in all, by community, by target estate and by month.

    `worst` and `open_severe` are findings that are open and of immediate danger.
    """
    found = _found(scope, wanted)
    placed = [row for row in found if row.month is None]
    return {
        "as_of": timezone.localtime().isoformat(timespec="seconds"),
        "filters": _filters(wanted),
        "total": sum(row.n for row in placed),
        "open": sum(row.open for row in placed),
        "worst": sum(row.open for row in placed if row.severity == _DANGER),
        "communities": _communities(scope, wanted, placed),
        "targets": _targets(scope, wanted, placed),
        "months": _months({row.month: row.n for row in found if row.month}),
    }


def count_findings(scope: Scope, wanted: FindingFilter) -> int:
    counts = _counts(scope, wanted, FindingMonth.objects.all(), (), Finding.objects.all(), ())
    found = _rows("SELECT sum(n)::bigint FROM ({counts}) AS c (n, open)", counts)
    return (found[0][0] or 0) if found else 0


def count_inspections(scope: Scope, wanted: FindingFilter) -> int:
    """Of those in force."""
    return sum(_inspected(scope, wanted).values())


def _filters(wanted: FindingFilter) -> dict[str, Any]:
    """As the address names them."""
    return {
        "kind": wanted.kinds,
        "severity": wanted.severities,
        "status": wanted.status,
        "since": wanted.since,
        "until": wanted.until,
        "community": wanted.communities,
        "estate": wanted.estates,
    }


def _communities(scope: Scope, wanted: FindingFilter, found: list[_Found]) -> list[dict[str, Any]]:
    estates = Estate.objects.visible_in(scope).current().order_by().values_list("community")
    standing = dict(estates.annotate(Count("pk")))
    inspected = _inspected(scope, wanted)
    n = _tally(found, lambda row: row.community, lambda row: row.n)
    still_open = _tally(found, lambda row: row.community, lambda row: row.open)
    rows = Community.objects.visible_in(scope).current().among(pk=wanted.communities)
    return [
        {
            **row,
            "estates": standing.get(row["id"], 0),
            "n": n[row["id"]],
            "open": still_open[row["id"]],
            "inspections": inspected[row["id"]],
        }
        for row in rows.order_by("code").values("id", "code", "name", "name_en", "provisional")
    ]


def _targets(scope: Scope, wanted: FindingFilter, found: list[_Found]) -> list[dict[str, Any]]:
    n = _tally(found, lambda row: row.estate, lambda row: row.n)
    still_open = _tally(found, lambda row: row.estate, lambda row: row.open)
    danger = [row for row in found if row.severity == _DANGER]
    severe = _tally(danger, lambda row: row.estate, lambda row: row.open)
    estates = Estate.objects.visible_in(scope).current().filter(target_year__isnull=False)
    estates = estates.among(pk=wanted.estates, community=wanted.communities)
    told = ("pk", "name", "community", "community__name", "target_year")
    # By kind, as the index has it: the last of all would be looked for among all of an estate's.
    kinds = wanted.kinds or InspectionMonth.objects.order_by().values_list("kind", flat=True)
    last = {
        f"last_{at}": Subquery(Inspection.objects.last_of_kind(kind))
        for at, kind in enumerate(sorted(set(kinds)))
    }
    return [
        {
            "estate": pk,
            "name": name,
            "community": community,
            "community_name": community_name,
            "target_year": year,
            "n": n[pk],
            "open": still_open[pk],
            "open_severe": severe[pk],
            "last_inspected": max(filter(None, times), default=None),
        }
        for pk, name, community, community_name, year, *times in estates.annotate(**last)
        .order_by("community__code", "name", "pk")
        .values_list(*told, *last)
    ]


def _months(found: dict[date, int]) -> list[dict[str, Any]]:
    """Without gaps from the first to the last."""
    if not found:
        return []
    first, last = min(found), max(found)
    return [
        {"month": f"{year}-{month:02}", "n": found.get(date(year, month, 1), 0)}
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if (first.year, first.month) <= (year, month) <= (last.year, last.month)
    ]


def _found(scope: Scope, wanted: FindingFilter) -> list[_Found]:
    counts = _counts(
        scope,
        wanted,
        FindingMonth.objects.all(),
        (F("community"), F("estate"), F("severity"), F("month")),
        Finding.objects.all(),
        (F("community"), F("estate"), F("severity"), _MONTH),
    )
    sql = """
        SELECT community, estate, severity, month, sum(n)::bigint, sum(open)::bigint
        FROM ({counts}) AS c (community, estate, severity, month, n, open)
        GROUP BY GROUPING SETS ((community, estate, severity), (month))
        HAVING sum(n) <> 0
    """
    return [_Found(*row) for row in _rows(sql, counts)]


def _inspected(scope: Scope, wanted: FindingFilter) -> Counter[int]:
    """Inspections in force by community: findings' severity and status say nothing of them."""
    months, edges = by_months(wanted.since, wanted.until)
    parts: list[QuerySet[Any]] = []
    if months is not None:
        whole = InspectionMonth.objects.visible_in(scope).in_months(months).order_by()
        whole = whole.matching(wanted, severity=False)
        parts.append(whole.values_list(F("community"), F("n")))
    for edge in edges:
        cut = replace(wanted, since=edge.since, until=edge.until)
        rows = Inspection.objects.visible_in(scope).in_force().order_by()
        rows = rows.recorded_between(cut.begins, cut.ends)
        rows = rows.filter(cut.of_rows(severity=False))
        parts.append(rows.values_list(F("community"), Value(edge.sign)))
    sql = "SELECT community, sum(n)::bigint FROM ({counts}) AS c (community, n) GROUP BY community"
    return Counter(dict(_rows(sql, _all_of(parts))))


def _counts(
    scope: Scope,
    wanted: FindingFilter,
    summary: Sums[Any],
    of_summary: Sequence[Any],
    rows: Findings[Finding],
    of_rows: Sequence[Any],
) -> QuerySet[Any]:
    """Rows of what `of_summary` and `of_rows` say, n and open: to be added up.

    Of a month that is counted whole for the greater part of it, the rest is taken away.
    """
    months, edges = by_months(wanted.since, wanted.until)
    parts: list[QuerySet[Any]] = []
    if months is not None:
        whole = summary.visible_in(scope).in_months(months).matching(wanted).order_by()
        parts.append(whole.values_list(*of_summary, *_TOLD[wanted.status]))
    for edge in edges:
        cut = replace(wanted, since=edge.since, until=edge.until)
        still_open = Case(When(closed_at=None, then=edge.sign), default=0)
        days = rows.visible_in(scope).matching(cut).order_by()
        parts.append(days.values_list(*of_rows, Value(edge.sign), still_open))
    return _all_of(parts)


def _all_of(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _rows(sql: str, counts: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """`{counts}` in `sql` stands for the query."""
    try:
        query, values = counts.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql.format(counts=query), values)
        return list(cursor.fetchall())


def _tally(
    rows: Iterable[_Found], key: Callable[[_Found], int], value: Callable[[_Found], int]
) -> Counter[int]:
    tally: Counter[int] = Counter()
    for row in rows:
        tally[key(row)] += value(row)
    return tally
