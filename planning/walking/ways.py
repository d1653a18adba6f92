"""From doors to sites."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from planning.walking.graph import network
from planning.walking.ground import EVERYBODY, Floats, Ground, Ints


class By(IntEnum):
    """How a distance was found. `GATES`: straight, from gate to gate."""

    PATHS = 0
    STRAIGHT = 1
    GATES = 2


@dataclass(frozen=True, eq=False)
class Walks:
    """(demand, sites): metres, infinite beyond the limit or where no gate lets through; and how
    each was found."""

    metres: Floats
    by: Ints


def walks(
    ground: Ground,
    doors: Floats,
    owner: Ints,
    homes: Ints,
    sites: Floats,
    limit: float = np.inf,
) -> Walks:
    """From each demand point by the nearest of its doors to each site.

    `doors` (d, 2) and `sites` (s, 2) in metres; `owner` of each door its demand point, from 0 in
    their order; `homes` of each demand point its estate (-1: none), by which gates open to it.

    Along the paths where both ends are no farther from one than `snap_m` and a way joins them; the
    straight line times the detour elsewhere, and where the site is nearer than the path itself.
    Straight lines leave and enter estates by their gates too.
    """
    points = np.concatenate([doors, sites])
    cells = ground.cells(points)
    inside, there = cells[: len(doors)], cells[len(doors) :]
    net = network(ground, points, cells, list(ground.gates))
    d, s = len(doors), len(sites)
    straight, by_gates = _straight(ground, doors, inside, homes[owner], sites, there)
    metres = straight * ground.assumptions.detour
    by = np.where(by_gates, By.GATES, By.STRAIGHT).astype(np.int64)
    here, aims = net.place[:d], net.place[d:]
    aimed = np.flatnonzero(aims >= 0)
    opens = _who_opens(ground)
    key = np.where(np.isin(homes[owner], opens), homes[owner], EVERYBODY)
    for home in np.unique(key):
        mine = np.flatnonzero((key == home) & (here >= 0))
        if not len(mine) or not len(aimed):
            continue
        along = net.ways(here[mine], aims[aimed], int(home), limit)
        legs = net.off[:d][mine][:, None] + net.off[d:][aimed][None]
        total = along + legs
        square = np.ix_(mine, aimed)
        direct = straight[square]
        beside = (direct <= legs) & ~by_gates[square]
        takes = np.isfinite(total) & ~beside
        metres[square] = np.where(takes, total, metres[square])
        by[square] = np.where(takes, By.PATHS, by[square])
    return _nearest_door(metres, by, owner, len(homes), s, limit)


def _who_opens(ground: Ground) -> Ints:
    """Estates whose gates let only residents through."""
    return np.array(
        sorted({gate.estate for gate in ground.gates if gate.open_to == "residents"}), np.int64
    )


def _straight(
    ground: Ground, doors: Floats, inside: Ints, homes: Ints, sites: Floats, there: Ints
) -> tuple[Floats, np.ndarray]:
    """Straight lines, out by a gate of the walled estate where the door is and in by one of that
    where the site is; and which of them go by gates."""
    straight = _apart(doors, sites)
    crosses = inside[:, None] != there[None]
    if not crosses.any():
        return straight, crosses
    straight[crosses] = np.inf
    for cell in np.unique(inside):
        mine = np.flatnonzero(inside == cell)
        for home in np.unique(homes[mine]):
            some = mine[homes[mine] == home]
            for other in np.unique(there[there != cell]):
                aims = np.flatnonzero(there == other)
                out = _gates(ground, int(cell), int(home))
                into = _gates(ground, int(other), int(home))
                square = np.ix_(some, aims)
                straight[square] = _by_gates(doors[some], out, into, sites[aims])
    return straight, crosses


def _gates(ground: Ground, cell: int, home: int) -> Floats | None:
    """Gates of a walled estate that let through who lives there; None for open ground."""
    if cell == -1:
        return None
    may = [
        gate.at
        for gate in ground.gates
        if gate.estate == cell
        and (gate.open_to == "all" or (gate.open_to == "residents" and home == cell))
    ]
    return np.array(may, float).reshape(-1, 2)


def _by_gates(doors: Floats, out: Floats | None, into: Floats | None, sites: Floats) -> Floats:
    stages = [doors, *(each for each in (out, into) if each is not None), sites]
    if any(not len(each) for each in stages):
        return np.full((len(doors), len(sites)), np.inf)
    way = _apart(stages[0], stages[1])
    for one, other in pairwise(stages[1:]):
        way = (way[:, :, None] + _apart(one, other)[None]).min(axis=1)
    return way


def _apart(one: Floats, other: Floats) -> Floats:
    return np.hypot(one[:, None, 0] - other[None, :, 0], one[:, None, 1] - other[None, :, 1])


def _nearest_door(
    metres: Floats, by: Ints, owner: Ints, points: int, sites: int, limit: float
) -> Walks:
    best = np.full((points, sites), np.inf)
    how = np.full((points, sites), By.STRAIGHT, np.int64)
    for door in range(len(owner)):
        row = owner[door]
        nearer = metres[door] < best[row]
        best[row][nearer] = metres[door][nearer]
        how[row][nearer] = by[door][nearer]
    best[best > limit] = np.inf
    return Walks(np.round(best, 2), how)
