"""By what factor something changed in one place, beyond how it changed elsewhere.

Plain Python on counts. A rate is findings per inspection, so that looking more often is not more
trouble. The factor is a ratio of ratios: the rate after by the rate before at the place, divided
by the same elsewhere.

How it is reckoned:

- Elsewhere: conditional Poisson regression with an effect for every estate (each estate's findings
  split between before and after in proportion to its own inspections), so that an estate with much
  trouble that is looked at more often later does not look like a change. Its variance is robust,
  by estate.
- The place: given how many findings there were in all, how many of them came after is binomial;
  its interval is Jeffreys's (Brown, Cai and DasGupta 2001).
- Findings come in clusters, and estates change for reasons of their own: counts vary more than by
  chance, the first by the same factor whatever the count, the second by more the larger it is.
  Both are read from how the other estates vary (Pearson's squared residuals as a line over the
  counts: quasi-Poisson and Williams's extra-binomial variation of 1982 at once), and the place's
  counts are divided by that, as effective counts.
- Both are put together by drawing from them, from a fixed seed: the same counts give the same
  answer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Verdict = Literal["fewer", "more", "no_clear_change", "too_little"]

SURE = 0.95
# With less than this, nothing that came out could be told from chance.
LEAST_INSPECTIONS, LEAST_FINDINGS, LEAST_ESTATES = 3, 6, 8
# An interval that holds both a halving and a doubling says nothing.
HALVED, DOUBLED = 0.5, 2.0
_DRAWS = 20_000
_ROUNDS = 60
_SEED = 278
# Of a logarithm: a factor of three hundred million.
_FARTHEST = 20.0
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings and inspections, before and after."""

    found_before: int
    looked_before: int
    found_after: int
    looked_after: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`factor`: 1 is no change beyond that elsewhere, 0.5 half as much trouble; `low` and `high`
    are the ends of the 95 % interval around it, `high` None where nothing bounds it above.
    `elsewhere`: by what factor the rate of the others changed. `estates`: how many of them were
    looked at both before and after. `dispersion`: how many times as much as chance alone the
    counts vary, at least 1. Where there is too little to reckon with, all of them are None.
    """

    verdict: Verdict
    factor: float | None
    low: float | None
    high: float | None
    elsewhere: float | None
    estates: int
    dispersion: float | None


def compare(place: Counts, others: Sequence[Counts]) -> Comparison:
    """`others`: a row an estate that had no new site in the same days."""
    both = [each for each in others if each.looked_before and each.looked_after]
    told = [each for each in both if each.found_before + each.found_after]
    total = place.found_before + place.found_after
    enough = (
        min(place.looked_before, place.looked_after) >= LEAST_INSPECTIONS
        and total >= LEAST_FINDINGS
        and len(told) >= LEAST_ESTATES
        and any(each.found_before for each in told)
        and any(each.found_after for each in told)
    )
    if not enough:
        return Comparison("too_little", None, None, None, None, len(both), None)
    elsewhere = _elsewhere(told)
    dispersion = elsewhere.dispersion(total)
    drawn = _drawn(place, elsewhere, dispersion)
    low, middle, high = np.exp(np.quantile(drawn, ((1 - SURE) / 2, 0.5, (1 + SURE) / 2))).tolist()
    factor = middle
    if place.found_before:
        before = place.found_before / place.looked_before
        factor = place.found_after / place.looked_after / before / np.exp(elsewhere.log_factor)
    # Where nothing was found on one side, the interval goes on to that end.
    low = low if place.found_after else 0.0
    high = high if place.found_before else math.inf
    return Comparison(
        verdict=_verdict(low, high),
        factor=float(factor),
        low=low,
        high=None if high == math.inf else high,
        elsewhere=float(np.exp(elsewhere.log_factor)),
        estates=len(both),
        dispersion=float(dispersion),
    )


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """`clustered`: how much more than by chance every count varies; `restless`: how much more with
    every further finding."""

    log_factor: float
    error: float
    clustered: float
    restless: float

    def dispersion(self, total: float) -> float:
        return max(1.0, self.clustered + self.restless * (total - 1))


def _elsewhere(told: Sequence[Counts]) -> _Elsewhere:
    after = np.array([each.found_after for each in told], float)
    total = np.array([each.found_before + each.found_after for each in told], float)
    looked = np.array([each.looked_after / each.looked_before for each in told])

    def expected(log_factor: float) -> Numbers:
        """Of each estate's findings, the share that would come after."""
        times: Numbers = looked * np.exp(log_factor)
        return times / (1 + times)

    # What comes after grows with the factor, so the one at which it fits is between two others.
    low, high = -_FARTHEST, _FARTHEST
    for _round in range(_ROUNDS):
        middle = (low + high) / 2
        if (total * expected(middle)).sum() < after.sum():
            low = middle
        else:
            high = middle
    log_factor = (low + high) / 2
    share = expected(log_factor)
    spread = total * share * (1 - share)
    off = (after - total * share) ** 2
    # The factor was fitted to the same counts.
    off *= len(told) / (len(told) - 1)
    residual, larger = off / spread, total - 1
    across = ((larger - larger.mean()) ** 2).sum()
    slope = ((larger - larger.mean()) * residual).sum() / across if across else 0.0
    restless = float(min(max(slope, 0.0), 1.0))
    return _Elsewhere(
        log_factor=log_factor,
        error=float(np.sqrt(off.sum()) / spread.sum()),
        clustered=max(1.0, float((residual - restless * larger).mean())),
        restless=restless,
    )


def _drawn(place: Counts, elsewhere: _Elsewhere, dispersion: float) -> Numbers:
    """Logarithms of the factor, as likely as they are."""
    chance = np.random.Generator(np.random.PCG64(_SEED))
    share = chance.beta(
        place.found_after / dispersion + 0.5, place.found_before / dispersion + 0.5, _DRAWS
    ).clip(_TINY, 1 - _TINY)
    here = np.log(share / (1 - share)) - np.log(place.looked_after / place.looked_before)
    drawn: Numbers = here - elsewhere.log_factor
    return drawn - elsewhere.error * chance.standard_normal(_DRAWS)


def _verdict(low: float, high: float) -> Verdict:
    if high < 1:
        return "fewer"
    if low > 1:
        return "more"
    return "too_little" if low < HALVED and high > DOUBLED else "no_clear_change"
