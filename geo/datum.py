"""WGS-84 and the shifted systems of Chinese maps.

Every function takes and returns float64 arrays of shape (…, 2), longitude first, in degrees: one
point or a million alike. GCJ-02 is the published formula (semi-major axis of Krasovsky 1940); it
agrees with the map providers' own converter to about 0.7 m. Inverses are iterated, so that going
there and back ends within a micrometre. Outside the formula's box everything is left as it is.

CGCS2000 differs from WGS-84 by centimetres and is taken as equal.
"""

import re
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.errors import DatumUnknown
from geo.projection import reference, reproject
from geo.srid import CHINA, WGS84

Coords = NDArray[np.float64]
Shapes = TypeVar("Shapes")

_A = 6378245.0
_E2 = 0.00669342162296594323
# The shift's slope is below 0.02, so each round of an inverse gains nearly two digits.
_ROUNDS = 8
_CLOSE = 1e-12
_BD_WAVE = np.pi * 3000 / 180
_BD_OFFSET: Coords = np.array([0.0065, 0.006])
_EPSG = re.compile(r"EPSG:\d{4,6}", re.IGNORECASE)


def wgs84_to_gcj02(lonlat: ArrayLike) -> Coords:
    return _inside(lonlat, _gcj02_of_wgs84)


def gcj02_to_wgs84(lonlat: ArrayLike) -> Coords:
    return _inside(lonlat, lambda at: _inverse(_gcj02_of_wgs84, at))


def gcj02_to_bd09(lonlat: ArrayLike) -> Coords:
    return _inside(lonlat, _bd09_of_gcj02)


def bd09_to_gcj02(lonlat: ArrayLike) -> Coords:
    """Exact to the micrometre, where the published one-step inverse is off by some 5 cm."""
    return _inside(lonlat, lambda at: _inverse(_bd09_of_gcj02, at))


def wgs84_to_bd09(lonlat: ArrayLike) -> Coords:
    return _inside(lonlat, lambda at: _bd09_of_gcj02(_gcj02_of_wgs84(at)))


def bd09_to_wgs84(lonlat: ArrayLike) -> Coords:
    return _inside(lonlat, lambda at: _inverse(_gcj02_of_wgs84, _inverse(_bd09_of_gcj02, at)))


_TO_WGS84: dict[str, Callable[[ArrayLike], Coords]] = {
    "gcj02": gcj02_to_wgs84,
    "bd09": bd09_to_wgs84,
}
_FROM_WGS84: dict[str, Callable[[ArrayLike], Coords]] = {
    "gcj02": wgs84_to_gcj02,
    "bd09": wgs84_to_bd09,
}
_SAME = frozenset({"wgs84", "cgcs2000"})


def known(datum: str) -> str:
    """The datum in its one spelling: wgs84, cgcs2000, gcj02, bd09 or EPSG:n; or DatumUnknown."""
    plain = re.sub(r"[\s_-]", "", datum).lower()
    if plain in _SAME or plain in _TO_WGS84:
        return plain
    if _EPSG.fullmatch(plain):
        reference(plain.upper())
        return plain.upper()
    raise DatumUnknown(datum=datum)


def to_wgs84(coords: ArrayLike, datum: str) -> Coords:
    """`coords` (…, 2), in degrees, or for EPSG:n in its own units, east first."""
    given = np.asarray(coords, dtype=np.float64)
    name = known(datum)
    if name in _SAME:
        return given
    if name in _TO_WGS84:
        return _TO_WGS84[name](given)
    return reproject(given.reshape(-1, 2), name, WGS84).reshape(given.shape)


def from_wgs84(coords: ArrayLike, datum: str) -> Coords:
    given = np.asarray(coords, dtype=np.float64)
    name = known(datum)
    if name in _SAME:
        return given
    if name in _FROM_WGS84:
        return _FROM_WGS84[name](given)
    return reproject(given.reshape(-1, 2), WGS84, name).reshape(given.shape)


def shapes_to_wgs84(shapes: Shapes, datum: str) -> Shapes:
    """A shapely geometry, or an array of them, moved point by point."""
    if known(datum) in _SAME:
        return shapes
    moved: Shapes = shapely.transform(shapes, lambda at: to_wgs84(at, datum))
    return moved


def _inside(lonlat: ArrayLike, convert: Callable[[Coords], Coords]) -> Coords:
    given = np.asarray(lonlat, dtype=np.float64)
    lon, lat = given[..., 0], given[..., 1]
    west, south, east, north = CHINA
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    result = given.copy()
    result[inside] = convert(given[inside])
    return result


def _inverse(forward: Callable[[Coords], Coords], at: Coords) -> Coords:
    guess = at
    for _round in range(_ROUNDS):
        step = forward(guess) - at
        guess = guess - step
        if np.abs(step).max(initial=0.0) < _CLOSE:
            break
    return guess


def _gcj02_of_wgs84(at: Coords) -> Coords:
    lon, lat = at[..., 0], at[..., 1]
    x, y = lon - 105.0, lat - 35.0
    pi = np.pi
    root = np.sqrt(np.abs(x))
    ripple = 20 * np.sin(6 * pi * x) + 20 * np.sin(2 * pi * x)
    north = (
        -100
        + 2 * x
        + 3 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * root
        + (2 / 3)
        * (
            ripple
            + 20 * np.sin(pi * y)
            + 40 * np.sin(pi * y / 3)
            + 160 * np.sin(pi * y / 12)
            + 320 * np.sin(pi * y / 30)
        )
    )
    east = (
        300
        + x
        + 2 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * root
        + (2 / 3)
        * (
            ripple
            + 20 * np.sin(pi * x)
            + 40 * np.sin(pi * x / 3)
            + 150 * np.sin(pi * x / 12)
            + 300 * np.sin(pi * x / 30)
        )
    )
    phi = np.radians(lat)
    m = 1 - _E2 * np.sin(phi) ** 2
    d_lat = np.degrees(north / (_A * (1 - _E2) / (m * np.sqrt(m))))
    d_lon = np.degrees(east / (_A / np.sqrt(m) * np.cos(phi)))
    return np.stack([lon + d_lon, lat + d_lat], axis=-1)


def _bd09_of_gcj02(at: Coords) -> Coords:
    x, y = at[..., 0], at[..., 1]
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_WAVE)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_WAVE)
    turned = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)
    return turned + _BD_OFFSET
