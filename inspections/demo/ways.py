"""How one walks in an estate: its gates, and the paths from every door to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from inspections.demo.ground import dice, pick
from inspections.demo.layout import Building, Inside

# From a wall to the path around it.
ASIDE_M = 1.5
# Nearer than this, two gates are one.
SAME_GATE_M = 25.0
# From a fence to a street that its gate can lead to.
NEAR_STREET_M = 250.0
# Of so many estates nobody has drawn the paths yet.
UNDRAWN = 0.12


@dataclass(frozen=True, slots=True)
class Gate:
    """`open_to`: all, residents or closed."""

    place: Point
    name: str
    open_to: str


@dataclass(frozen=True, slots=True)
class Ways:
    """`paths` is None where they are not drawn."""

    gates: list[Gate]
    paths: MultiLineString | None


def lay(
    seed: int, number: int, outline: Polygon, inside: Inside, streets: Sequence[LineString]
) -> Ways:
    """`number`: the estate's, for a chance of its own; `streets` those of the whole town."""
    chance = dice(seed, "ways", number)
    gates = _gates(outline, inside, chance)
    if chance.random() < UNDRAWN:
        return Ways(gates, None)
    walls = shapely.union_all([each.outline for each in inside.buildings])
    shapely.prepare(walls)
    lanes = shapely.union_all([each.line for each in inside.lanes])
    lines: list[BaseGeometry] = [lanes, *_around_buildings(inside.buildings, lanes, walls)]
    nearby = [each for each in streets if each.distance(outline) < NEAR_STREET_M]
    for gate in gates:
        lines.append(shapely.shortest_line(gate.place, lanes))
        if nearby:
            street = min(nearby, key=gate.place.distance)
            lines.append(shapely.shortest_line(gate.place, street))
    # To the centimetre: what ends on another line may miss it by a hair.
    noded = shapely.union_all(lines, grid_size=0.01)
    parts = [part for part in shapely.get_parts(noded) if part.length > 0]
    return Ways(gates, MultiLineString(parts))


def _gates(outline: Polygon, inside: Inside, chance: np.random.Generator) -> list[Gate]:
    """Where a lane comes in; and on foot, on the other side of the estate."""
    edge = outline.exterior
    ends = [Point(end) for lane in inside.lanes if not lane.ring for end in lane.line.coords]
    places: list[Point] = []
    for end in ends:
        if edge.distance(end) < 1 and all(end.distance(each) > SAME_GATE_M for each in places):
            places.append(edge.interpolate(edge.project(end)))
    if not places:
        lanes = shapely.union_all([each.line for each in inside.lanes])
        places = [shapely.get_point(shapely.shortest_line(edge, lanes), 0)]
    gates = [Gate(place, f"{n}号门", "all") for n, place in enumerate(places, 1)]
    across = (edge.project(places[0]) + edge.length * chance.uniform(0.4, 0.6)) % edge.length
    place = edge.interpolate(across)
    if all(place.distance(each) > SAME_GATE_M for each in places):
        open_to = pick(chance, {"all": 0.3, "residents": 0.5, "closed": 0.2})
        gates.append(Gate(place, f"{len(gates) + 1}号门(人行)", open_to))
    return gates


def _around_buildings(
    buildings: Sequence[Building], lanes: BaseGeometry, walls: BaseGeometry
) -> list[BaseGeometry]:
    """A path around each, a step from every door to it, and from one to the next, whichever is
    nearest to what is joined already, until all lead to a lane and none through a building."""
    rings = [each.outline.buffer(ASIDE_M, join_style="mitre").exterior for each in buildings]
    lines: list[BaseGeometry] = list(rings)
    for building, ring in zip(buildings, rings, strict=True):
        lines += [shapely.shortest_line(door, ring) for door in building.exits]
    waiting, joined = dict(enumerate(rings)), lanes
    best: dict[int, LineString] = {}
    while waiting:
        for number, way in zip(
            waiting, shapely.shortest_line(list(waiting.values()), joined), strict=True
        ):
            nearer = number not in best or way.length < best[number].length
            if nearer and not walls.intersects(way):
                best[number] = way
        near = min(best.keys() & waiting.keys(), key=lambda number: best[number].length, default=-1)
        if near < 0:
            break
        lines.append(best[near])
        joined = waiting.pop(near)
    return lines
