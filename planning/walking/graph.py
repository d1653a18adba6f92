"""The graph of the ground with doors, sites and gates put on it, and the shortest ways in it."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import sparse
from scipy.sparse import csgraph

from planning.walking.ground import EVERYBODY, Floats, Gate, Ground, Ints

_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Network:
    """`place`: the node of each point that was put on a path, -1 for the others; `off`: how far it
    stands from the path. Edges with who may pass."""

    place: Ints
    off: Floats
    nodes: int
    ends: Ints
    length: Floats
    open_to: Ints

    def ways(self, sources: Ints, targets: Ints, home: int, limit: float) -> Floats:
        """(sources, targets) in metres between nodes, for who lives in that estate; infinite
        where it is farther than the limit or there is no way."""
        may = (self.open_to == EVERYBODY) | (self.open_to == home)
        one, other = self.ends[may].T
        # Of two edges between the same nodes the shorter: a matrix would add them up.
        low, high = np.minimum(one, other), np.maximum(one, other)
        by = np.lexsort((self.length[may], high, low))
        first = np.r_[True, (np.diff(low[by]) != 0) | (np.diff(high[by]) != 0)] if len(by) else by
        kept = by[np.flatnonzero(first)]
        # A length of nothing would be no edge.
        weights = np.maximum(self.length[may][kept], 1e-9)
        graph = sparse.csr_array((weights, (low[kept], high[kept])), shape=(self.nodes,) * 2)
        answer = np.empty((len(sources), len(targets)))
        for at in range(0, len(sources), _AT_ONCE):
            some = sources[at : at + _AT_ONCE]
            found = csgraph.dijkstra(graph, directed=False, indices=some, limit=limit)
            answer[at : at + len(some)] = found[:, targets]
        return answer


def network(ground: Ground, points: Floats, cells: Ints, gates: list[Gate]) -> Network:
    """A gate is put on the nearest path of its estate and on the nearest outside; where both are
    near, it joins them."""
    through = [gate for gate in gates if gate.open_to != "closed"]
    spots = np.array([gate.at for gate in through], float).reshape(-1, 2)
    inside = np.array([gate.estate for gate in through], np.int64)
    everything = np.concatenate([points, spots, spots])
    cells = np.concatenate([cells, inside, np.full(len(through), -1)])
    line, off = ground.nearest(everything, cells)
    on = np.flatnonzero(line >= 0)
    along = shapely.line_locate_point(ground.lines[line[on]], shapely.points(everything[on]))

    corners, number = np.unique(np.round(_ends(ground), 3), axis=0, return_inverse=True)
    number = number.reshape(-1, 2)
    place = np.full(len(everything), -1, np.int64)
    place[on] = len(corners) + np.arange(len(on))
    # Each line from its first corner over the points on it to its last: stops in their order.
    m = len(ground.lines)
    lengths = shapely.length(ground.lines)
    of = np.r_[np.arange(m), line[on], np.arange(m)]
    at = np.r_[np.zeros(m), along, lengths]
    node = np.r_[number[:, 0], place[on], number[:, 1]]
    kind = np.r_[np.zeros(m), np.ones(len(on)), np.full(m, 2.0)]
    by = np.lexsort((kind, at, of))
    of, at, node = of[by], at[by], node[by]
    same = of[1:] == of[:-1]
    ends = np.column_stack([node[:-1][same], node[1:][same]])
    length = np.diff(at)[same]
    open_to = np.full(len(ends), EVERYBODY)

    k, n = len(through), len(points)
    inner, outer = place[n : n + k], place[n + k :]
    joined = (inner >= 0) & (outer >= 0)
    permits = np.array(
        [EVERYBODY if gate.open_to == "all" else gate.estate for gate in through], np.int64
    )
    gaps = (off[n : n + k] + off[n + k :])[joined]
    return Network(
        place[:n],
        off[:n],
        len(corners) + len(on),
        np.concatenate([ends, np.column_stack([inner, outer])[joined]]).astype(np.int64),
        np.concatenate([length, gaps]),
        np.concatenate([open_to, permits[joined]]),
    )


def _ends(ground: Ground) -> Floats:
    first = shapely.get_coordinates(shapely.get_point(ground.lines, 0))
    last = shapely.get_coordinates(shapely.get_point(ground.lines, -1))
    return np.stack([first, last], axis=1).reshape(-1, 2)
