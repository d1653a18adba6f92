"""The rows behind a number: exactly those that were counted, one by one."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import QuerySet

from geo.measure import points_m
from geo.projection import reproject
from geo.scope import Scope
from geo.srid import METRIC, WGS84
from geo.tiles import TileColumn, TileRow
from inspections.honest.hexagons import hexagon_of, rings
from inspections.models import Inspection
from inspections.models.summaries import CELL_ZOOM
from inspections.overview.asked import Asked
from inspections.overview.counted import counted, inspected
from inspections.overview.hexagons import EDGE_M, grounds
from inspections.overview.placed import Placed, placed, rows_of
from inspections.overview.places import estates_of

# By its axial coordinates; None: in no hexagon, for it has no place.
Hexagon = tuple[int, int] | None
# What rows can be.
BEHIND = ("findings", "cases", "inspections", "estates")
# Of a cell whose middle is in a hexagon, some may lie outside.
_BESIDE_DEGREES = 0.001


class Behind(NamedTuple):
    """`what` they are, of `BEHIND`. Estates have households, which add up to the number."""

    what: str
    rows: QuerySet[Any]
    how_many: Callable[[], int]


def behind(scope: Scope, asked: Asked) -> Behind:
    """What the measure counts: cases of what is overdue, else findings."""
    what = "cases" if asked.measure == "overdue" else "findings"
    rows = rows_of(scope, asked)
    return Behind(what, rows, lambda: counted(scope, asked).get((), 0))


def others(scope: Scope, asked: Asked) -> Behind:
    """Of the findings of the period, those that were not found again."""
    rows = rows_of(scope, asked.with_measure("found")).filter(found_again__isnull=True)
    return Behind("findings", rows, rows.count)


def divided_by(scope: Scope, asked: Asked) -> Behind:
    """What a rate is of: inspections, or estates with their households."""
    if asked.defined.per == "household":
        estates = estates_of(scope, asked).filter(households__gt=0)
        return Behind("estates", estates, estates.count)
    rows = Inspection.objects.visible_in(scope).in_force().filter(asked.of_inspections())
    rows = rows.recorded_between(asked.begins, asked.ends)
    return Behind("inspections", rows, lambda: inspected(scope, asked).get((), 0))


def of_nobody(told: Behind) -> Behind:
    """Where no company manages the estate."""
    path = "company" if told.what == "estates" else "estate__company"
    rows = told.rows.filter(**{path: None})
    return Behind(told.what, rows, rows.count)


def in_hexagon(scope: Scope, asked: Asked, told: Behind, hexagon: Hexagon) -> Behind:
    """As `hexagons` puts them there: by the place of each, or of a rate by the middle of its
    estate."""
    rows: Any = told.rows
    if asked.defined.per:
        middles = {pk: each.middle for pk, each in grounds(scope, asked).items()}
        estates = [pk for pk, middle in middles.items() if middle == hexagon]
        path = "pk" if told.what == "estates" else "estate"
        rows = (
            rows.exclude(**{f"{path}__in": list(middles)})
            if hexagon is None
            else rows.filter(**{f"{path}__in": estates})
        )
    elif hexagon is None:
        rows = rows.filter(place=None)
    else:
        rows = rows.filter(pk__in=_placed_in(rows, hexagon, placed(scope, asked)))
    return Behind(told.what, rows, rows.count)


def _placed_in(rows: Any, hexagon: tuple[int, int], told: Placed) -> list[Any]:
    """Of many, all in a cell are where the middle of them is."""
    corners = reproject(rings(np.array([hexagon]), EDGE_M).reshape(-1, 2), METRIC, WGS84)
    west, south = corners.min(axis=0) - _BESIDE_DEGREES
    east, north = corners.max(axis=0) + _BESIDE_DEGREES
    near = rows.in_box(west, south, east, north, shape="place").order_by()
    if told.cells is not None:
        inside = (hexagon_of(told.points, EDGE_M) == hexagon).all(axis=1)
        cells = {tuple(each) for each in told.cells[inside].tolist()}
        at = {"x": TileColumn("place", CELL_ZOOM), "y": TileRow("place", CELL_ZOOM)}
        found = near.annotate(**at).values_list("pk", "x", "y")
        return [pk for pk, *cell in found if tuple(cell) in cells]
    each_at = list(near.annotate(wkb=AsWKB("place")).values_list("pk", "wkb"))
    if not each_at:
        return []
    ids, places = zip(*each_at, strict=True)
    points = points_m(shapely.get_coordinates(shapely.from_wkb([bytes(each) for each in places])))
    inside = (hexagon_of(points, EDGE_M) == hexagon).all(axis=1)
    return [pk for pk, is_inside in zip(ids, inside.tolist(), strict=True) if is_inside]
