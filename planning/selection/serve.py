"""Who goes where, once it is known which sites there are."""

import numpy as np
from scipy import sparse

from planning.selection.highs import Clock, optimise
from planning.selection.instance import Floats, Instance, Ints
from planning.selection.program import Program

Serves = tuple[Ints, Ints, Floats]


def nearest(instance: Instance, opened: Ints) -> Serves:
    """Everyone to the nearest, of two as near to the first."""
    pairs = np.isin(instance.cols, opened)
    rows, cols, cost = instance.rows[pairs], instance.cols[pairs], instance.cost[pairs]
    by_cost = np.lexsort((cols, cost, rows))
    rows, cols = rows[by_cost], cols[by_cost]
    first = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.zeros(0, np.bool_)
    return rows[first], cols[first], instance.weight[rows[first]]


def shared(instance: Instance, opened: Ints, clock: Clock) -> Serves:
    """As much as the capacities can serve, and of all such ways one with the least walking."""
    pairs = np.flatnonzero(np.isin(instance.cols, opened))
    rows, cols = instance.rows[pairs], instance.cols[pairs]
    if not len(pairs):
        return rows, cols, np.empty(0)
    n, m, k = len(instance.demand), len(instance.sites), len(pairs)
    # One served more may send others farther, by a way over each site at most: no walking saved
    # is worth one unserved.
    unserved = (2.0 * min(n, len(opened)) + 2.0) * (float(instance.cost[pairs].max()) + 1.0)
    program = Program()
    amount = program.columns(k, cost=instance.cost[pairs] - unserved, upper=instance.weight[rows])
    at = np.arange(k)
    program.rows(
        [(amount, sparse.csr_array((np.ones(k), (rows, at)), shape=(n, k)))], most=instance.weight
    )
    finite = np.where(np.isfinite(instance.capacity), instance.capacity, instance.weight.sum())
    program.rows([(amount, sparse.csr_array((np.ones(k), (cols, at)), shape=(m, k)))], most=finite)
    found = optimise(program, clock, stage="serving")
    used = found.values > 1e-7
    return rows[used], cols[used], found.values[used]
