"""What stands inside an estate's fence: rows of buildings, and the lanes between them.

Worked out with the rows lying along x, and turned into place at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from inspections.demo.blocks import long_side, polygons
from inspections.demo.ground import Points
from inspections.demo.styles import Style

# The lane along the fence runs this far inside it; a building keeps five metres from any lane.
RING_M, CLEAR_M = 8.5, 5.2
# Wide enough for the widest lane in the middle of a row of buildings, and its distance to them.
SPINE_M = 18.0
# An estate this long has a lane across its rows, too.
LONG_M = 170.0


@dataclass(frozen=True, slots=True)
class Building:
    outline: Polygon
    floors: int
    height_m: float
    households: int
    exits: list[Point]


@dataclass(frozen=True, slots=True)
class Lane:
    line: LineString
    width_m: float
    ring: bool = False


@dataclass(slots=True)
class Inside:
    """`court`: ground left open in the middle, if any."""

    style: Style
    buildings: list[Building] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    courts: list[Polygon] = field(default_factory=list)


_Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The estate's own measures: every row and column keeps to them, as on a drawing."""

    ground: "_Ground"
    depth: float
    length: float
    gap: float
    rows: list[float]  # the lower edge of each
    columns: list[_Span]
    spine_x: float | None


def fill(outline: Polygon, style: Style, chance: np.random.Generator) -> Inside:
    """Buildings and lanes inside the outline. May leave it empty where nothing fits."""
    angle = _row_direction(outline, chance)
    about = outline.centroid
    fence = affinity.rotate(outline, -angle, origin=about)
    inside = Inside(style)
    ring = _largest(fence.buffer(-RING_M - 5).buffer(5, quad_segs=4))
    ground = _largest(fence.buffer(-RING_M - max(style.lane_m) / 2 - CLEAR_M, join_style="mitre"))
    if ring is None or ground is None:
        return inside
    inside.lanes.append(Lane(LineString(ring.exterior.coords), _width(style, chance), ring=True))
    _fill_rows(inside, fence, ring, ground, chance)
    inside.buildings.sort(key=lambda each: (-round(each.outline.centroid.y), each.outline.bounds))
    return _turned(inside, angle, about)


def _row_direction(outline: Polygon, chance: np.random.Generator) -> float:
    """Degrees from east: along a side of the estate, whichever lets the rows face south best."""
    _, along, _, _ = long_side(outline)
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    return (angle + 45) % 90 - 45 + chance.normal(0, 0.6)


def _fill_rows(
    inside: Inside, fence: Polygon, ring: Polygon, ground: Polygon, chance: np.random.Generator
) -> None:
    style = inside.style
    plan = _best_rows(ground, style, chance)
    # A lane runs in every second gap; the others are gardens, or closed to courts.
    with_lane = int(chance.integers(2))
    open_middle = len(plan.rows) >= 3 and chance.random() < 0.45
    for row, y in enumerate(plan.rows):
        for slot in _slots(plan, row, style):
            at = Point((slot[0] + slot[1]) / 2, y + plan.depth / 2)
            if open_middle and at.distance(ground.centroid) < 0.6 * plan.length:
                inside.courts.append(shapely.box(slot[0], y, slot[1], y + plan.depth))
            else:
                inside.buildings.append(_building(slot, y, plan, inside, chance))
        if row == 0:
            continue
        if (row + with_lane) % 2:
            # The first one is the way in.
            reach = fence if len(inside.lanes) == 1 else ring
            inside.lanes += _across(y - plan.gap / 2, ring, reach, style, chance)
        elif chance.random() < style.courts:
            _close_courts(inside, y - plan.gap, y, plan.depth)
    if plan.spine_x is not None:
        inside.lanes += _along_spine(plan.spine_x, ring, style, chance)
    if len(inside.lanes) == 1:
        inside.lanes += _gate(ring, fence, style, chance)


def _best_rows(ground: Polygon, style: Style, chance: np.random.Generator) -> _Rows:
    """Of some ways to lay the rows, the one that houses most: corners waste what is not tried."""
    reach = _Ground(ground)
    west, south, east, north = ground.bounds
    spine_x = (west + east) / 2 + chance.normal(0, 12) if east - west > LONG_M else None
    length, beside = chance.uniform(*style.length_m), chance.uniform(*style.beside_m)
    depth, least_gap = chance.uniform(*style.depth_m), chance.uniform(*style.gap_m)
    columns = _columns(ground, spine_x, length, beside)
    best, most = _Rows(reach, depth, length, least_gap, [], columns, spine_x), 0.0
    room = north - south
    for inset in (0.0, 0.08, 0.16, 0.24):
        for low, high in ((inset, 0.0), (0.0, inset), (inset / 2, inset / 2)):
            count = int((room * (1 - low - high) + least_gap) // (depth + least_gap))
            if count < 1:
                continue
            # What is left over is shared out between the rows.
            spare = room * (1 - low - high) - count * depth - (count - 1) * least_gap
            gap = least_gap + min(spare / count, 0.3 * least_gap)
            taken = count * depth + (count - 1) * gap
            first = south + low * room + (room * (1 - low - high) - taken) / 2
            rows = [first + row * (depth + gap) for row in range(count)]
            plan = _Rows(reach, depth, length, gap, rows, columns, spine_x)
            housed = sum(b - a for row in range(count) for a, b in _slots(plan, row, style))
            if housed > most:
                best, most = plan, housed
    return best


def _columns(ground: Polygon, spine_x: float | None, length: float, beside: float) -> list[_Span]:
    """Where buildings stand in every row: evenly over the breadth, the spine left free."""
    west, _, east, _ = ground.bounds
    parts = [(west, east)]
    if spine_x is not None:
        parts = [(west, spine_x - SPINE_M / 2), (spine_x + SPINE_M / 2, east)]
    columns = []
    for start, end in parts:
        count = max(int((end - start + beside) // (length + beside)), 1)
        pitch = (end - start + beside) / count
        columns += [
            (start + k * pitch, start + (k + 1) * pitch - max(beside, 0.5 * (pitch - length)))
            for k in range(count)
        ]
    return columns


def _slots(plan: _Rows, row: int, style: Style) -> Iterator[_Span]:
    """From where to where a building stands in the row, cut short where the fence comes near."""
    start, end = plan.ground.span(plan.rows[row], plan.rows[row] + plan.depth)
    for west, east in plan.columns:
        a, b = max(west, start), min(east, end)
        if style.shape == "tower":
            # It keeps its size: it moves aside as far as its place allows, or is left out.
            free = b - a - plan.length
            if free >= 0:
                a += free * (0.25 + 0.5 * (row % 2))
                yield a, a + plan.length
        elif b - a >= max(0.5 * plan.length, 16):
            yield a, b


class _Ground:
    """How far the ground reaches west and east at each level, asked many times over."""

    STEP_M = 2.0

    def __init__(self, ground: Polygon) -> None:
        self.west, self.south, self.east, self.north = ground.bounds
        ring = shapely.get_coordinates(ground.exterior)
        levels = np.arange(self.south, self.north, self.STEP_M) + self.STEP_M / 2
        self.reach = np.array([self._widest(ring, level) for level in levels])

    def span(self, low: float, high: float) -> _Span:
        """From where to where a strip lies inside with its whole depth; empty if it does not."""
        first, last = ((y - self.south) / self.STEP_M for y in (low, high))
        rows = self.reach[max(int(first), 0) : int(np.ceil(last))]
        if not len(rows):
            return 0.0, 0.0
        # Between two levels a slanting fence is a little nearer than at either.
        return float(rows[:, 0].max()) + 1.0, float(rows[:, 1].min()) - 1.0

    @staticmethod
    def _widest(ring: Points, level: float) -> _Span:
        above = ring[:, 1] > level
        crossed = np.flatnonzero(above[1:] != above[:-1])
        one, other = ring[crossed], ring[crossed + 1]
        share = (level - one[:, 1]) / (other[:, 1] - one[:, 1])
        cuts = np.sort(one[:, 0] + share * (other[:, 0] - one[:, 0]))
        if not len(cuts):
            return 0.0, 0.0
        widest = int(np.argmax(np.diff(cuts)[::2])) * 2
        return float(cuts[widest]), float(cuts[widest + 1])


def _building(
    slot: _Span, y: float, plan: _Rows, inside: Inside, chance: np.random.Generator
) -> Building:
    style = inside.style
    a, b = slot
    floors = int(chance.integers(style.floors[0], style.floors[1] + 1))
    units = max(1, round((b - a) / style.unit_m))
    draw = _tower if style.shape == "tower" else _slab
    outline = draw(a, b, y, y + plan.depth, chance)
    # A door at every staircase, on the north; a tower has one more on the south.
    doors = [Point(x, y + plan.depth) for x in np.linspace(a, b, 2 * units + 1)[1::2]]
    if style.shape == "tower":
        doors.append(Point((a + b) / 2, y))
    edge = outline.exterior
    return Building(
        outline=outline,
        floors=floors,
        height_m=round(floors * style.storey_m + chance.choice((0.6, 0.9, 1.5)), 1),
        households=floors * units * style.flats,
        exits=[edge.interpolate(edge.project(door)) for door in doors],
    )


def _slab(a: float, b: float, low: float, high: float, chance: np.random.Generator) -> Polygon:
    """A bar; every second one steps back somewhere along it."""
    step = chance.choice((0.0, 0.0, 1.5, 2.5))
    x = a + (b - a) * chance.choice((0.5, 0.35, 0.65))
    if not step:
        return shapely.box(a, low, b, high)
    south = [(a, low), (x, low), (x, low + step), (b, low + step)]
    north = [(b, high), (x, high), (x, high - step), (a, high - step)]
    return Polygon(south + north)


def _tower(a: float, b: float, low: float, high: float, chance: np.random.Generator) -> Polygon:
    """A butterfly: four flats around a core, the light coming in from all sides."""
    wide, deep = b - a, high - low
    notch, bay, waist = wide * 0.07, deep * 0.22, wide * chance.uniform(0.3, 0.38)
    quarter = [
        (0, deep * 0.4 - deep / 2),
        (0, -deep / 2),
        (waist, -deep / 2),
        (waist, bay - deep / 2),
    ]
    quarter = [(notch, -deep * 0.1), *quarter]
    middle_x, middle_y = (a + b) / 2, (low + high) / 2
    corner = [(x - wide / 2, y) for x, y in quarter]
    south = corner + [(-x, y) for x, y in reversed(corner)]
    north = [(-x, -y) for x, y in south]
    return Polygon([(middle_x + x, middle_y + y) for x, y in south + north])


def _close_courts(inside: Inside, low: float, high: float, depth: float) -> None:
    """Joins buildings that face each other over a garden by a wing at their western end."""
    south_side = [each for each in inside.buildings if abs(each.outline.bounds[3] - low) < 0.01]
    north_side = [each for each in inside.buildings if abs(each.outline.bounds[1] - high) < 0.01]
    for first in south_side:
        for second in north_side:
            joined = _with_wing(first, second, depth)
            if joined is not None:
                kept = [each for each in inside.buildings if each not in (first, second)]
                inside.buildings = [*kept, joined]
                north_side.remove(second)
                break


def _with_wing(first: Building, second: Building, depth: float) -> Building | None:
    west = max(first.outline.bounds[0], second.outline.bounds[0])
    east = min(first.outline.bounds[2], second.outline.bounds[2])
    if east - west < 2 * depth:
        return None
    wing = shapely.box(
        west, first.outline.bounds[3] - 3, west + depth, second.outline.bounds[1] + 3
    )
    joined = shapely.union_all([first.outline, wing, second.outline])
    if joined.geom_type != "Polygon" or joined.interiors:
        return None
    return replace(
        first,
        outline=joined,
        households=first.households + second.households + 2 * first.floors,
        exits=[door for door in (*first.exits, *second.exits) if not wing.intersects(door)],
    )


def _across(
    y: float, ring: Polygon, reach: Polygon, style: Style, chance: np.random.Generator
) -> list[Lane]:
    """From side to side of the ring, at one end out to the fence where `reach` goes so far."""
    west, _, east, _ = reach.bounds
    line = LineString(((west - 1, y), (east + 1, y)))
    inner, outer = line.intersection(ring), line.intersection(reach)
    if inner.geom_type != "LineString" or outer.geom_type != "LineString" or inner.is_empty:
        return []
    ends = [inner.coords[0], outer.coords[-1]]
    if chance.random() < 0.5:
        ends = [outer.coords[0], inner.coords[-1]]
    return [Lane(LineString(ends), _width(style, chance))]


def _along_spine(x: float, ring: Polygon, style: Style, chance: np.random.Generator) -> list[Lane]:
    _, south, _, north = ring.bounds
    inner = LineString(((x, south - 1), (x, north + 1))).intersection(ring)
    if inner.geom_type != "LineString" or inner.is_empty:
        return []
    return [Lane(LineString((inner.coords[0], inner.coords[-1])), _width(style, chance))]


def _gate(ring: Polygon, fence: Polygon, style: Style, chance: np.random.Generator) -> list[Lane]:
    start = ring.exterior.interpolate(chance.random(), normalized=True)
    edge = fence.exterior
    end = edge.interpolate(edge.project(start))
    return [Lane(LineString((start, end)), _width(style, chance))]


def _width(style: Style, chance: np.random.Generator) -> float:
    low, high = style.lane_m
    if chance.random() < style.narrow:
        return round(float(chance.uniform(min(low, 3.4), 3.9)), 1)
    return round(float(chance.uniform(max(low, 4.0), high)), 1)


def _largest(shape: BaseGeometry) -> Polygon | None:
    parts = polygons(shape)
    return max(parts, key=lambda part: part.area) if parts else None


def _turned(inside: Inside, angle: float, about: Point) -> Inside:
    """Everything turned together: one shape at a time takes as long as all else."""
    shapes = [shape for each in inside.buildings for shape in (each.outline, *each.exits)]
    shapes += [lane.line for lane in inside.lanes] + inside.courts
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn, middle = np.array(((cos, sin), (-sin, cos))), np.array((about.x, about.y))
    turned = iter(
        shapely.transform(
            np.array(shapes, dtype=object), lambda points: (points - middle) @ turn + middle
        )
    )
    return Inside(
        inside.style,
        [
            replace(each, outline=next(turned), exits=[next(turned) for _ in each.exits])
            for each in inside.buildings
        ],
        [replace(lane, line=next(turned)) for lane in inside.lanes],
        list(turned),
    )
