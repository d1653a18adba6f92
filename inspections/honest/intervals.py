"""How sure a count is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

_BEYOND = 0.025  # on either side of 95 %

Numbers = Sequence[float] | NDArray[np.float64]


def poisson(n: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The exact 95 % interval of the mean of a Poisson count, low and high, for each of `n`
    (Garwood 1936; as chi-squared quantiles, which are those of the gamma distribution).

    No count is below nought; of a count of nought, low is 0.
    """
    counts = np.asarray(n, dtype=np.float64)
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), _BEYOND), 0.0)
    high = gammaincinv(counts + 1, 1 - _BEYOND)
    return low, high


def binomial(n: Numbers, of: Numbers) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The exact 95 % interval of a share, low and high, for each `n` of `of` (Clopper and Pearson
    1934; as quantiles of the beta distribution). 0 to 1 where there is nothing."""
    hits, all_ = np.asarray(n, dtype=np.float64), np.asarray(of, dtype=np.float64)
    misses = all_ - hits
    low = np.where(hits > 0, betaincinv(np.maximum(hits, 1), misses + 1, _BEYOND), 0.0)
    high = np.where(misses > 0, betaincinv(hits + 1, np.maximum(misses, 1), 1 - _BEYOND), 1.0)
    return low, high
