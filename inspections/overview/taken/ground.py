"""What a map that is taken away lies on: communities, estates and roads of the register.

Nothing else is under it: no tiles, no aerial view. Excluded areas are on no map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import QuerySet
from shapely.geometry.base import BaseGeometry

from geo.measure import from_metric, metric
from geo.models import Community, Estate, Road
from geo.scope import Scope
from inspections.overview.asked import Asked

# Paths are many, and say little at that scale.
_LEAST_ROAD = 3
# Finer than a line is drawn.
_TOLERANCE_M = 1.0
# 0.1 m.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """Shapes in WGS-84, by their ids; names of communities in Chinese and English."""

    communities: Mapping[int, BaseGeometry]
    names: Mapping[int, tuple[str, str]]
    estates: Mapping[int, BaseGeometry]
    roads: tuple[tuple[int, BaseGeometry], ...]


def ground(scope: Scope, asked: Asked) -> Ground:
    """Of the communities that are asked for, as far as the scope reaches; roads where those are."""
    communities = Community.objects.visible_in(scope).current().among(pk=asked.communities)
    estates = Estate.objects.visible_in(scope).current().among(community=asked.communities)
    shapes = dict(_read(communities, "pk"))
    return Ground(
        communities=shapes,
        names={
            pk: (name, name_en or name)
            for pk, name, name_en in communities.values_list("pk", "name", "name_en")
        },
        estates=dict(_read(estates, "pk")),
        roads=tuple(_roads(shapes)),
    )


def _roads(communities: Mapping[int, BaseGeometry]) -> list[tuple[int, BaseGeometry]]:
    if not communities:
        return []
    box = shapely.total_bounds(list(communities.values()))
    rows = Road.objects.current().filter(rank__lte=_LEAST_ROAD).in_box(*map(float, box))
    return [(rank, shape) for rank, shape in _read(rows.order_by("-rank", "pk"), "rank")]


def _read(rows: QuerySet[Any], column: str) -> list[tuple[Any, BaseGeometry]]:
    told = list(
        rows.filter(geom__isnull=False).annotate(wkb=AsWKB("geom")).values_list(column, "wkb")
    )
    # All at once: a transformation of each costs more than it does.
    shapes = shapely.from_wkb([bytes(wkb) for _, wkb in told])
    drawn = from_metric(shapely.simplify(metric(shapes), _TOLERANCE_M))
    return [(key, shape) for (key, _), shape in zip(told, drawn, strict=True)]


def geojson(shape: BaseGeometry, **properties: Any) -> dict[str, Any]:
    """As a feature, no finer than it is drawn."""
    told = shapely.geometry.mapping(shape)
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": told["type"], "coordinates": _rounded(told["coordinates"])},
    }


def _rounded(told: Any) -> Any:
    if isinstance(told, float):
        return round(told, _DIGITS)
    return [_rounded(each) for each in told]
