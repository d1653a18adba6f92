"""A geometry drawn elsewhere, checked before anything believes it."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
import shapely.geometry
from shapely.geometry.base import BaseGeometry

from geo.errors import (
    EmptyGeometry,
    GeometryTooLarge,
    GeometryTooWide,
    NotGeoJSON,
    NotValid,
    OutOfRange,
    WrongGeometryType,
)
from geo.measure import span_m
from geo.srid import CHINA

# How deep the arrays of each type go: what is deeper or shallower is not that type.
_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
TYPES = tuple(_DEPTH)
MOST_POINTS = 20_000
MOST_KM = 100


def read(
    drawn: object,
    types: Iterable[str],
    *,
    most_points: int = MOST_POINTS,
    most_km: float = MOST_KM,
) -> BaseGeometry:
    """The shapely geometry (WGS-84, two dimensions) of a GeoJSON geometry from outside.

    `types` are GeoJSON's names; collections are never accepted. Raises a GeometryRefused that says
    what is wrong; nothing is repaired in silence.
    """
    wanted = tuple(types)
    if not isinstance(drawn, Mapping):
        raise NotGeoJSON(why=type(drawn).__name__)
    found = drawn.get("type")
    if found not in wanted:
        raise WrongGeometryType(expected=", ".join(wanted), found=str(found)[:40])
    coordinates = _coordinates(drawn.get("coordinates"), _DEPTH[str(found)], [0], most_points)
    if not coordinates:
        raise EmptyGeometry
    try:
        shape = shapely.geometry.shape({"type": found, "coordinates": coordinates})
    except (ValueError, IndexError, shapely.GEOSException) as e:
        raise NotGeoJSON(why=str(e)[:120]) from e
    if shape.is_empty:
        raise EmptyGeometry
    _closed(str(found), coordinates)
    if not shape.is_valid:
        raise NotValid(where=shapely.is_valid_reason(shape)[:120])
    across_km = span_m(shape) / 1000
    if not across_km <= most_km:
        raise GeometryTooWide(found=round(across_km), most=round(most_km))
    return shape


def read_point(drawn: object) -> tuple[float, float]:
    """Longitude and latitude of a GeoJSON point from outside, refused as by `read`."""
    if not isinstance(drawn, Mapping):
        raise NotGeoJSON(why=type(drawn).__name__)
    if drawn.get("type") != "Point":
        raise WrongGeometryType(expected="Point", found=str(drawn.get("type"))[:40])
    lon, lat = _coordinates(drawn.get("coordinates"), 0, [0], 1)
    return lon, lat


def write(shape: BaseGeometry) -> dict[str, Any]:
    """The GeoJSON geometry of a shape, as plain data, with every digit."""
    return dict(shapely.geometry.mapping(shape))


def _coordinates(value: object, depth: int, count: list[int], most: int) -> list[Any]:
    """Numbers nested exactly so deep, heights dropped, counted while they are read."""
    if not isinstance(value, (list, tuple)):
        raise NotGeoJSON(why="coordinates")
    if depth:
        return [_coordinates(part, depth - 1, count, most) for part in value]
    count[0] += 1
    if count[0] > most:
        raise GeometryTooLarge(found=f"> {most}", most=most)
    if not 2 <= len(value) <= 3 or not all(_is_number(number) for number in value):
        raise NotGeoJSON(why="coordinates")
    lon, lat = float(value[0]), float(value[1])
    west, south, east, north = CHINA
    if not (west <= lon <= east and south <= lat <= north):
        raise OutOfRange(found=f"{value[0]}, {value[1]}")
    return [lon, lat]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _closed(found: str, coordinates: list[Any]) -> None:
    areas = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(found, [])
    for ring in (ring for area in areas for ring in area):
        if ring[0] != ring[-1]:
            raise NotValid(where=f"{ring[0][0]}, {ring[0][1]}")
