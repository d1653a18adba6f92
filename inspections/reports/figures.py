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
from inspections.models import EstateMonth, Finding, FindingCell, Inspection
from inspections.models.summaries import CELL_ZOOM
from inspections.periods import by_months
from inspections.querysets import FindingFilter, Findings, Sums
from inspections.reports.case_figures import NONE, CaseFigures, added_up, case_figures

SEVERITIES = (1, 2, 3)
# Of a row, as a day of its month: what a summary has in `month`.
_MONTH = Cast(TruncMonth("recorded_at"), DateField())


class _Found(NamedTuple):
    """Findings in one estate; or with a month, of that month everywhere.

    `danger` of those that are open are of immediate danger.
    """

    community: int
    estate: int
    month: date | None
    n: int
    open: int
    danger: int


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


def figures(scope: Scope, wanted: FindingFilter) -> dict[str, Any]:
    """What a board shows: findings in all, by community, by target estate and by month; and how
    their cases stand.

    `worst` and `open_severe` are findings that are open and of immediate danger.
    """
    found = _found(scope, wanted)
    cases = case_figures(scope, wanted)
    placed = [row for row in found if row.month is None]
    return {
        "as_of": timezone.localtime().isoformat(timespec="seconds"),
        "filters": _filters(wanted),
        "total": sum(row.n for row in placed),
        "open": sum(row.open for row in placed),
        "worst": sum(row.danger for row in placed),
        "cases": added_up(cases),
        "communities": _communities(scope, wanted, placed, cases),
        "targets": _targets(scope, wanted, placed),
        "months": _months({row.month: row.n for row in found if row.month}),
    }


def count_findings(scope: Scope, wanted: FindingFilter) -> int:
    counts = _counts(scope, wanted, EstateMonth.objects.all(), (), Finding.objects.all, ())
    sql = "SELECT sum(n_1 + n_2 + n_3) FROM ({counts}) AS c (n_1, n_2, n_3)"
    found = _rows(sql, counts)
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


def _communities(
    scope: Scope, wanted: FindingFilter, found: list[_Found], cases: dict[int, CaseFigures]
) -> list[dict[str, Any]]:
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
            "cases": cases.get(row["id"], NONE),
        }
        for row in rows.order_by("code").values("id", "code", "name", "name_en", "provisional")
    ]


def _targets(scope: Scope, wanted: FindingFilter, found: list[_Found]) -> list[dict[str, Any]]:
    n = _tally(found, lambda row: row.estate, lambda row: row.n)
    still_open = _tally(found, lambda row: row.estate, lambda row: row.open)
    severe = _tally(found, lambda row: row.estate, lambda row: row.danger)
    estates = Estate.objects.visible_in(scope).current().filter(target_year__isnull=False)
    estates = estates.among(pk=wanted.estates, community=wanted.communities)
    told = ("pk", "name", "community", "community__name", "target_year")
    # By kind, as the index has it: the last of all would be looked for among all of an estate's.
    kinds = wanted.kinds or EstateMonth.objects.order_by().values_list("kind", flat=True)
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
        EstateMonth.objects.all(),
        (F("community"), F("estate"), F("month")),
        Finding.objects.all,
        (F("community"), F("estate"), _MONTH),
    )
    sql = """
        SELECT community, estate, month, sum(n_1 + n_2 + n_3), sum(open_1 + open_2 + open_3),
            sum(open_1)
        FROM ({counts}) AS c (community, estate, month, n_1, n_2, n_3, open_1, open_2, open_3)
        GROUP BY GROUPING SETS ((community, estate), (month))
        HAVING sum(n_1 + n_2 + n_3) <> 0
    """
    return [_Found(*row) for row in _rows(sql, counts)]


def _inspected(scope: Scope, wanted: FindingFilter) -> Counter[int]:
    """Inspections in force by community: findings' severity and status say nothing of them."""
    months, edges = by_months(wanted.since, wanted.until)
    parts: list[QuerySet[Any]] = []
    if months is not None:
        whole = EstateMonth.objects.visible_in(scope).in_months(months).order_by()
        parts.append(whole.matching(wanted).values_list(F("community"), F("inspections")))
    for edge in edges:
        cut = replace(wanted, since=edge.since, until=edge.until)
        rows = Inspection.objects.visible_in(scope).in_force().order_by()
        rows = rows.recorded_between(cut.begins, cut.ends)
        rows = rows.filter(cut.of_rows(severity=False))
        parts.append(rows.values_list(F("community"), Value(edge.sign)))
    sql = "SELECT community, sum(n) FROM ({counts}) AS c (community, n) GROUP BY community"
    return Counter(dict(_rows(sql, _all_of(parts))))


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
