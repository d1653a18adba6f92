"""Scenes are laid out in metres about a point of the office, turned by an angle, and put on the
map. What is expected is told in the same numbers."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from geo.projection import reproject
from geo.srid import METRIC, WGS84

ORIGIN = (118.581, 24.807)
TURN = 33.0
# Off a limit: by a centimetre; by a little more than half of one, which is rounded away from it;
# by a little less, which is rounded to it; and not at all.
OFF = (-0.01, -0.0055, -0.0045, 0.0, 0.0045, 0.0055, 0.01)
FEW = (-0.0055, -0.0045, 0.0045, 0.0055)

Points = Iterable[tuple[float, float]]


def to_cm(value: float) -> float:
    """As a person rounds: the nearest hundredth. No scene lies on half of one."""
    return round(value, 2) + 0.0


class Ground:
    """Metres east and north of the origin, turned against the clock."""

    def __init__(self, turn: float = 0.0) -> None:
        self.turn = math.radians(turn)

    def at(self, points: Points) -> list[list[float]]:
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        [[east, north]] = reproject(np.array([ORIGIN]), WGS84, METRIC)
        flat = [(east + x * cos - y * sin, north + x * sin + y * cos) for x, y in points]
        # A hundredth of a millimetre.
        return [
            [round(float(lon), 10), round(float(lat), 10)]
            for lon, lat in reproject(np.array(flat), METRIC, WGS84)
        ]

    def ring(self, points: Points) -> list[list[float]]:
        corners = self.at(points)
        return [*corners, corners[0]]

    def area(self, outer: Points, *holes: Points) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [self.ring(outer), *map(self.ring, holes)]}

    def point(self, x: float, y: float) -> dict[str, Any]:
        return {"type": "Point", "coordinates": self.at([(x, y)])[0]}

    def line(self, *points: tuple[float, float]) -> dict[str, Any]:
        return {"type": "LineString", "coordinates": self.at(points)}


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


VECTORS: list[dict[str, Any]] = []


def scene(
    name: str,
    geom: dict[str, Any],
    around: dict[str, Any] | None = None,
    *,
    surveyed: Iterable[str] = (),
    expect: dict[str, Any],
    **site: Any,
) -> None:
    """`around`: layer → shapes, or (shape, properties); they belong to estate 1, as the site does
    unless it says otherwise. `expect`: code → (verdict, value) or (verdict, value, force)."""
    layers = {
        layer: shapes if shapes is None else {"features": list(map(feature, shapes, counted()))}
        for layer, shapes in (around or {}).items()
    }
    expected = [
        {"code": code, "verdict": told[0], "value": told[1]}
        | ({"force": told[2]} if len(told) > 2 else {})
        for code, told in expect.items()
    ]
    VECTORS.append(
        {
            "name": name,
            "site": {"geom": geom, "estate": 1} | site,
            "around": {"layers": layers, "surveyed": {"1": list(surveyed)} if surveyed else {}},
            "expect": expected,
        }
    )


def counted() -> Iterable[int]:
    return iter(range(1, 100))


def feature(shape: Any, id: int) -> dict[str, Any]:
    geometry, about = shape if isinstance(shape, tuple) else (shape, {})
    return {"id": about.get("id", id), "geometry": geometry, "properties": {"estate": 1} | about}


def at_least(value: float, limit: float) -> tuple[str, float]:
    return ("ok" if to_cm(value) >= limit else "breach", to_cm(value))


def at_most(value: float, limit: float) -> tuple[str, float]:
    return ("ok" if to_cm(value) <= limit else "breach", to_cm(value))


def off(by: float) -> str:
    return f"{by * 1000:+.1f} mm"


SITE = box(0, 0, 10, 2)
L = [(0, 0), (10, 0), (10, 2), (4, 2), (4, 8), (0, 8)]
