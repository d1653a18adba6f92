"""What else stands inside an estate's fence: lights, hydrants, sheds, and room for more."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from inspections.demo.blocks import long_side
from inspections.demo.ground import Points
from inspections.demo.layout import Building, Inside, Lane

LIGHT_EVERY_M, HYDRANT_EVERY_M = (26.0, 38.0), (85.0, 115.0)
# Residential buildings above this are high-rise: ladders need ground to stand on.
HIGH_RISE_M = 27.0
BAY_M = 0.8
SHED_DEPTH_M = 2.6


@dataclass(frozen=True, slots=True)
class ChargingSite:
    shape: BaseGeometry
    ports: int
    bays: int
    indoor: bool
    planned: bool


@dataclass(slots=True)
class Fittings:
    lights: list[Point] = field(default_factory=list)
    hydrants: list[Point] = field(default_factory=list)
    operation_areas: list[Polygon] = field(default_factory=list)
    vacant_spaces: list[Polygon] = field(default_factory=list)
    charging_sites: list[ChargingSite] = field(default_factory=list)


def fit_out(
    outline: Polygon, inside: Inside, *, keen: float, chance: np.random.Generator
) -> Fittings:
    """`keen`: 0 where nobody has built a charging shed yet, 1 where every e-bike has its bay."""
    fittings = Fittings()
    walls = shapely.union_all([each.outline for each in inside.buildings])
    roadway = shapely.union_all(
        [lane.line.buffer(lane.width_m / 2, quad_segs=4) for lane in inside.lanes]
    )
    clear = outline.buffer(-0.6).difference(walls.buffer(1.0, quad_segs=2)).difference(roadway)
    shapely.prepare(clear)
    fittings.lights = [
        point
        for lane in inside.lanes
        for point in _beside(lane, chance.uniform(*LIGHT_EVERY_M), 1.2, chance)
        if clear.contains(point)
    ]
    fittings.hydrants = [
        point
        for lane in inside.lanes
        if lane.ring
        for point in _beside(lane, chance.uniform(*HYDRANT_EVERY_M), 2.2, chance)
        if clear.contains(point)
    ]
    around = outline.difference(walls.buffer(4.5, quad_segs=2))
    for building in inside.buildings:
        if building.height_m > HIGH_RISE_M and chance.random() < 0.75:
            fittings.operation_areas += _operation_area(building, around, chance)
    taken = [roadway.buffer(0.4, quad_segs=2), *fittings.operation_areas]
    taken += [point.buffer(1.5, quad_segs=2) for point in fittings.hydrants]
    free = outline.buffer(-0.5).difference(shapely.union_all(taken))
    free = _charge(fittings, outline, inside, free, walls, keen, chance)
    _leave_vacant(fittings, inside, free.difference(walls.buffer(4, quad_segs=2)), chance)
    return fittings


def _beside(lane: Lane, every: float, aside: float, chance: np.random.Generator) -> Iterator[Point]:
    """Along a lane, left and right in turn."""
    line = lane.line
    count = max(1, round(line.length / every))
    side = chance.choice((-1, 1))
    for number in range(count):
        at = (number + 0.5) / count * line.length
        point = _coords(line.interpolate(at))
        ahead = _coords(line.interpolate(min(at + 0.5, line.length))) - point
        if not ahead.any():
            continue
        normal = np.array((-ahead[1], ahead[0])) / np.hypot(*ahead)
        yield Point(point + normal * side * (lane.width_m / 2 + aside))
        side = -side


def _operation_area(
    building: Building, around: Polygon, chance: np.random.Generator
) -> list[Polygon]:
    """Five metres off a long side, on the first side where nothing stands in the way."""
    middle, along, length, breadth = long_side(building.outline)
    across = np.array((-along[1], along[0]))
    wanted = 20.0 if building.height_m > 50 else 15.0
    half = max(wanted, min(length, 24.0)) / 2
    for side in (1, -1) if chance.random() < 0.5 else (-1, 1):
        near, far = breadth / 2 + 5, breadth / 2 + 15
        area = Polygon(
            [
                middle + along * x + across * y * side
                for x, y in ((-half, near), (half, near), (half, far), (-half, far))
            ]
        )
        if around.contains(area):
            return [shapely.geometry.polygon.orient(area)]
    return []


def _charge(
    fittings: Fittings,
    outline: Polygon,
    inside: Inside,
    free: BaseGeometry,
    walls: BaseGeometry,
    keen: float,
    chance: np.random.Generator,
) -> BaseGeometry:
    """Sheds along the fence, a few cabinets and ground-floor rooms. Returns what stays free."""
    fence = outline.buffer(-0.8 - SHED_DEPTH_M / 2, join_style="mitre").exterior
    away = free.difference(walls.buffer(float(chance.choice((1.5, 3.2, 3.2))), quad_segs=2))
    for number in range(chance.binomial(4, 0.55 * keen)):
        bays = int(chance.integers(12, 45))
        shed = _shed(fence, bays * BAY_M, away, chance)
        if shed is not None:
            away, free = away.difference(shed.buffer(6)), free.difference(shed.buffer(1))
            ports = bays if chance.random() < 0.3 else int(bays * chance.uniform(0.3, 0.8))
            planned = number > 0 and chance.random() < 0.3
            fittings.charging_sites.append(ChargingSite(shed, ports, bays, False, planned))
    if inside.buildings and chance.random() < 0.35 * keen:
        building = inside.buildings[int(chance.integers(len(inside.buildings)))]
        bays = int(chance.integers(8, 20))
        indoor = chance.random() < 0.55
        room = building.outline if indoor else away
        if not room.is_empty:
            place = room.representative_point()
            fittings.charging_sites.append(ChargingSite(place, bays, bays, indoor, False))
    return free


def _shed(
    fence: BaseGeometry, length: float, free: BaseGeometry, chance: np.random.Generator
) -> Polygon | None:
    """Lengthwise along the fence, at the first of some places where it fits."""
    shapely.prepare(free)
    for start in chance.uniform(0, fence.length, 14):
        a, b = _coords(fence.interpolate(start)), _coords(fence.interpolate(start + length))
        if np.hypot(*(b - a)) < length - 0.2:
            continue
        along = (b - a) / np.hypot(*(b - a))
        aside = np.array((-along[1], along[0])) * SHED_DEPTH_M / 2
        shed = Polygon((a + aside, b + aside, b - aside, a - aside))
        if free.contains(shed):
            return shapely.geometry.polygon.orient(shed)
    return None


def _leave_vacant(
    fittings: Fittings, inside: Inside, free: BaseGeometry, chance: np.random.Generator
) -> None:
    """Courts first, then rectangles wherever chance finds room, lying as the buildings do."""
    if free.is_empty:
        return
    for court in inside.courts:
        space = affinity.scale(court, 0.7, 0.8)
        if free.contains(space):
            fittings.vacant_spaces.append(space)
            free = free.difference(space.buffer(2))
    wanted = len(fittings.vacant_spaces) + int(chance.integers(0, 4))
    angle = 0.0
    if inside.buildings:
        _, along, _, _ = long_side(inside.buildings[0].outline)
        angle = float(np.degrees(np.arctan2(along[1], along[0])))
    west, south, east, north = free.bounds
    for x, y in chance.uniform((west, south), (east, north), (40, 2)):
        if len(fittings.vacant_spaces) >= wanted:
            return
        half, deep = chance.uniform(5, 12), chance.uniform(3, 6)
        space = affinity.rotate(shapely.box(x - half, y - deep, x + half, y + deep), angle)
        if free.contains(space):
            fittings.vacant_spaces.append(space)
            free = free.difference(space.buffer(2))


def _coords(point: Point) -> Points:
    return np.array((point.x, point.y))
