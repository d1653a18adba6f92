"""What each demand point costs with some sites open, where a site serves all who come.

Covering and median are one thing here: the cost of demand `i` is the least `value` of a pair with
an open site, and no more than its `ceiling`: what it costs unserved. For covering, a pair costs
nothing and the ceiling is the weight; for the median, a pair costs weight × distance.
"""

from dataclasses import dataclass, replace

import numpy as np

from planning.selection.instance import Bools, Floats, Ints


@dataclass(frozen=True, eq=False)
class Reach:
    rows: Ints
    cols: Ints
    value: Floats
    ceiling: Floats
    sites: int

    def only(self, keep: Bools) -> "Reach":
        """With some of the sites, numbered anew; pairs that can't lower a cost are left out."""
        number = np.cumsum(keep) - 1
        pairs = keep[self.cols] & (self.value < self.ceiling[self.rows])
        return Reach(
            self.rows[pairs],
            number[self.cols[pairs]],
            self.value[pairs],
            self.ceiling,
            int(keep.sum()),
        )

    def those(self, pairs: Bools) -> "Reach":
        return replace(self, rows=self.rows[pairs], cols=self.cols[pairs], value=self.value[pairs])

    def lowered(self, opened: Ints) -> Floats:
        """The ceilings with those sites open for good."""
        ceiling = self.ceiling.copy()
        pairs = np.isin(self.cols, opened)
        np.minimum.at(ceiling, self.rows[pairs], self.value[pairs])
        return ceiling

    def two_best(self, opened: Ints) -> tuple[Floats, Ints, Floats]:
        """Of each demand point: its cost, the place in `opened` of who serves it (-1: nobody),
        and its cost without that one."""
        slot = np.full(self.sites, -1, np.int64)
        slot[opened] = np.arange(len(opened))
        pairs = slot[self.cols] >= 0
        rows, values, slots = self.rows[pairs], self.value[pairs], slot[self.cols[pairs]]
        by_cost = np.lexsort((slots, values, rows))
        rows, values, slots = rows[by_cost], values[by_cost], slots[by_cost]
        best, second = self.ceiling.copy(), self.ceiling.copy()
        server = np.full(len(best), -1, np.int64)
        if len(rows):
            new = np.r_[True, rows[1:] != rows[:-1]]
            first = np.flatnonzero(new)
            better = first[values[first] < self.ceiling[rows[first]]]
            best[rows[better]], server[rows[better]] = values[better], slots[better]
            after = better + 1
            after = after[after < len(rows)]
            after = after[~new[after]]
            second[rows[after]] = np.minimum(values[after], self.ceiling[rows[after]])
        return best, server, second

    def gains(self, best: Floats) -> Floats:
        """By how much each site alone would lower the sum of such costs."""
        less = np.maximum(0.0, best[self.rows] - self.value)
        return np.bincount(self.cols, less, self.sites).astype(float)
