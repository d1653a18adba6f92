"""Kernel density: how many to the square kilometre, smoothed by a Gaussian of so many metres.

Metres are those of a flat projection. Points are laid on the nodes around them by cubic B-splines,
which keep where they lie and how far apart up to the third moment, and spread all alike by a known
variance (Hockney and Eastwood 1988, 5-3; Silverman 1986, 3.5). What the kernel lacks of its own is
then made up along rows and columns, into which a Gaussian falls apart. With nodes a fifth of the
bandwidth apart this is the sum of the kernels of all points to a ten-thousandth, out to where it is
a hundredth of its peak. Its cost hardly depends on how many they are.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_M2_OF_A_KM2 = 1e6
# Beyond so many bandwidths lies less than a millionth of a kernel: it ends there.
_REACH = 5.0
# A point is laid on so many nodes to each side.
_LAID = 2


@dataclass(frozen=True, slots=True)
class Grid:
    """Nodes in the middle of square cells; `west` and `north` are its outer edges. Row 0 is the
    northernmost."""

    west: float
    north: float
    cell_m: float
    columns: int
    rows: int

    @property
    def east(self) -> float:
        return self.west + self.columns * self.cell_m

    @property
    def south(self) -> float:
        return self.north - self.rows * self.cell_m

    @property
    def eastings(self) -> Array:
        return self.west + (np.arange(self.columns, dtype=np.float64) + 0.5) * self.cell_m

    @property
    def northings(self) -> Array:
        return self.north - (np.arange(self.rows, dtype=np.float64) + 0.5) * self.cell_m


def grid_around(
    bounds: tuple[float, float, float, float], bandwidth_m: float, cell_m: float
) -> Grid:
    """So far around these bounds (west, south, east, north) that nothing of a kernel is cut off.
    Its lines are the same whatever the bounds: whole multiples of `cell_m`."""
    out = _reach(bandwidth_m, cell_m) + _LAID
    west, south = (math.floor(edge / cell_m) - out for edge in bounds[:2])
    east, north = (math.ceil(edge / cell_m) + out for edge in bounds[2:])
    return Grid(west * cell_m, north * cell_m, cell_m, east - west, north - south)


def density(
    grid: Grid,
    points: Array,
    weights: Array,
    bandwidth_m: float,
    spread_m2: Array | None = None,
) -> Array:
    """Points (n, 2) in metres, each counted `weights` times, to the square kilometre at the nodes
    of the grid, (rows, columns). Summed over the cells it is the sum of the weights. All points are
    within the bounds that the grid was made around.

    `spread_m2`: the variances east and north and the covariance (n, 3) of many around their middle,
    which a point stands for.
    """
    # Nobody else waits until it is loaded.
    from scipy.ndimage import convolve1d

    if spread_m2 is not None:
        points, weights = _spread(points, weights, spread_m2)
    laid = _laid(grid, points, weights)
    # Of the cubic B-spline: that of four boxes.
    sigma = math.sqrt(bandwidth_m**2 - grid.cell_m**2 / 3)
    reach = _reach(bandwidth_m, grid.cell_m)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * grid.cell_m / sigma) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        laid = convolve1d(laid, kernel, axis=axis, mode="constant")
    return np.asarray(laid * (_M2_OF_A_KM2 / grid.cell_m**2))


def _spread(points: Array, weights: Array, spread_m2: Array) -> tuple[Array, Array]:
    """Four for each, on the axes of its ellipse, with the same middle and the same spread: what is
    left out of many is their third moment."""
    east, north, both = spread_m2.T
    half, rest = (east + north) / 2, np.hypot((east - north) / 2, both)
    turned = np.arctan2(both, (east - north) / 2) / 2
    told = []
    for variance, along in ((half + rest, turned), (half - rest, turned + math.pi / 2)):
        out = np.sqrt(2 * np.maximum(variance, 0.0))
        apart = np.stack([out * np.cos(along), out * np.sin(along)], axis=1)
        told += [points + apart, points - apart]
    return np.concatenate(told), np.tile(weights / 4, 4)


def _reach(bandwidth_m: float, cell_m: float) -> int:
    return math.ceil(bandwidth_m * _REACH / cell_m)


def _laid(grid: Grid, points: Array, weights: Array) -> Array:
    column, east = _parts((points[:, 0] - grid.west) / grid.cell_m - 0.5)
    row, south = _parts((grid.north - points[:, 1]) / grid.cell_m - 0.5)
    laid = np.zeros(grid.rows * grid.columns)
    for down, of_row in enumerate(south):
        first = (row + down) * grid.columns + column
        weighed = weights * of_row
        for along, of_column in enumerate(east):
            laid += np.bincount(first + along, weighed * of_column, len(laid))
    return laid.reshape(grid.rows, grid.columns)


def _parts(at: Array) -> tuple[NDArray[np.int64], list[Array]]:
    """The first of the four nodes around each, and what of it each of them has."""
    before = np.floor(at)
    f = at - before
    parts = [
        (1 - f) ** 3 / 6,
        (3 * f**3 - 6 * f**2 + 4) / 6,
        (-3 * f**3 + 3 * f**2 + 3 * f + 1) / 6,
        f**3 / 6,
    ]
    return before.astype(np.int64) - 1, parts
