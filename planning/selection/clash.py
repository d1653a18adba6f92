"""Sites of which only one may be chosen: of one estate, or too near each other."""

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from planning.selection.instance import Instance, Ints, Terms

# A spacing is kept to the millimetre.
_TOLERANCE_M = 1e-3


def groups(instance: Instance, terms: Terms) -> Ints:
    """Of each site the group that may have but one new site; -1 for none.

    A site that stands already takes no place: an estate that has one may get another.
    """
    if not terms.one_per_group:
        return np.full(len(instance.sites), -1, np.int64)
    free = instance.standing | np.isin(instance.group, sorted(terms.several))
    return np.where(free, -1, instance.group)


def near_pairs(instance: Instance, spacing: float) -> Ints:
    """(k, 2), the lower first; two that stand already are left in peace."""
    if spacing <= 0:
        return np.empty((0, 2), np.int64)
    tree = cKDTree(instance.at)
    pairs = tree.query_pairs(spacing, output_type="ndarray").astype(np.int64)
    apart = np.linalg.norm(instance.at[pairs[:, 0]] - instance.at[pairs[:, 1]], axis=1)
    both = instance.standing[pairs].all(axis=1)
    pairs = pairs[(apart < spacing - _TOLERANCE_M) & ~both]
    ordered: Ints = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return ordered


def matrix(instance: Instance, terms: Terms) -> sparse.csr_array:
    """Symmetric, 1 where two may not both be chosen."""
    m = len(instance.sites)
    pairs = near_pairs(instance, terms.spacing)
    of = groups(instance, terms)
    member = np.flatnonzero(of >= 0)
    _, number = np.unique(of[member], return_inverse=True)
    belongs = sparse.csr_array(
        (np.ones(len(member)), (member, number)), shape=(m, int(number.max(initial=-1)) + 1)
    )
    together = sparse.csr_array(belongs @ belongs.T).tocoo()
    apart = together.row != together.col
    row = np.r_[pairs[:, 0], pairs[:, 1], together.row[apart]]
    col = np.r_[pairs[:, 1], pairs[:, 0], together.col[apart]]
    clash = sparse.csr_array((np.ones(len(row)), (row, col)), shape=(m, m))
    clash.data[:] = 1.0
    return clash


def cliques(clash: sparse.csr_array) -> list[Ints]:
    """Sets of sites that all clash with one another, which together name every clash: each gives
    one row, stronger than a row per pair."""
    upper = sparse.triu(clash, k=1).tocoo()
    near = [
        set(clash.indices[clash.indptr[j] : clash.indptr[j + 1]].tolist())
        for j in range(clash.shape[0])
    ]
    left = set(zip(upper.row.tolist(), upper.col.tolist(), strict=True))
    found = []
    for one, other in sorted(left):
        if (one, other) not in left:
            continue
        members = [one, other]
        common = near[one] & near[other]
        while common:
            each = min(common)
            members.append(each)
            common &= near[each]
        members.sort()
        left -= {(a, b) for at, a in enumerate(members) for b in members[at + 1 :]}
        found.append(np.array(members, np.int64))
    return found
