"""The box cut into communities without a gap: a power diagram whose borders bend like roads."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from inspections.demo.ground import BOX, CENTRE, HEIGHT, WIDTH, Points, dice

# A community without estates yet is small, and lies at the edge.
PLACEHOLDER_M2 = 600_000
# Corners of neighbouring cells closer than this are one corner.
SAME_CORNER_M = 1.0
POINT_EVERY_M = 45.0


@dataclass(frozen=True, slots=True)
class Partition:
    """Polygons in the order asked for; borders are the lines between two of them."""

    cells: list[Polygon]
    borders: list[LineString]


def cut(seed: int, placeholders: list[bool]) -> Partition:
    """One cell a community. Neighbours share every point of their border, so nothing is left
    between them and nothing belongs to two."""
    centres = _centres(seed, placeholders.count(False))
    weights = np.zeros(len(placeholders))
    points = np.empty((len(placeholders), 2))
    points[[not each for each in placeholders]] = centres
    for index in (i for i, small in enumerate(placeholders) if small):
        points[index], weights[index] = _at_the_edge(points, weights, index, placeholders)
    rings, corners = _joined(_cells(points, weights))
    for bend in (1.0, 0.5, 0.25, 0.0):
        partition = _bent(rings, corners, seed, bend)
        if all(cell.is_valid for cell in partition.cells):
            return partition
    raise AssertionError("straight borders can't cross")


def _centres(seed: int, count: int) -> Points:
    """Spread evenly over where people live: denser in the middle, so cells are smaller there."""
    chance = dice(seed, "communities")
    people = np.concatenate(
        [
            chance.uniform((0, 0), (WIDTH, HEIGHT), (6_000, 2)),
            chance.normal(CENTRE, (WIDTH * 0.17, HEIGHT * 0.17), (3_500, 2)),
        ]
    ).clip((0, 0), (WIDTH, HEIGHT))
    centres = chance.choice(people, count, replace=False)
    for _ in range(25):
        nearest = ((people[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array([people[nearest == i].mean(axis=0) for i in range(count)])
    # From north to south in three bands, as a town office would number them.
    bands = np.argsort(np.argsort(-centres[:, 1])) * 3 // count
    return centres[np.lexsort((centres[:, 0], bands))]


def _cells(points: Points, weights: Points) -> list[Polygon]:
    return [_cell(i, points, weights) for i in range(len(points))]


def _cell(index: int, points: Points, weights: Points) -> Polygon:
    """What is nearer, by squared distance less weight, to this point than to any other."""
    far = 4 * (WIDTH + HEIGHT)
    cell = BOX
    for other in (i for i in range(len(points)) if i != index):
        gap = points[other] - points[index]
        length = float(np.hypot(*gap))
        ahead = gap / length
        along = np.array((-ahead[1], ahead[0])) * far
        edge = points[index] + ahead * (length**2 + weights[index] - weights[other]) / (2 * length)
        behind = edge - ahead * far
        cell = cell.intersection(
            Polygon((edge + along, edge - along, behind - along, behind + along))
        )
    return cell


def _at_the_edge(
    points: Points, weights: Points, index: int, placeholders: list[bool]
) -> tuple[Points, float]:
    """A point between two neighbours on the southern edge, and the weight that keeps it small."""
    settled = [i for i in range(len(points)) if not placeholders[i] or i < index]
    lowest = sorted(settled, key=lambda i: float(points[i][1]))[:4]
    across = np.sort(points[lowest, 0])
    widest = int(np.argmax(np.diff(across)))
    place = np.array((across[widest : widest + 2].mean(), HEIGHT * 0.02))
    low, high = -4_000_000.0, 4_000_000.0
    for _ in range(30):
        weight = (low + high) / 2
        cell = _cell(
            len(settled), np.vstack([points[settled], place]), np.append(weights[settled], weight)
        )
        low, high = (low, weight) if cell.area > PLACEHOLDER_M2 else (weight, high)
    return place, high


def _joined(cells: list[Polygon]) -> tuple[list[list[int]], Points]:
    """Each cell as the numbers of its corners, counter-clockwise, and where the corners are."""
    corners: list[Points] = []
    rings = []
    for cell in cells:
        ring: list[int] = []
        for point in shapely.get_coordinates(shapely.geometry.polygon.orient(cell).exterior)[:-1]:
            known = [k for k, at in enumerate(corners) if np.hypot(*(at - point)) < SAME_CORNER_M]
            if not known:
                corners.append(point)
            number = known[0] if known else len(corners) - 1
            if number not in ring:
                ring.append(number)
        rings.append(ring)
    return rings, np.array(corners)


def _bent(rings: list[list[int]], corners: Points, seed: int, bend: float) -> Partition:
    sides = [list(pairwise([*ring, ring[0]])) for ring in rings]
    every = {side for of_cell in sides for side in of_cell}
    lines: dict[tuple[int, int], Points] = {}
    borders = []
    for a, b in sorted(side for side in every if side[0] < side[1] or side[::-1] not in every):
        shared = (b, a) in every
        line = _wandering(corners[a], corners[b], dice(seed, "border", a, b), bend * shared)
        lines[a, b], lines[b, a] = line, line[::-1]
        if shared:
            borders.append(LineString(line))
    cells = [Polygon(np.concatenate([lines[side][:-1] for side in of_cell])) for of_cell in sides]
    return Partition(cells, borders)


def _wandering(start: Points, end: Points, chance: np.random.Generator, bend: float) -> Points:
    """From corner to corner in a few gentle curves."""
    across = end - start
    length = float(np.hypot(*across))
    t = np.linspace(0, 1, max(2, round(length / POINT_EVERY_M) + 1))
    waves = sum(
        chance.normal(0, 1 / turns) * np.sin(np.pi * turns * t + chance.uniform(0, np.pi))
        for turns in (1, 2, 3)
    )
    aside = bend * min(0.05 * length, 70.0) * waves * np.sin(np.pi * t)
    normal = np.array((-across[1], across[0])) / length
    line = start + t[:, None] * across + aside[:, None] * normal
    line[0], line[-1] = start, end
    return line
