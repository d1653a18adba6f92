"""Where what is counted lies, in metres: for heat and hexagons, whatever is drawn of it."""

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
from inspections.models import Case, CaseSpan, Finding, FindingSpot
from inspections.models.findings import SEVERITIES
from inspections.models.summaries import CELL_ZOOM, SPOT_PARTS
from inspections.overview.asked import Asked, begin_of_day, end_of
from inspections.overview.counted import counted, findings_of
from inspections.periods import Months, by_months

Array = NDArray[np.float64]

# So many are told one by one, in some fifty milliseconds; of more, cells of some 70 m are.
ONE_BY_ONE = 20_000

_NOBODY = np.empty((0, 2))
_SEVERITIES = tuple(severity for severity, _ in SEVERITIES)
# The level at which a cell's parts are tiles of their own.
_PART_ZOOM = CELL_ZOOM + SPOT_PARTS.bit_length() - 1
# Of a cell: how many, their offsets east and south of its middle in its parts, and the squares and
# the product of these. As columns of `FindingSpot` end, and by what of a row they are summed.
_SUMS = {
    "": (),
    "_e": ("e",),
    "_s": ("s",),
    "_ee": ("e", "e"),
    "_ss": ("s", "s"),
    "_es": ("e", "s"),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """`points` (n, 2) in metres, each for so many. Where they are not told one by one, a point is
    the middle of those in a cell, which lie around it with the variances and the covariance
    `spread_m2` (n, 3), and `cells` (n, 2) are their columns and rows. `unplaced`: how many have no
    place."""

    points: Array
    weights: Array
    unplaced: int = 0
    spread_m2: Array | None = None
    cells: NDArray[np.int64] | None = None

    @property
    def total(self) -> int:
        return int(self.weights.sum())


def placed(scope: Scope, asked: Asked) -> Placed:
    n = counted(scope, asked).get((), 0)
    if n > ONE_BY_ONE:
        return _by_cells(scope, asked, n)
    rows = rows_of(scope, asked).filter(place__isnull=False).order_by()
    collected = rows.aggregate(all=AsWKB(Collect("place")))["all"]
    if collected is None:
        return Placed(_NOBODY, np.empty(0), unplaced=n)
    points = points_m(shapely.get_coordinates(shapely.from_wkb(bytes(collected))))
    return Placed(points, np.ones(len(points)), max(n - len(points), 0))


def rows_of(scope: Scope, asked: Asked) -> QuerySet[Any]:
    """What is counted, one by one: findings, or cases that are overdue."""
    if asked.measure != "overdue":
        return findings_of(scope, asked)
    late = CaseSpan.objects.open_at(asked.at).filter(due_at__lt=asked.at)
    rows = Case.objects.visible_in(scope).filter(asked.of_findings())
    return rows.filter(pk__in=late.values("case"))


def _by_cells(scope: Scope, asked: Asked, n: int) -> Placed:
    parts = _summed(scope, asked) if _is_summed(asked) else [_rows(rows_of(scope, asked))]
    told = np.concatenate([np.array(part, dtype=np.int64).reshape(-1, 8) for part in parts])
    cells, cell = np.unique(told[:, 0] << CELL_ZOOM | told[:, 1], return_inverse=True)
    sums = np.stack([np.bincount(cell, told[:, at], len(cells)) for at in range(2, 8)])
    cells, sums = cells[sums[0] > 0], sums[:, sums[0] > 0]
    weights, (east, south, *squares) = sums[0], sums[1:] / sums[0]
    told_of = np.stack([cells >> CELL_ZOOM, cells & ((1 << CELL_ZOOM) - 1)], axis=1)
    at = told_of * SPOT_PARTS + SPOT_PARTS // 2 + np.stack([east, south], axis=1)
    around = np.stack(
        [squares[0] - east**2, squares[1] - south**2, east * south - squares[2]], axis=1
    )
    # A part of a cell is as wide as it is high, and hardly wider elsewhere in the town.
    side = _part_m(at[:1])
    points = points_m(tile_middles(_PART_ZOOM, at))
    unplaced = max(n - int(weights.sum()), 0)
    return Placed(points, weights, unplaced, around * side**2, told_of)


def _is_summed(asked: Asked) -> bool:
    """What cells know: found in a period, open now; no items."""
    open_now = asked.measure == "open" and asked.as_of == timezone.localdate()
    return not asked.items and (asked.measure == "found" or open_now)


def _summed(scope: Scope, asked: Asked) -> list[Any]:
    """Whole months from the sums, and the days that these lack or have too many from rows."""
    if asked.measure == "open":
        return [_cells(scope, asked, "open")]
    months, edges = by_months(asked.since, asked.last_day)
    found = Finding.objects.visible_in(scope).in_force().filter(asked.of_findings())
    parts: list[Any] = []
    if months is not None:
        parts.append(_cells(scope, asked, "found", months))
    times = [(begin_of_day(each.since), end_of(each.until), each.sign) for each in edges]
    if asked.at < end_of(asked.last_day):
        # What a tablet whose clock is ahead tells of the rest of the day is not there yet.
        times.append((asked.at, end_of(asked.last_day), -1))
    for begins, ends, sign in times:
        rows = _rows(found.recorded_between(begins, ends))
        parts.append([(x, y, *(sign * each for each in sums)) for x, y, *sums in rows])
    return parts


def _cells(scope: Scope, asked: Asked, what: str, months: Months | None = None) -> list[Any]:
    """Column and row of a cell, and `_SUMS` of it."""
    cells = FindingSpot.objects.visible_in(scope).filter(asked.of_inspections()).order_by()
    if months is not None:
        cells = cells.in_months(months)
    severities = asked.severities or _SEVERITIES
    told = {
        f"sum{end}": Sum(sum((F(f"{what}_{each}{end}") for each in severities), start=Value(0)))
        for end in _SUMS
    }
    return list(cells.values_list("x", "y").annotate(**told))


def _rows(rows: QuerySet[Any]) -> list[Any]:
    """As `_cells`, of rows."""
    rows = rows.filter(place__isnull=False).order_by()
    middle = SPOT_PARTS // 2
    offsets = {
        "e": TileColumn("place", _PART_ZOOM).bitand(SPOT_PARTS - 1) - middle,
        "s": TileRow("place", _PART_ZOOM).bitand(SPOT_PARTS - 1) - middle,
    }
    told: dict[str, Any] = {}
    for end, names in _SUMS.items():
        of = [offsets[name] for name in names]
        told[f"sum{end}"] = Sum(of[0] * of[1] if len(of) > 1 else of[0]) if of else Count("pk")
    at = {"x": TileColumn("place", CELL_ZOOM), "y": TileRow("place", CELL_ZOOM)}
    return list(rows.annotate(**at).values_list("x", "y").annotate(**told))


def _part_m(parts: Array) -> float:
    middles = points_m(tile_middles(_PART_ZOOM, np.concatenate([parts, parts + 256])))
    return float(np.abs(np.diff(middles, axis=0)).mean() / 256) if len(parts) else 0.0
