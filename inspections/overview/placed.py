"""Where what is counted lies, in metres: for heat and hexagons, whatever is drawn of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models import Collect
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import Count, F, QuerySet, Sum, Value
from django.utils import timezone
from numpy.typing import NDArray

from geo.measure import points_m
from geo.scope import Scope
from geo.tiles import TileColumn, TileRow, tile_middles
from inspections.models import Case, CaseSpan, Finding, FindingCell
from inspections.models.findings import SEVERITIES
from inspections.models.summaries import CELL_ZOOM
from inspections.overview.asked import Asked, begin_of_day, end_of
from inspections.overview.counted import counted, findings_of
from inspections.periods import Months, by_months

Array = NDArray[np.float64]

# So many are told one by one, in some fifty milliseconds; of more, cells of some 70 m are.
ONE_BY_ONE = 20_000

_NOBODY = np.empty((0, 2))
_SEVERITIES = tuple(severity for severity, _ in SEVERITIES)


@dataclass(frozen=True, slots=True)
class Placed:
    """`points` (n, 2) in metres, each for so many; `spread_m`: they stand for what lies evenly in
    squares of this side around them. `unplaced`: how many have no place."""

    points: Array
    weights: Array
    spread_m: float = 0.0
    unplaced: int = 0

    @property
    def total(self) -> int:
        return int(self.weights.sum())


def placed(scope: Scope, asked: Asked) -> Placed:
    n = counted(scope, asked).get((), 0)
    if n > ONE_BY_ONE:
        return _by_cells(scope, asked, n)
    rows = _rows_of(scope, asked).filter(place__isnull=False).order_by()
    collected = rows.aggregate(all=AsWKB(Collect("place")))["all"]
    if collected is None:
        return Placed(_NOBODY, np.empty(0), unplaced=n)
    points, times = np.unique(
        shapely.get_coordinates(shapely.from_wkb(bytes(collected))), axis=0, return_counts=True
    )
    return Placed(points_m(points), times.astype(np.float64), unplaced=max(n - int(times.sum()), 0))


def _rows_of(scope: Scope, asked: Asked) -> QuerySet[Any]:
    """What is counted, one by one: findings, or cases that are overdue."""
    if asked.measure != "overdue":
        return findings_of(scope, asked)
    late = CaseSpan.objects.open_at(asked.at).filter(due_at__lt=asked.at)
    rows = Case.objects.visible_in(scope).filter(asked.of_findings())
    return rows.filter(pk__in=late.values("case"))


def _by_cells(scope: Scope, asked: Asked, n: int) -> Placed:
    parts = _summed(scope, asked) if _is_summed(asked) else [_rows(_rows_of(scope, asked))]
    told = np.array([row for part in parts for row in part], dtype=np.int64).reshape(-1, 3)
    cells, cell = np.unique(told[:, :2], axis=0, return_inverse=True)
    weights = np.bincount(cell.ravel(), told[:, 2], len(cells)).astype(np.float64)
    cells, weights = cells[weights > 0], weights[weights > 0]
    points = points_m(tile_middles(CELL_ZOOM, cells))
    return Placed(points, weights, _side_m(cells[:1]), max(n - int(weights.sum()), 0))


def _is_summed(asked: Asked) -> bool:
    """What cells know: found in a period, open now; no items."""
    open_now = asked.measure == "open" and asked.as_of == timezone.localdate()
    return not asked.items and (asked.measure == "found" or open_now)


def _summed(scope: Scope, asked: Asked) -> list[Sequence[Any]]:
    """Whole months from the sums, and the days that these lack or have too many from rows."""
    if asked.measure == "open":
        return [_cells(scope, asked, "open")]
    months, edges = by_months(asked.since, asked.last_day)
    found = Finding.objects.visible_in(scope).in_force().filter(asked.of_findings())
    parts: list[Sequence[Any]] = []
    if months is not None:
        parts.append(_cells(scope, asked, "found", months))
    times = [(begin_of_day(each.since), end_of(each.until), each.sign) for each in edges]
    if asked.at < end_of(asked.last_day):
        # What a tablet whose clock is ahead tells of the rest of the day is not there yet.
        times.append((asked.at, end_of(asked.last_day), -1))
    for begins, ends, sign in times:
        rows = found.recorded_between(begins, ends)
        parts.append([(x, y, sign * n) for x, y, n in _rows(rows)])
    return parts


def _cells(scope: Scope, asked: Asked, what: str, months: Months | None = None) -> Sequence[Any]:
    cells = FindingCell.objects.visible_in(scope).filter(asked.of_inspections()).order_by()
    if months is not None:
        cells = cells.in_months(months)
    n = sum((F(f"{what}_{each}") for each in asked.severities or _SEVERITIES), start=Value(0))
    return list(cells.values_list("x", "y").annotate(many=Sum(n)))


def _rows(rows: QuerySet[Any]) -> Sequence[Any]:
    rows = rows.filter(place__isnull=False).order_by()
    at = {"x": TileColumn("place", CELL_ZOOM), "y": TileRow("place", CELL_ZOOM)}
    return list(rows.annotate(**at).values_list("x", "y").annotate(many=Count("pk")))


def _side_m(cells: NDArray[np.int64]) -> float:
    """Of a cell there: all are alike to a part in a thousand."""
    middles = points_m(tile_middles(CELL_ZOOM, np.concatenate([cells, cells + 1])))
    return float(np.abs(np.diff(middles, axis=0)).mean()) if len(cells) else 0.0
