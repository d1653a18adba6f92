"""What no answer can beat, by prices on being served (Lagrange), and which sites it rules out, and
who is served from where in no best answer.

Each demand point is offered a price; a site is worth what it would earn of the prices above its
costs. The prices and the best sites at those prices bound every answer from below, whatever else
it must keep to. A site that would lift the bound above an answer that is known is in no best
answer: most are, and what is left is small enough to be solved to proof.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.selection.instance import Bools, Floats, Ints
from planning.selection.reach import Reach
from planning.selection.search import Limits, several

_ROUNDS = 1200
_LOOK_EVERY = 25
# With so few sites to choose among beside those chosen, the solver is quicker.
_FEW = 8


@dataclass(frozen=True, eq=False)
class Bound:
    value: float
    # Sites that may be in an answer as good as the one known.
    keep: Bools
    # Of those, by the pairs of the reach: sites that may serve the demand in such an answer.
    serves: Bools
    chosen: list[int]
    cost: float


def tighten(
    reach: Reach, limits: Limits, go_on: Callable[[float, float], None], slack: float
) -> Bound:
    """Alternates between a better bound and, from what it chose, a better answer.

    `slack`: answers that cost so little more count as equally good. `go_on` is told the cost known
    and the bound, and may raise.
    """
    sites = reach.sites
    chosen, cost = several(reach, limits, [])
    alive = np.arange(reach.sites)
    price = _first_prices(reach, chosen)
    best, at_best = -np.inf, price
    step, stalled, picked = 2.0, 0, np.empty(0, np.int64)
    for turn in range(1, _ROUNDS + 1):
        worth, least, value, takes = _value(reach, limits, price)
        if value > best + 1e-12:
            best, at_best, stalled, picked = value, price.copy(), 0, takes
        else:
            stalled += 1
            if stalled >= 15:
                step, stalled, price = step / 2, 0, at_best.copy()
        if turn % _LOOK_EVERY == 0:
            again, lower = several(reach, limits, [picked])
            if lower < cost:
                chosen, cost = alive[again].tolist(), lower
            go_on(cost, min(best, cost))
            # Sites that are out of every answer as good as the one known need no more counting.
            worth, least, value, _ = _value(reach, limits, at_best)
            keep = _kept(worth, least, value, limits, cost + slack)
            keep[np.searchsorted(alive, sorted(chosen))] = True
            if not keep.all():
                alive, reach, limits = alive[keep], reach.only(keep), limits.only(keep)
                picked = np.empty(0, np.int64)
            if len(alive) <= limits.number + _FEW or step < 1e-3:
                break
            if not keep.all():
                continue
        on = np.zeros(reach.sites, np.bool_)
        on[takes] = True
        serves = on[reach.cols] & (reach.value < price[reach.rows])
        slope = 1.0 - np.bincount(reach.rows[serves], minlength=len(price))
        size = float((slope * slope).sum())
        if size == 0 or value >= cost - 1e-9:
            break
        price = np.clip(price + step * max(cost - value, 1e-6) / size * slope, 0.0, reach.ceiling)
    keep = np.zeros(sites, np.bool_)
    keep[alive] = True
    worth, least, value, _ = _value(reach, limits, at_best)
    # To be served from beyond one's price costs the rest on top.
    beyond = np.maximum(0.0, reach.value - at_best[reach.rows])
    serves = _lifted(worth, least, value, limits)[reach.cols] + beyond <= _up(cost + slack)
    return Bound(min(best, cost), keep, serves, sorted(chosen), cost)


def _first_prices(reach: Reach, chosen: list[int]) -> Floats:
    """Half of what being unserved costs; where that is beyond all costs, what it would cost to
    lose whoever serves."""
    farthest = np.zeros(len(reach.ceiling))
    np.maximum.at(farthest, reach.rows, reach.value)
    second = reach.two_best(np.array(chosen, np.int64))[2]
    if not farthest.any():
        return reach.ceiling * 0.5
    return np.minimum(second, np.minimum(farthest, reach.ceiling))


def _value(reach: Reach, limits: Limits, price: Floats) -> tuple[Floats, float, float, Ints]:
    """What each site is worth at these prices, the least sum of worths, the bound, who is in it."""
    gains = np.minimum(0.0, reach.value - price[reach.rows])
    worth = np.bincount(reach.cols, gains, reach.sites).astype(float)
    least, takes = _cheapest(worth, limits)
    return worth, least, float(price.sum()) + least, takes


def _cheapest(worth: Floats, limits: Limits) -> tuple[float, Ints]:
    """The least sum of worths (none above 0) that the limits allow, from below; who is in it."""
    p = min(limits.number, len(worth))
    if p == 0:
        return 0.0, np.empty(0, np.int64)
    takes = np.argpartition(worth, p - 1)[:p] if p < len(worth) else np.arange(len(worth))
    least = float(worth[takes].sum())
    if np.isfinite(limits.budget):
        by_value, filled = _filling(worth, limits)
        within = float(np.interp(limits.budget, filled[0], filled[1]))
        if within > least:
            full = np.searchsorted(filled[0], limits.budget, side="right") - 1
            return within, by_value[:full]
    return least, takes


def _filling(worth: Floats, limits: Limits) -> tuple[Ints, tuple[Floats, Floats]]:
    """The knapsack with parts of things: money spent against worth gained."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(limits.price > 0, worth / limits.price, -np.inf)
    by_value = np.argsort(ratio, kind="stable")
    money = np.r_[0.0, np.cumsum(limits.price[by_value])]
    return by_value, (money, np.r_[0.0, np.cumsum(worth[by_value])])


def _kept(worth: Floats, least: float, value: float, limits: Limits, most: float) -> Bools:
    """Those that could be chosen without the bound passing `most`."""
    return np.asarray(_lifted(worth, least, value, limits) <= _up(most))


def _up(most: float) -> float:
    return most + 1e-9 * (1 + abs(most))


def _lifted(worth: Floats, least: float, value: float, limits: Limits) -> Floats:
    """The bound with each site chosen."""
    p = min(limits.number, len(worth))
    if p == 0:
        return np.full(len(worth), np.inf)
    last = np.partition(worth, p - 1)[p - 1]
    by_number = np.where(worth <= last, 0.0, worth - last)
    total = float(np.sort(worth)[:p].sum())
    lifted = value - least + total + by_number
    if np.isfinite(limits.budget):
        _, filled = _filling(worth, limits)
        rest = np.interp(np.maximum(limits.budget - limits.price, 0.0), *filled)
        lifted = np.maximum(lifted, value - least + worth + rest)
        lifted[limits.price > limits.budget + 1e-9] = np.inf
    return np.asarray(lifted)
