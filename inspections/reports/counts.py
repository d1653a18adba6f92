"""How many findings and inspections: from the summaries, and exact to the day.

Whole months come from the summaries; the days by which a period is cut at its ends are counted
from rows, in the same statement, so that both are of the same moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.expressions import Combinable

from geo.scope import Scope
from geo.tiles import Tile, TileColumn, TileRow, in_tile
from inspections.models import EstateMonth, Finding, FindingCell, Inspection
from inspections.models.summaries import CELL_ZOOM
from inspections.periods import by_months
from inspections.querysets import FindingFilter, Findings, Sums

SEVERITIES = (1, 2, 3)


def cells(scope: Scope, wanted: FindingFilter, tile: Tile) -> QuerySet[Any]:
    """Counts of findings for `geo.tiles.encode_cells`."""
    finer = CELL_ZOOM - tile.cell_level
    (west, east), (north, south) = tile.cell_columns, tile.cell_rows

    def rows() -> Findings[Finding]:
        placed = in_tile(Finding.objects.all(), tile, "place").annotate(
            column=TileColumn("place", tile.cell_level), row=TileRow("place", tile.cell_level)
        )
        within: Findings[Finding] = placed.filter(
            column__range=tile.cell_columns, row__range=tile.cell_rows
        )
        return within

    return _counts(
        scope,
        wanted,
        FindingCell.objects.filter(
            x__range=(west << finer, ((east + 1) << finer) - 1),
            y__range=(north << finer, ((south + 1) << finer) - 1),
        ),
        (F("x").bitrightshift(finer), F("y").bitrightshift(finer)),
        rows,
        (F("column"), F("row")),
    )


def count_findings(scope: Scope, wanted: FindingFilter) -> int:
    counts = _counts(scope, wanted, EstateMonth.objects.all(), (), Finding.objects.all, ())
    return _sum("SELECT sum(n_1 + n_2 + n_3) FROM ({counts}) AS c (n_1, n_2, n_3)", counts)


def count_inspections(scope: Scope, wanted: FindingFilter) -> int:
    """Of those in force: findings' severity and status say nothing of them."""
    months, edges = by_months(wanted.since, wanted.until)
    parts: list[QuerySet[Any]] = []
    if months is not None:
        whole = EstateMonth.objects.visible_in(scope).in_months(months).order_by()
        parts.append(whole.matching(wanted).values_list("inspections"))
    for edge in edges:
        cut = replace(wanted, since=edge.since, until=edge.until)
        rows = Inspection.objects.visible_in(scope).in_force().order_by()
        rows = rows.recorded_between(cut.begins, cut.ends)
        rows = rows.filter(cut.of_rows(severity=False))
        parts.append(rows.values_list(Value(edge.sign)))
    return _sum("SELECT sum(n) FROM ({counts}) AS c (n)", _all_of(parts))


def _counts(
    scope: Scope,
    wanted: FindingFilter,
    summary: Sums[Any],
    of_summary: Sequence[Any],
    rows: Callable[[], Findings[Finding]],
    of_rows: Sequence[Any],
) -> QuerySet[Any]:
    """Rows of what `of_summary` and `of_rows` say, and then how many are told of each severity
    and how many of those are open: six numbers to be added up.

    `rows` are called for where a period is cut. Of a month that is counted whole for the greater
    part of it, the rest is taken away.
    """
    months, edges = by_months(wanted.since, wanted.until)
    parts: list[QuerySet[Any]] = []
    if months is not None:
        whole = summary.visible_in(scope).in_months(months).matching(wanted).order_by()
        parts.append(whole.values_list(*of_summary, *_told(wanted)))
    for edge in edges:
        cut = replace(wanted, since=edge.since, until=edge.until)
        days = rows().visible_in(scope).matching(cut).order_by()
        each = [When(severity=n, then=edge.sign) for n in SEVERITIES]
        still_open = [When(severity=n, closed_at=None, then=edge.sign) for n in SEVERITIES]
        numbers = [Case(when, default=0) for when in (*each, *still_open)]
        parts.append(days.values_list(*of_rows, *numbers))
    return _all_of(parts)


def _told(wanted: FindingFilter) -> list[Combinable]:
    """The six numbers of a summary's row."""
    none = Value(0)
    told: list[tuple[Combinable, Combinable]] = []
    for n in SEVERITIES:
        found, still_open = F(f"found_{n}"), F(f"open_{n}")
        if wanted.severities and n not in wanted.severities:
            told.append((none, none))
        elif wanted.status == "closed":
            told.append((found - still_open, none))
        else:
            told.append((still_open if wanted.status == "open" else found, still_open))
    return [each for each, _ in told] + [each for _, each in told]


def _all_of(parts: list[QuerySet[Any]]) -> QuerySet[Any]:
    first, *others = parts
    return first.union(*others, all=True) if others else first


def _sum(sql: str, counts: QuerySet[Any]) -> int:
    """`{counts}` in `sql` stands for the query."""
    try:
        query, values = counts.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql.format(counts=query), values)
        return cursor.fetchone()[0] or 0
