"""Places where a site might stand: vacant spaces, and a grid over the estates' own ground, of
which rules exclude some. Where there are more than can be weighed, the grid is widened in the
estates that have the most.

Shapes in metres on the projection of `geo.measure`, but for what is judged.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geo.measure import from_metric
from planning.checking import Force, Outcome, Rule, Site, Surroundings, judge
from planning.checking.measures import LANE_HALF_M

MOST = 4000
# A small estate keeps its few places, however many there are elsewhere.
_FEW = 4
# Bays stand in rows of one group each, with a way between two rows (ours: P).
ROW_BAYS, AISLE_M = 20, 1.5
BAY_LENGTH_M, BAY_WIDTH_M = 2.2, 0.8
# What lies farther from a place than this decides no rule of it that forbids.
_NEAR_M = 25.0
_LAYERS = ("lanes", "operation_areas", "buildings", "exits", "hydrants", "excluded_areas")


class TooMany(Exception):
    """More places than can be weighed, on the widest grid too: `count` of them."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Place:
    """Ground that may be built on: an estate's (`vacant` None), or a vacant space, with the
    estate it belongs to."""

    id: int
    estate: int | None
    area: BaseGeometry
    vacant: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """`shape`: the footprint; `turn`: the bearing of its long side, 0 to 180; `barred`: the codes
    of the rules that exclude it."""

    id: str
    estate: int | None
    shape: BaseGeometry
    turn: float
    vacant: int | None
    barred: tuple[str, ...]


def footprint_m(bays: int) -> tuple[float, float]:
    """Length and depth of so many bays."""
    rows = max(math.ceil(bays / ROW_BAYS), 1)
    length = max(min(bays, ROW_BAYS), 1) * BAY_WIDTH_M
    depth = rows * BAY_LENGTH_M + (rows - 1) * AISLE_M
    return max(length, depth), min(length, depth)


@dataclass(frozen=True, slots=True)
class Thinned:
    """An estate of which the places of a wider grid were taken: so many of those there are."""

    estate: int
    grid_m: float
    places: int
    kept: int


@dataclass(slots=True)
class Found:
    """`candidates` by their ids, which name the same place whenever it is asked for: a vacant
    space by its number, a place of the grid by its metres east and north."""

    candidates: list[Candidate] = field(default_factory=list)
    thinned: list[Thinned] = field(default_factory=list)


def candidates(
    estates: Sequence[Place],
    vacant: Sequence[Place],
    around: Surroundings,
    rules: Iterable[Rule],
    *,
    grid_m: float,
    ports: int,
    bays: int,
    named: Collection[str] = (),
    most: int = MOST,
) -> Found:
    """What does not fit on its ground, or stands on a building, is no candidate. Those `named` by
    their ids stay on a wider grid too. Raises TooMany."""
    sides = footprint_m(bays)
    spaces = [each for each in (_in_space(each, sides) for each in vacant) if each is not None]
    spaces = _off_buildings(spaces, around)
    grids = [_Grid(each.id, _on_grid(each, sides, grid_m)) for each in estates]
    for grid in grids:
        grid.keep(_off_buildings([place for _, place in grid.places], around))
    _widen(grids, most - len(spaces), frozenset(named))
    found = spaces + [place for grid in grids for _, place in grid.places]
    if len(found) > most:
        raise TooMany(len(found))
    return Found(
        sorted(_judged(found, around, list(rules), ports, bays), key=lambda each: each.id),
        [
            Thinned(grid.estate, grid.step * grid_m, grid.whole, len(grid.places))
            for grid in grids
            if grid.step > 1
        ],
    )


@dataclass(slots=True)
class _Grid:
    """Of one estate: the places whose column and row are multiples of `step`; `whole`, how many
    there are on the grid that was asked for."""

    estate: int
    places: list[tuple[tuple[int, int], Candidate]]
    step: int = 1
    whole: int = 0

    def keep(self, these: list[Candidate]) -> None:
        ids = {each.id for each in these}
        self.places = [each for each in self.places if each[1].id in ids]
        self.whole = len(self.places)

    def wider(self, named: frozenset[str]) -> list[tuple[tuple[int, int], Candidate]]:
        twice = self.step * 2
        return [
            each
            for each in self.places
            if each[1].id in named or not (each[0][0] % twice or each[0][1] % twice)
        ]


def _widen(grids: list[_Grid], most: int, named: frozenset[str]) -> None:
    """Twice as wide where there are the most, of as many in the first, until all can be weighed;
    no estate loses its last place by it."""
    wide = [grid for grid in grids if len(grid.places) > _FEW]
    left = sum(len(grid.places) for grid in grids)
    while left > most and wide:
        grid = max(wide, key=lambda each: (len(each.places), -each.estate))
        fewer = grid.wider(named)
        if fewer:
            left -= len(grid.places) - len(fewer)
            grid.places, grid.step = fewer, grid.step * 2
        if not fewer or len(fewer) <= _FEW:
            wide.remove(grid)


def _in_space(place: Place, sides: tuple[float, float]) -> Candidate | None:
    """In the middle of the space, along it."""
    middle = shapely.get_point(shapely.maximum_inscribed_circle(place.area, tolerance=0.5), 0)
    turn = _bearing(place.area)
    shape = _rectangle(middle.x, middle.y, sides, turn)
    if not place.area.buffer(0.05).contains(shape):
        return None
    return Candidate(f"v{place.vacant}", place.estate, shape, turn, place.vacant, ())


def _on_grid(
    place: Place, sides: tuple[float, float], grid_m: float
) -> list[tuple[tuple[int, int], Candidate]]:
    """With column and row."""
    west, south, east, north = place.area.bounds
    columns = np.arange(math.ceil(west / grid_m), math.floor(east / grid_m) + 1)
    rows = np.arange(math.ceil(south / grid_m), math.floor(north / grid_m) + 1)
    if len(columns) * len(rows) > MOST * 10:
        raise TooMany(len(columns) * len(rows))
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    shapely.prepare(place.area)
    inside = grid[shapely.contains_xy(place.area, grid * grid_m)].tolist()
    turn = _bearing(place.area)
    made = []
    for column, row in inside:
        at = round(column * grid_m, 2), round(row * grid_m, 2)
        name = f"g{place.id}:{at[0]:.12g}:{at[1]:.12g}"
        shape = _rectangle(*at, sides, turn)
        made.append(((column, row), Candidate(name, place.estate, shape, turn, None, ())))
    fits = shapely.contains(place.area, [each.shape for _, each in made])
    return [each for each, is_in in zip(made, fits, strict=True) if is_in]


def _rectangle(east: float, north: float, sides: tuple[float, float], turn: float) -> BaseGeometry:
    along, across = sides[0] / 2, sides[1] / 2
    # A bearing turns clockwise from north, along which the long side lies at 0.
    flat = shapely.box(east - across, north - along, east + across, north + along)
    return affinity.rotate(flat, -turn, origin=(east, north))


def _bearing(area: BaseGeometry) -> float:
    """Of the longer side of the smallest rectangle around it."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(area))[:3]
    sides = np.diff(corners, axis=0)
    east, north = sides[np.argmax(np.linalg.norm(sides, axis=1))]
    turn = round(math.degrees(math.atan2(east, north)) % 180, 2)
    return 0.0 if turn >= 180 else turn


def _off_buildings(found: list[Candidate], around: Surroundings) -> list[Candidate]:
    buildings = around.layer("buildings")
    if not found or not len(buildings.shapes):
        return found
    on = buildings.tree.query([each.shape for each in found], predicate="intersects")[0]
    return [each for n, each in enumerate(found) if n not in set(on.tolist())]


def _judged(
    found: list[Candidate], around: Surroundings, rules: list[Rule], ports: int, bays: int
) -> Iterable[Candidate]:
    """All are asked of the layers at once which of them have anything near; only those are judged
    rule by rule."""
    forbids = [
        rule
        for rule in rules
        if rule.force is Force.HARD or any(step.force is Force.HARD for step in rule.steps)
    ]
    if not found or not forbids:
        return found
    reach = max([_NEAR_M, LANE_HALF_M * 2, *(rule.limit or 0.0 for rule in forbids)])
    shapes = [each.shape for each in found]
    near: set[int] = set()
    for name in _LAYERS:
        layer = around.layers[name]
        if layer is not None and len(layer.shapes):
            hits = layer.tree.query(shapes, predicate="dwithin", distance=reach)[0]
            near |= set(hits.tolist())
    return [
        _with_verdict(each, around, forbids, ports, bays) if n in near else each
        for n, each in enumerate(found)
    ]


def _with_verdict(
    each: Candidate, around: Surroundings, rules: list[Rule], ports: int, bays: int
) -> Candidate:
    site = Site(
        geom=from_metric(each.shape),
        estate=each.estate,
        ports=ports,
        bays=bays,
        level="ground",
        place="open_ground",
        bay_length_m=BAY_LENGTH_M,
        bay_width_m=BAY_WIDTH_M,
    )
    codes = tuple(
        one.rule.code
        for one in judge(site, around, rules)
        if one.outcome is Outcome.BREACH and one.force is Force.HARD
    )
    return Candidate(each.id, each.estate, each.shape, each.turn, each.vacant, codes)
