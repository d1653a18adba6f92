"""Counts by hexagons of a fixed size, which lie where they lie at every zoom and every time.

What is counted as it is lies in the hexagon of its own place. What is a rate is counted by
estates: all of an estate's, with what it is a rate of, in the hexagon of the estate's middle. So
every one is in exactly one hexagon, and sums are those of the figures.
"""

from typing import Any, NamedTuple

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from geo.measure import metric
from geo.projection import reproject
from geo.scope import Scope
from geo.srid import METRIC, WGS84
from inspections.honest.hexagons import Axial, counted_in, covering, hexagon_of, rings
from inspections.overview.asked import Asked
from inspections.overview.counted import counted, inspected
from inspections.overview.figures import valued
from inspections.overview.placed import placed
from inspections.overview.places import estates_of, looked, places

EDGE_M = 150.0

_Key = tuple[int, int]


class _Ground(NamedTuple):
    """In which hexagons an estate has ground, and in which its middle is."""

    within: list[_Key]
    middle: _Key


class _Told(NamedTuple):
    n: int
    of: int | None


def hexagons(scope: Scope, asked: Asked) -> dict[str, Any]:
    """A FeatureCollection in WGS-84; `unplaced`: how many are in none, for they have no place."""
    ground = grounds(scope, asked)
    if asked.defined.per:
        counts, unplaced = _by_estates(scope, asked, ground)
    else:
        counts, unplaced = _by_place(scope, asked, ground)
    seen = looked(scope, asked)
    looked_at = {key for id, each in ground.items() if id in seen for key in each.within}
    keys = sorted(counts)
    shapes = _shapes(np.array(keys, dtype=np.int64).reshape(-1, 2))
    told = valued(asked, [counts[key] for key in keys])
    return {
        "type": "FeatureCollection",
        "measure": asked.defined.told(),
        "edge_m": EDGE_M,
        "scale": asked.defined.scale,
        "unplaced": unplaced,
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {
                    "key": f"{q}:{r}",
                    **each,
                    "looked": (q, r) in looked_at,
                },
            }
            for (q, r), ring, each in zip(keys, shapes, told, strict=True)
        ],
    }


def _by_place(
    scope: Scope, asked: Asked, ground: dict[int, _Ground]
) -> tuple[dict[_Key, _Told], int]:
    """With nought where an estate in use has ground and nothing was found."""
    found = placed(scope, asked)
    n = dict.fromkeys((key for each in ground.values() for key in each.within), 0)
    keys, weights = counted_in(hexagon_of(found.points, EDGE_M), found.weights)
    for key, weight in zip(_keys(keys), weights.tolist(), strict=True):
        n[key] = n.get(key, 0) + round(weight)
    return {key: _Told(each, None) for key, each in n.items()}, found.unplaced


def _by_estates(
    scope: Scope, asked: Asked, ground: dict[int, _Ground]
) -> tuple[dict[_Key, _Told], int]:
    n = counted(scope, asked, "estate")
    if asked.defined.per == "inspection":
        of = inspected(scope, asked, "estate")
    else:
        of = {place.id: place.households for place in places(scope, asked)}
    told: dict[_Key, _Told] = {}
    for id, each in ground.items():
        before = told.get(each.middle, _Told(0, 0))
        told[each.middle] = _Told(before.n + n.get(id, 0), (before.of or 0) + of.get(id, 0))
    return told, sum(n.values()) - sum(each.n for each in told.values())


def grounds(scope: Scope, asked: Asked) -> dict[int, _Ground]:
    """Of estates that have a boundary; those out of use count for what was found there once."""
    rows = estates_of(scope, asked).filter(geom__isnull=False)
    told = list(rows.annotate(wkb=AsWKB("geom")).values_list("pk", "wkb", "retired_at"))
    if not told:
        return {}
    shapes = metric(shapely.from_wkb([bytes(wkb) for _pk, wkb, _retired_at in told]))
    middles = _keys(hexagon_of(shapely.get_coordinates(shapely.centroid(shapes)), EDGE_M))
    within = _touching(shapes)
    return {
        pk: _Ground([] if retired_at else each, middle)
        for (pk, _wkb, retired_at), each, middle in zip(told, within, middles, strict=True)
    }


def _touching(shapes: Any) -> list[list[_Key]]:
    """Of each shape the hexagons that have any of its ground."""
    laid = [covering(bounds, EDGE_M) for bounds in shapely.bounds(shapes).tolist()]
    of = np.repeat(np.arange(len(shapes)), [len(each) for each in laid])
    every = np.concatenate(laid)
    shapely.prepare(shapes)
    touches = shapely.intersects(shapes[of], shapely.polygons(rings(every, EDGE_M)))
    told: list[list[_Key]] = [[] for _ in laid]
    for at, key in zip(of[touches].tolist(), _keys(every[touches]), strict=True):
        told[at].append(key)
    return told


def _keys(hexagons: Axial) -> list[_Key]:
    return [(q, r) for q, r in hexagons.tolist()]


def _shapes(hexagons: Axial) -> list[list[list[float]]]:
    corners = reproject(rings(hexagons, EDGE_M).reshape(-1, 2), METRIC, WGS84)
    told: list[list[list[float]]] = np.round(corners, 7).reshape(-1, 7, 2).tolist()
    return told
