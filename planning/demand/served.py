"""Who is served where ports are few: as many as can be, and of those ways the shortest walking."""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from planning.walking.ground import Floats


def served(metres: Floats, weight: Floats, capacity: Floats) -> Floats:
    """How much of each demand point each site serves: (points, sites), as `metres` is, in which
    what is too far is infinite. No point gets more than its weight, no site gives more than its
    capacity.

    A linear program, by HiGHS: to be served counts for more than any walking, so that nobody goes
    without to spare another's steps.
    """
    flows = np.zeros_like(metres)
    rows, cols = np.nonzero(np.isfinite(metres))
    count = len(rows)
    if not count:
        return flows
    (places, sites), each = metres.shape, np.arange(count)
    limits = coo_array(
        (np.ones(2 * count), (np.r_[rows, places + cols], np.r_[each, each])),
        shape=(places + sites, count),
    )
    far = metres[rows, cols]
    # Taking in one more may send others, one after the other, to farther sites.
    worth = (far.max() + 1) * (sites + 1)
    found = linprog(far - worth, A_ub=limits.tocsr(), b_ub=np.r_[weight, capacity], method="highs")
    if found.x is None:
        raise RuntimeError(found.message)
    flows[rows, cols] = found.x
    return flows
