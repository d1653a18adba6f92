"""Each community cut by streets into blocks, the way towns grow: the longest side first."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.ops import split

from inspections.demo.ground import CENTRE, HEIGHT, Points, dice

# From a street's middle to the fences along it.
STREET_M, ARTERIAL_M = 8.0, 19.0
# Square metres of a block in the middle of the town, and far out.
INNER_M2, OUTER_M2 = 44_000.0, 150_000.0
# The first cuts of a community are its wider streets.
WIDER_CUTS = 2


@dataclass(frozen=True, slots=True)
class Street:
    line: LineString
    rank: int


@dataclass(frozen=True, slots=True)
class Block:
    """What lies between streets, without their width. `outskirts`: 0 in the middle, 1 far out."""

    community: int
    outline: Polygon
    outskirts: float


def cut(seed: int, cells: list[Polygon]) -> tuple[list[Block], list[Street]]:
    blocks: list[Block] = []
    streets: list[Street] = []
    for community, cell in enumerate(cells):
        chance = dice(seed, "blocks", community)
        within = cell.buffer(-ARTERIAL_M, join_style="mitre")
        waiting = [(cell, 0)]
        while waiting:
            ground, depth = waiting.pop()
            far = outskirts(np.array(ground.centroid.coords[0]))
            wanted = (INNER_M2 + (OUTER_M2 - INNER_M2) * far) * chance.uniform(0.6, 1.5)
            if ground.area > wanted:
                parts, lines = in_two(ground, chance)
                waiting += [(part, depth + 1) for part in parts]
                streets += [Street(line, 2 if depth < WIDER_CUTS else 3) for line in lines]
            else:
                left = ground.buffer(-STREET_M, join_style="mitre").intersection(within)
                blocks += [Block(community, part, far) for part in polygons(left)]
    return blocks, streets


def outskirts(point: Points) -> float:
    distance = float(np.hypot(*(point - CENTRE))) / (HEIGHT * 0.62)
    return float(min(distance, 1.0) ** 1.3)


def long_side(shape: Polygon) -> tuple[Points, Points, float, float]:
    """Of the smallest rectangle around it: middle, direction of the long side, length, breadth."""
    ring = shapely.get_coordinates(shapely.minimum_rotated_rectangle(shape))[:4]
    one, other = ring[1] - ring[0], ring[2] - ring[1]
    if np.hypot(*one) < np.hypot(*other):
        one, other = other, one
    length = float(np.hypot(*one))
    return ring.mean(axis=0), one / length, length, float(np.hypot(*other))


def polygons(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]


def in_two(ground: Polygon, chance: np.random.Generator) -> tuple[list[Polygon], list[LineString]]:
    middle, along, length, _ = long_side(ground)
    point = middle + along * length * chance.uniform(-0.12, 0.12)
    turn = np.radians(90 + chance.normal(0, 3.5))
    across = np.array(
        (
            along[0] * np.cos(turn) - along[1] * np.sin(turn),
            along[0] * np.sin(turn) + along[1] * np.cos(turn),
        )
    )
    line = LineString((point - across * length, point + across * length))
    return polygons(split(ground, line)), [
        part
        for part in shapely.get_parts(line.intersection(ground))
        if part.geom_type == "LineString"
    ]
