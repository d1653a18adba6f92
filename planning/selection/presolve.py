"""What can be left out before the solver sees it. HiGHS does the rest."""

import numpy as np
from scipy import sparse

from planning.selection.instance import Bools, Floats, Ints

# Beyond so many products, looking for dominated sites takes longer than it saves.
_MOST_PRODUCTS = 100_000_000


def merge_rows(
    rows: Ints, cols: Ints, weight: Floats, sites: int
) -> tuple[sparse.csr_array, Floats, Ints]:
    """Demand points that the same sites reach are one row with their weights' sum.

    Answers the rows (1 per pair), their weights, and of each demand point its row (-1: no site
    reaches it). Two 64-bit sums of random numbers name a set of sites.
    """
    random = np.random.default_rng(0)
    names = random.integers(0, 2**63, (2, sites), dtype=np.uint64)
    sums = np.zeros((2, len(weight)), np.uint64)
    with np.errstate(over="ignore"):
        for at in range(2):
            np.add.at(sums[at], rows, names[at][cols])
    reached = np.bincount(rows, minlength=len(weight)) > 0
    _, first, number = np.unique(sums[:, reached], axis=1, return_index=True, return_inverse=True)
    # In the order of the first demand point of each, so that no random number decides an order.
    turn = np.argsort(first, kind="stable")
    place = np.empty_like(turn)
    place[turn] = np.arange(len(turn))
    row_of = np.full(len(weight), -1, np.int64)
    row_of[reached] = place[number.ravel()]
    stands_for = np.flatnonzero(reached)[first[turn]]
    one = np.zeros(len(weight), np.bool_)
    one[stands_for] = True
    pairs = one[rows]
    merged = sparse.csr_array(
        (np.ones(int(pairs.sum())), (row_of[rows[pairs]], cols[pairs])),
        shape=(len(turn), sites),
    )
    sums_of = np.bincount(row_of[reached], weight[reached], len(turn)).astype(float)
    return merged, sums_of, row_of


def undominated(reach: sparse.csr_array, price: Floats) -> Bools:
    """Sites that no other replaces: one that reaches all that they reach, for no more money.

    Of two that are alike the first stays. Holds only where nothing else tells sites apart.
    """
    per_row = np.diff(reach.indptr)
    if float((per_row.astype(float) ** 2).sum()) > _MOST_PRODUCTS:
        return np.ones(reach.shape[1], np.bool_)
    size = np.asarray(reach.sum(axis=0)).ravel()
    common = sparse.csr_array(reach.T @ reach).tocoo()
    one, other = common.row, common.col
    covered = (common.data == size[one]) & (one != other) & (price[other] <= price[one])
    alike = covered & (size[one] == size[other]) & (price[other] == price[one])
    gives_way = covered & (~alike | (other < one))
    keep = size > 0
    keep[one[gives_way]] = False
    return keep


def needless_rows(reach: sparse.csr_array) -> Bools:
    """Rows that are covered whenever another one is: a site for that one is a site for them."""
    per_col = np.bincount(reach.indices, minlength=reach.shape[1])
    if float((per_col.astype(float) ** 2).sum()) > _MOST_PRODUCTS:
        return np.zeros(reach.shape[0], np.bool_)
    size = np.diff(reach.indptr)
    common = sparse.csr_array(reach @ reach.T).tocoo()
    wide, narrow = common.row, common.col
    contains = (common.data == size[narrow]) & (size[wide] > size[narrow])
    needless = np.zeros(reach.shape[0], np.bool_)
    needless[wide[contains]] = True
    return needless
