"""The ground as a graph of ways: lines noded where they cross, and cut at the edge of an estate
that has gates, which let through where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A way ends so far before an edge that it may not cross.
_CUT_M = 0.05
# Who may pass, beside estates by their ids.
EVERYBODY = -1


@dataclass(frozen=True)
class Assumptions:
    """Ours, none of them law (P). `snap_m`: so far from a path it still counts as being on it.
    `detour`: where no path is near, the way is so many times the straight line."""

    snap_m: float = 50.0
    detour: float = 1.3


@dataclass(frozen=True, eq=False)
class Estate:
    id: int
    # In metres; None where nobody drew it.
    edge: BaseGeometry | None


@dataclass(frozen=True, eq=False)
class Gate:
    estate: int
    at: tuple[float, float]
    # "all", "residents" or "closed".
    open_to: str = "all"


@dataclass(eq=False)
class Ground:
    """Built once for many questions.

    A *cell* is the inside of an estate that has gates, by its id, or -1: all the rest. Nobody
    leaves a cell but by a gate of it. An edge of the graph lies in one cell; what leads through a
    gate that is open to residents alone bears their estate.
    """

    paths: Sequence[BaseGeometry]
    estates: Sequence[Estate]
    gates: Sequence[Gate]
    assumptions: Assumptions = field(default_factory=Assumptions)

    def __post_init__(self) -> None:
        gated = {gate.estate for gate in self.gates}
        self.walled = [each for each in self.estates if each.id in gated and each.edge is not None]
        self._areas = shapely.STRtree([each.edge for each in self.walled])
        self.lines = self._cut()
        middles = shapely.line_interpolate_point(self.lines, 0.5, normalized=True)
        self.cell = self.cells(shapely.get_coordinates(middles))
        self.trees = {
            int(cell): (np.flatnonzero(self.cell == cell)) for cell in np.unique(self.cell)
        }
        self._by_cell = {cell: shapely.STRtree(self.lines[at]) for cell, at in self.trees.items()}

    def cells(self, points: Floats) -> Ints:
        """Of each point (n, 2) the walled estate that it lies in, or -1; of several the first."""
        cells = np.full(len(points), -1, np.int64)
        if self.walled and len(points):
            at, areas = self._areas.query(shapely.points(points), predicate="intersects")
            ids = np.array([each.id for each in self.walled])[areas]
            by_id = np.lexsort((-ids, at))
            cells[at[by_id]] = ids[by_id]
        return cells

    def nearest(self, points: Floats, cells: Ints) -> tuple[Ints, Floats]:
        """Of each point the line of its cell that is nearest, and how far; -1 and infinite where
        none is within `snap_m`."""
        line = np.full(len(points), -1, np.int64)
        apart = np.full(len(points), np.inf)
        for cell, tree in self._by_cell.items():
            mine = np.flatnonzero(cells == cell)
            if not len(mine):
                continue
            (at, found), far = tree.query_nearest(
                shapely.points(points[mine]),
                max_distance=self.assumptions.snap_m,
                return_distance=True,
                all_matches=False,
            )
            line[mine[at]] = self.trees[cell][found]
            apart[mine[at]] = far
        return line, apart

    def _cut(self) -> NDArray[np.object_]:
        whole = [each for each in self.paths if not each.is_empty]
        if not whole:
            return np.empty(0, object)
        ways = shapely.union_all(whole)
        if self.walled:
            edges = shapely.union_all([each.edge.boundary for each in self.walled if each.edge])
            ways = ways.difference(edges.buffer(_CUT_M))
        noded = shapely.get_parts(shapely.node(ways))
        lines: NDArray[np.object_] = noded[shapely.length(noded) > 1e-6]
        return lines
