"""Shapes on the ground of the estate that everyone knows, in metres from its middle."""

from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry

from geo.measure import from_metric, metric

MIDDLE = (118.543, 24.773)
_EAST, _NORTH = metric(shapely.Point(MIDDLE)).coords[0]


def at(*metres: tuple[float, float]) -> list[tuple[float, float]]:
    """Longitude and latitude of these."""
    shape = shapely.MultiPoint([(_EAST + x, _NORTH + y) for x, y in metres])
    return [(point.x, point.y) for point in from_metric(shape).geoms]


def point(x: float, y: float) -> GEOSGeometry:
    return _geos(shapely.Point(at((x, y))[0]))


def line(*metres: tuple[float, float]) -> GEOSGeometry:
    return _geos(shapely.LineString(at(*metres)))


def box(west: float, south: float, east: float, north: float) -> GEOSGeometry:
    return _geos(_box(west, south, east, north))


def boxes(west: float, south: float, east: float, north: float) -> GEOSGeometry:
    return _geos(shapely.MultiPolygon([_box(west, south, east, north)]))


def polygon(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """As GeoJSON."""
    ring = list(_box(west, south, east, north).exterior.coords)
    return {"type": "Polygon", "coordinates": [[list(each) for each in ring]]}


def _box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return shapely.Polygon(at(*corners))


def _geos(shape: Any) -> GEOSGeometry:
    return GEOSGeometry(shape.wkb_hex, srid=4326)
