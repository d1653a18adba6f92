"""A good answer, quickly: the best next site, then the best exchange until none helps
(Teitz and Bart 1968; the exchange counted at once for all pairs, as Whitaker 1983)."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planning.selection.instance import Bools, Floats, Ints
from planning.selection.reach import Reach

_NOTHING = 1e-9


@dataclass(frozen=True, eq=False)
class Limits:
    number: int
    price: Floats
    budget: float
    # Sites that may not both be chosen: symmetric, 1 for each such pair.
    clash: sparse.csr_array

    def only(self, keep: Bools) -> "Limits":
        return Limits(self.number, self.price[keep], self.budget, self.clash[keep][:, keep])


def extend(reach: Reach, limits: Limits, chosen: list[int]) -> list[int]:
    """Adds the site that helps most, as long as one fits and helps."""
    chosen = list(chosen)
    best = reach.two_best(np.array(chosen, np.int64))[0]
    spent = float(limits.price[chosen].sum())
    while len(chosen) < limits.number:
        gains = reach.gains(best)
        gains[chosen] = 0
        gains[spent + limits.price > limits.budget + _NOTHING] = 0
        if chosen:
            gains[np.asarray(limits.clash[:, chosen].sum(axis=1)).ravel() > 0] = 0
        at = int(np.argmax(gains))
        if gains[at] <= _NOTHING:
            break
        chosen.append(at)
        spent += float(limits.price[at])
        pairs = reach.cols == at
        np.minimum.at(best, reach.rows[pairs], reach.value[pairs])
    return chosen


def exchange(reach: Reach, limits: Limits, chosen: list[int]) -> tuple[list[int], float]:
    """The answer that no single exchange betters, and what it costs."""
    chosen = list(chosen)
    while True:
        chosen = extend(reach, limits, chosen)
        best, server, second = reach.two_best(np.array(chosen, np.int64))
        if not chosen:
            return chosen, float(best.sum())
        p, m = len(chosen), reach.sites
        pairs = (server[reach.rows] >= 0) & (reach.value < second[reach.rows])
        rows, cols, values = reach.rows[pairs], reach.cols[pairs], reach.value[pairs]
        # What the newcomer takes over from the one that leaves.
        both = np.bincount(
            server[rows] * m + cols, second[rows] - np.maximum(best[rows], values), p * m
        ).reshape(p, m)
        served = server >= 0
        lost = np.bincount(server[served], (second - best)[served], p)
        profit = reach.gains(best)[None, :] - lost[:, None] + both
        profit[:, chosen] = 0
        profit[~_may(limits, chosen)] = 0
        at = int(np.argmax(profit))
        if profit.flat[at] <= _NOTHING:
            return sorted(chosen), float(best.sum())
        chosen[at // m] = at % m


def _may(limits: Limits, chosen: list[int]) -> np.ndarray:
    """Which may leave for which: (chosen, sites)."""
    spent = float(limits.price[chosen].sum())
    left = limits.budget - spent + limits.price[chosen]
    affordable = limits.price[None, :] <= left[:, None] + _NOTHING
    clashes = limits.clash[chosen].toarray()
    return np.asarray(affordable & (clashes.sum(axis=0)[None, :] - clashes == 0))


def several(reach: Reach, limits: Limits, starts: list[Ints]) -> tuple[list[int], float]:
    """The best that was found from several beginnings; what clashes in one is left out of it."""
    best: tuple[list[int], float] = ([], float(reach.ceiling.sum()))
    for start in [np.empty(0, np.int64), *starts]:
        found = exchange(reach, limits, _fitting(limits, start))
        if found[1] < best[1] - _NOTHING:
            best = found
    return best


def _fitting(limits: Limits, start: Ints) -> list[int]:
    kept: list[int] = []
    for each in map(int, start[: limits.number]):
        fits = limits.price[[*kept, each]].sum() <= limits.budget + _NOTHING
        if fits and not (kept and limits.clash[[each]][:, kept].sum()):
            kept.append(each)
    return kept
