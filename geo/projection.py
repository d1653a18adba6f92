"""Coordinates from one coordinate reference system to another, by PROJ (inside GDAL)."""

import threading

import numpy as np
import shapely
from django.contrib.gis.gdal import (
    AxisOrder,
    CoordTransform,
    GDALException,
    OGRGeometry,
    SpatialReference,
)
from numpy.typing import NDArray

from geo.errors import DatumUnknown
from geo.srid import WGS84

Coords = NDArray[np.float64]

_MOST_FAILURES = 500
# PROJ's transformations must not be shared between threads, and are dear to build.
_kept = threading.local()


def reference(crs: int | str) -> SpatialReference:
    """An EPSG number, `"EPSG:n"` or WKT. Axes are always east (or longitude) first.

    Raises DatumUnknown for what PROJ does not know. Nothing is looked up outside.
    """
    text = str(crs).strip()
    number = text.upper().removeprefix("EPSG:")
    try:
        if number.isdecimal():
            return SpatialReference(int(number), axis_order=AxisOrder.TRADITIONAL)
        return SpatialReference(text, srs_type="wkt", axis_order=AxisOrder.TRADITIONAL)
    except GDALException as e:
        raise DatumUnknown(datum=text[:60]) from e


def reproject(coords: Coords, source: int | str, target: int | str = WGS84) -> Coords:
    """`coords` is (n, 2), east or longitude first. What can't be projected becomes infinite."""
    if str(source) == str(target):
        return coords
    moved = np.full_like(coords, np.inf)
    finite = np.isfinite(coords).all(axis=1)
    moved[finite] = _project(coords[finite], _transformation(str(source), str(target)), [0])
    return moved


def _project(coords: Coords, transformation: CoordTransform, failures: list[int]) -> Coords:
    if not len(coords):
        return coords
    # One line through all points: one call into PROJ, however many they are.
    doubled = np.concatenate([coords, coords[-1:]])
    line = OGRGeometry(memoryview(shapely.to_wkb(shapely.linestrings(doubled))))
    try:
        line.transform(transformation)
    except GDALException:
        # One bad point fails its whole line: look for it in halves, and give up on a bad file.
        failures[0] += 1
        if len(coords) == 1 or failures[0] > _MOST_FAILURES:
            return np.full_like(coords, np.inf)
        halves = np.array_split(coords, 2)
        return np.concatenate([_project(half, transformation, failures) for half in halves])
    moved: Coords = shapely.get_coordinates(shapely.from_wkb(bytes(line.wkb)))
    return moved[:-1]


def _transformation(source: str, target: str) -> CoordTransform:
    kept: dict[tuple[str, str], CoordTransform] = _kept.__dict__.setdefault("by_pair", {})
    if (source, target) not in kept:
        if len(kept) >= 32:
            kept.clear()
        kept[source, target] = CoordTransform(reference(source), reference(target))
    return kept[source, target]
