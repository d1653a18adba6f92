"""Where what was counted gathers: Getis-Ord Gi* with inference that holds.

Each place is judged together with its `NEIGHBOURS` nearest places, all with the weight of one.

- Rates of places that were looked at more or less often are no equals: one finding in one
  inspection is a rate of 1, and says little. They are first brought to the same mean and variance
  (Assunção and Reis 1999), where what the places differ by beyond chance counts too.
- What lies farther than `SPREADS` from the middle counts as that far. One lone place that is very
  bad would else be drawn so often that no cluster stands out against it.
- z is that of Ord and Getis (1995), by esda. Its normal p is not used: of few and skewed counts it
  finds too much. p comes from drawing so many places at random out of all, the place itself too,
  whose own value is not held fixed as in esda's. It is one-sided: whether there is more, and
  whether there is less, are two questions, asked apart. There are so many draws that the least p
  there can be is a twentieth of what the sharpest test of the false discovery rate asks for.
- The places are judged together: q (Benjamini and Hochberg 1995) at most `ALPHA`. Where nothing
  gathers at all, any hot spot is told by chance in at most that share of maps, and any cold one.
- What gathers is told of neighbourhoods. Which of the estates there carry it is told beside:
  those that lie `CARRIES` spreads above the middle themselves, as one in ten does by chance.
- Where fewer than `EXPECTED` findings would lie in a neighbourhood if all were alike, or there
  are fewer than `PLACES`, nothing is judged.
"""

import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]

ALPHA = 0.05
NEIGHBOURS = 4
PLACES = 30
EXPECTED = 5.0
SEED = 20241130
SPREADS = 5.0
CARRIES = 1.28
# A lone place is told that has at least so many times the rate of its neighbours.
TIMES = 2.0

_DRAWS_PER_PLACE = 20
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Counts:
    """By place: `n` of `of`. Where nothing is known of a place, `of` is 0; where counts are told
    as they are, it is 1."""

    n: Array
    of: Array


@dataclass(frozen=True, slots=True)
class Verdict:
    """By place; z, p and q are NaN where a place is not judged; p and q are of being so high where
    z is above 0, else of being so low. `kind`: hot, new, growing, part (of a neighbour's hot
    neighbourhood, which it carries with it), fading, cold, outlier, none or too_few."""

    z: Array
    p: Array
    q: Array
    kind: list[str]
    permutations: int
    farthest_m: float | None


@dataclass(frozen=True, slots=True)
class _Map:
    """`own`: by how many spreads each lies above the middle by itself; `above`: whether its
    neighbourhood lies above the mean. p and q are of being so far out to that side."""

    p: Array
    q: Array
    own: Array
    above: Mask
    judged: Mask

    @property
    def hot(self) -> Mask:
        return self.judged & (self.q <= ALPHA) & self.above

    @property
    def cold(self) -> Mask:
        return self.judged & (self.q <= ALPHA) & ~self.above


def verdict(points: Array, now: Counts, before: Counts | None = None) -> Verdict:
    """`points` (n, 2) in metres. With the counts of a time `before`, a spot is told to be new (it
    was none), growing or fading, each only where the change of its neighbourhood can be told from
    chance."""
    known = np.flatnonzero(now.of > 0)
    empty = np.full(len(points), np.nan)
    kinds = np.full(len(points), "too_few", dtype=object)
    if len(known) < PLACES:
        return Verdict(empty, empty, empty, kinds.tolist(), 0, None)
    around, farthest = neighbourhoods(points[known])
    n, of = now.n[known], now.of[known]
    draws = math.ceil(_DRAWS_PER_PLACE * len(known) / ALPHA)
    here = _map(n, of, around, draws)
    told = np.where(here.judged, "none", "too_few").astype(object)
    told[here.cold] = "cold"
    told[_part(around, here)] = "part"
    told[_lone(n, of, around, here)] = "outlier"
    told[here.hot] = "hot"
    if before is not None and before.of[known].any():
        _emerging(told, here, (n, of), (before.n[known], before.of[known]), around, draws)
    z, p, q = (empty.copy() for _ in range(3))
    for whole, part in ((z, gi_star(here.own, around)), (p, here.p), (q, here.q)):
        whole[known] = np.where(here.judged, part, np.nan)
    kinds[known] = told
    return Verdict(z, p, q, kinds.tolist(), draws, farthest)


def neighbourhoods(points: Array) -> tuple[Index, float]:
    """Each point and then its nearest, (n, NEIGHBOURS + 1); and how far the farthest of all is.
    Of points equally far, to the centimetre, the first one counts."""
    apart = np.round(np.linalg.norm(points[:, None] - points[None], axis=2), 2)
    apart[np.diag_indices(len(points))] = -1.0
    around = np.argsort(apart, axis=1, kind="stable")[:, : NEIGHBOURS + 1]
    farthest = np.take_along_axis(apart, around, axis=1).max()
    return around, float(farthest)


def standardised(n: Array, of: Array) -> Array:
    """Rates of mean 0 and variance 1, whatever they are rates of (Assunção and Reis 1999)."""
    total, exposure = n.sum(), of.sum()
    if not total:
        return np.zeros_like(n)
    mean = total / exposure
    seen = of > 0
    rate = np.divide(n, of, out=np.full_like(n, mean), where=seen)
    spread = (of * (rate - mean) ** 2).sum() / exposure
    between = max(spread - mean / of.mean(), 0.0)
    chance = np.divide(mean, of, out=np.full_like(n, np.inf), where=seen)
    return np.asarray((rate - mean) / np.sqrt(between + chance))


def without_extremes(values: Array) -> Array:
    return np.asarray(np.clip(apart(values), -SPREADS, SPREADS))


def apart(values: Array) -> Array:
    """From the median, in median distances from it (as a standard deviation)."""
    far = values - np.median(values)
    spread = 1.4826 * np.median(np.abs(far)) or values.std() or 1.0
    return np.asarray(far / spread)


def gi_star(values: Array, around: Iterable[Iterable[int]]) -> Array:
    """z of Gi* (Ord and Getis 1995, formula 5): each place and those around it have the weight 1,
    all others 0."""
    if not values.std():
        return np.zeros_like(values)
    # Seconds and a hundred megabytes, which no web process needs.
    from esda.getisord import G_Local
    from libpysal.weights import W

    near = {at: [int(each) for each in row if each != at] for at, row in enumerate(around)}
    with warnings.catch_warnings():
        # That the place itself is weighed like its neighbours is meant.
        warnings.simplefilter("ignore")
        weights = W(near, silence_warnings=True)
        # It divides by the sum of all, which has to be positive; z is the same wherever nought is.
        above = values - values.min() + 1.0
        told = G_Local(above, weights, transform="B", star=True, permutations=0)
    return np.asarray(told.Zs, dtype=np.float64)


def by_chance(values: Array, around: Index, draws: int) -> tuple[Array, Array]:
    """How often a neighbourhood of places drawn at random has a sum as high as each has, and how
    often one as low."""
    drawn = _sums(values, around.shape[1], draws)
    seen = values[around].sum(axis=1)
    # Equal sums may differ in their last bits.
    near = 1e-9 * max(1.0, float(np.abs(values).max()))
    above, below = _as_high(drawn, seen - near), _as_high(-drawn, -seen - near)
    return (above + 1) / (draws + 1), (below + 1) / (draws + 1)


def _as_high(drawn: Array, seen: Array) -> Array:
    """Of each of `seen`, how many drawn are as high. There are hundreds of times as many drawn:
    these are not sorted."""
    order = np.argsort(seen)
    reached = np.bincount(np.searchsorted(seen[order], drawn, side="right"), None, len(seen) + 1)
    told = np.empty(len(seen))
    told[order] = reached[::-1].cumsum()[::-1][1:]
    return told


def _map(n: Array, of: Array, around: Index, draws: int) -> _Map:
    values = without_extremes(standardised(n, of))
    expected = of[around].sum(axis=1) * n.sum() / of.sum()
    judged = expected >= EXPECTED
    above = values[around].mean(axis=1) > values.mean()
    p, q = np.ones(len(n)), np.ones(len(n))
    if judged.any():
        # Which are judged follows from how much was looked, never from what was found there.
        for told, side in zip(by_chance(values, around, draws), (above, ~above), strict=True):
            together = np.ones(len(n))
            together[judged] = _together(told[judged])
            p[side], q[side] = told[side], together[side]
    return _Map(p, q, values, above, judged)


def _part(around: Index, here: _Map) -> Mask:
    part = np.zeros(len(here.own), dtype=bool)
    part[around[here.hot]] = True
    return np.asarray(part & here.judged & (here.own >= CARRIES))


def _together(p: Array) -> Array:
    """q of places that are judged together (Benjamini and Hochberg 1995)."""
    # A second, which no other start needs; so where it is imported below.
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p, method="bh"))


def _sums(values: Array, size: int, draws: int) -> Array:
    """Of `size` different places, so many times."""
    return np.asarray(values[_drawn(len(values), size, draws)].sum(axis=0))


# Of now and before they are the same.
@lru_cache(maxsize=1)
def _drawn(places: int, size: int, draws: int) -> Index:
    """(size, draws), of `places`, none twice in a draw."""
    random = np.random.default_rng(SEED)
    told = []
    left = draws
    while left > 0:
        drawn = np.sort(random.integers(places, size=(min(left, _AT_ONCE), size)), axis=1)
        drawn = drawn[(np.diff(drawn, axis=1) > 0).all(axis=1)].astype(np.int32)
        told.append(drawn)
        left -= len(drawn)
    return np.ascontiguousarray(np.concatenate(told).T)


def _lone(n: Array, of: Array, around: Index, here: _Map) -> Mask:
    """Places worse than their neighbours, which no sum over a neighbourhood tells: by the count
    they would have of all that was found there, if they were like the rest (Przyborowski and
    Wilenski 1940)."""
    theirs_n, theirs_of = n[around[:, 1:]].sum(axis=1), of[around[:, 1:]].sum(axis=1)
    both = n + theirs_n
    from scipy.stats import binom

    p = binom.sf(n - 1, both, of / (of + theirs_of))
    q = _together(p)
    worse = n * theirs_of >= TIMES * theirs_n * of
    return np.asarray(here.judged & ~here.hot & worse & (q <= ALPHA))


def _emerging(
    told: NDArray[np.object_],
    here: _Map,
    now: tuple[Array, Array],
    before: tuple[Array, Array],
    around: Index,
    draws: int,
) -> None:
    then = _map(*before, around, draws)
    spots = np.flatnonzero(here.hot | then.hot)
    if not len(spots):
        return
    n, of, n_then, of_then = (each[around[spots]].sum(axis=1) for each in (*now, *before))
    both, share = n + n_then, of / (of + of_then)
    from scipy.stats import binom

    up, down = binom.sf(n - 1, both, share), binom.cdf(n, both, share)
    changed = _together(np.minimum(2 * np.minimum(up, down), 1.0)) <= ALPHA
    for spot, has_changed, rose in zip(spots, changed, up < down, strict=True):
        if has_changed and not rose and then.hot[spot]:
            told[spot] = "fading"
        elif has_changed and rose and here.hot[spot]:
            told[spot] = "growing" if then.hot[spot] else "new"
