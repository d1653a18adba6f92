"""Smooth heat: how many to the square kilometre, by a Gaussian kernel of so many metres."""

from base64 import b64encode
from typing import Any

import numpy as np
from django.contrib.gis.db.models import Extent

from geo.measure import points_m
from geo.projection import reproject
from geo.scope import Scope
from geo.srid import METRIC, WGS84
from inspections.errors import NoDensity
from inspections.honest.density import Grid, density, grid_around
from inspections.overview.asked import Asked
from inspections.overview.placed import Placed, placed
from inspections.overview.places import estates_of

# About the size of an estate: what is nearer than that is one place to who walks there.
BANDWIDTH_M = 250.0
# A fifth of it: drawn straight between nodes, nothing is off by more than a part in a hundred.
CELL_M = 50.0
# To the square kilometre, the same at every zoom and every time.
SCALE = (10, 30, 100, 300, 1000, 3000)

# What lies so little outside of the estates moves no edge.
_SLACK_M = 100.0


def heat(scope: Scope, asked: Asked) -> dict[str, Any]:
    """As `GET /api/v1/overview/heat/` tells it. Raises NoDensity for a rate."""
    if asked.defined.per:
        raise NoDensity
    found = placed(scope, asked)
    grid = _grid(scope, asked, found)
    values = np.zeros((0, 0))
    if grid is not None:
        values = density(grid, found.points, found.weights, BANDWIDTH_M, found.spread_m2)
    return {
        "measure": asked.defined.told(),
        "bandwidth_m": BANDWIDTH_M,
        "cell_m": CELL_M,
        "srid": METRIC,
        "columns": grid.columns if grid else 0,
        "rows": grid.rows if grid else 0,
        "corners": _corners(grid) if grid else [],
        "unit": "/km²",
        "unit_zh": f"{asked.defined.unit_zh}/平方公里",
        "unit_en": f"{asked.defined.unit_en} per km²",
        "scale": SCALE,
        "total": found.total,
        "unplaced": found.unplaced,
        "one_by_one": found.spread_m2 is None,
        "values": b64encode(values.astype("<f4").tobytes()).decode(),
    }


def _grid(scope: Scope, asked: Asked, found: Placed) -> Grid | None:
    """Around all estates that are asked for, so that it stays where it is while filters change;
    and around what lies outside of them. None where there is neither."""
    estates = estates_of(scope, asked).current()
    box = estates.aggregate(box=Extent("geom"))["box"]
    if not box and not len(found.points):
        return None
    edges = []
    if box:
        west, south, east, north = box
        corners = points_m(np.array([(west, south), (west, north), (east, south), (east, north)]))
        edges.append((corners.min(axis=0) - _SLACK_M, corners.max(axis=0) + _SLACK_M))
    if len(found.points):
        around = 0.0 if found.spread_m2 is None else _SLACK_M
        edges.append((found.points.min(axis=0) - around, found.points.max(axis=0) + around))
    (west, south), (east, north) = (
        np.min([first for first, _ in edges], axis=0),
        np.max([last for _, last in edges], axis=0),
    )
    return grid_around((west, south, east, north), BANDWIDTH_M, CELL_M)


def _corners(grid: Grid) -> list[list[float]]:
    """Of the outer edges of its cells: north-west, north-east, south-east, south-west."""
    west, south, east, north = grid.west, grid.south, grid.east, grid.north
    metres = np.array([(west, north), (east, north), (east, south), (west, south)])
    told: list[list[float]] = np.round(reproject(metres, METRIC, WGS84), 7).tolist()
    return told
