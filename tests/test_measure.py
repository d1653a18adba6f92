"""Metres of places, checked against the ellipsoid."""

import math

import pytest
import shapely
from shapely.geometry import LineString, Point

from geo import geojson, measure
from geo.errors import (
    EmptyGeometry,
    GeometryTooLarge,
    GeometryTooWide,
    NotGeoJSON,
    NotValid,
    OutOfRange,
    WrongGeometryType,
)

HERE = (118.5725, 24.81)
# Radii of curvature of the WGS-84 ellipsoid at 24.81° N: east-west and north-south.
_A, _E2 = 6378137.0, 0.00669437999014
_W = math.sqrt(1 - _E2 * math.sin(math.radians(24.81)) ** 2)
EAST_M = math.radians(1) * _A / _W * math.cos(math.radians(24.81))
NORTH_M = math.radians(1) * _A * (1 - _E2) / _W**3


def test_a_length_is_in_metres_whatever_its_direction():
    east = LineString([HERE, (HERE[0] + 0.001, HERE[1])])
    north = LineString([HERE, (HERE[0], HERE[1] + 0.001)])
    assert measure.length_m(east) == pytest.approx(EAST_M * 0.001, rel=3e-4)
    assert measure.length_m(north) == pytest.approx(NORTH_M * 0.001, rel=3e-4)


@pytest.mark.parametrize(
    ("east", "north", "bearing"), [(0, 1, 0), (1, 0, 90), (0, -1, 180), (-1, 0, 270), (1, 1, 45)]
)
def test_a_bearing_is_from_the_true_north(east, north, bearing):
    there = Point(HERE[0] + east * 30 / EAST_M, HERE[1] + north * 30 / NORTH_M)
    told = measure.bearing_deg(Point(HERE), there)
    assert (told - bearing + 180) % 360 - 180 == pytest.approx(0, abs=0.05)


def test_an_area_is_in_square_metres():
    block = shapely.box(*HERE, HERE[0] + 0.001, HERE[1] + 0.001)
    assert measure.area_m2(block) == pytest.approx(EAST_M * NORTH_M * 1e-6, rel=6e-4)


def test_a_distance_is_in_metres():
    assert measure.distance_m(Point(HERE), Point(HERE[0] + 4 / EAST_M, HERE[1])) == pytest.approx(
        4, abs=0.002
    )


def test_a_buffer_reaches_as_far_east_as_north():
    west, south, east, north = measure.buffer_m(Point(HERE), 30).bounds
    assert (east - west) / 2 * EAST_M == pytest.approx(30, abs=0.02)
    assert (north - south) / 2 * NORTH_M == pytest.approx(30, abs=0.02)


SQUARE = [[118.57, 24.80], [118.58, 24.80], [118.58, 24.81], [118.57, 24.81], [118.57, 24.80]]


def test_a_drawn_polygon_is_read_without_its_heights():
    drawn = {"type": "Polygon", "coordinates": [[[lon, lat, 12.5] for lon, lat in SQUARE]]}
    shape = geojson.read(drawn, ["Polygon"])
    assert geojson.write(shape) == {
        "type": "Polygon",
        "coordinates": (tuple(tuple(at) for at in SQUARE),),
    }


def nested(depth):
    inner: object = [118.57, 24.8]
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    ("drawn", "error"),
    [
        (None, NotGeoJSON),
        ([], NotGeoJSON),
        ({"type": "Point"}, NotGeoJSON),
        ({"type": "Point", "coordinates": []}, NotGeoJSON),
        ({"type": "Point", "coordinates": [118.57]}, NotGeoJSON),
        ({"type": "Point", "coordinates": [118.57, 24.8, 1, 2]}, NotGeoJSON),
        ({"type": "Point", "coordinates": ["118.57", "24.8"]}, NotGeoJSON),
        ({"type": "Point", "coordinates": [True, False]}, NotGeoJSON),
        ({"type": "Point", "coordinates": [float("nan"), 24.8]}, NotGeoJSON),
        ({"type": "Point", "coordinates": nested(500)}, NotGeoJSON),
        ({"type": "Point", "coordinates": [24.8, 118.57]}, OutOfRange),
        ({"type": "Point", "coordinates": [0, 0]}, OutOfRange),
        ({"type": "Polygon", "coordinates": []}, EmptyGeometry),
        ({"type": "Polygon", "coordinates": [[]]}, EmptyGeometry),
        ({"type": "Polygon", "coordinates": [SQUARE[:2]]}, NotGeoJSON),
        ({"type": "Polygon", "coordinates": [SQUARE[:4]]}, NotValid),
        (
            {"type": "Polygon", "coordinates": [[SQUARE[i] for i in (0, 2, 1, 3, 0)]]},
            NotValid,
        ),
        ({"type": "LineString", "coordinates": SQUARE}, WrongGeometryType),
        ({"type": "GeometryCollection", "geometries": []}, WrongGeometryType),
        ({"type": ["Point"], "coordinates": [118.57, 24.8]}, WrongGeometryType),
        ({"type": "MultiPoint", "coordinates": [[118.57, 24.8]] * 20_001}, GeometryTooLarge),
        ({"type": "MultiPoint", "coordinates": [[118.57, 24.8], [100, 30]]}, GeometryTooWide),
    ],
)
def test_what_is_not_a_usable_shape_is_refused_with_a_reason(drawn, error):
    with pytest.raises(error) as refused:
        geojson.read(drawn, ["Point", "Polygon", "MultiPoint"])
    assert str(refused.value)


def test_a_point_alone_is_read_as_its_two_numbers():
    drawn = {"type": "Point", "coordinates": [118.57, 24.8, 3]}
    assert geojson.read_point(drawn) == (118.57, 24.8)


@pytest.mark.parametrize(
    ("drawn", "error"),
    [
        (None, NotGeoJSON),
        ({"type": "LineString", "coordinates": SQUARE}, WrongGeometryType),
        ({"type": "Point"}, NotGeoJSON),
        ({"type": "Point", "coordinates": []}, NotGeoJSON),
        ({"type": "Point", "coordinates": [24.8, 118.57]}, OutOfRange),
    ],
)
def test_what_is_no_point_is_refused_with_a_reason(drawn, error):
    with pytest.raises(error) as refused:
        geojson.read_point(drawn)
    assert str(refused.value)
