"""Kernel density: how many to the square kilometre, smoothed by a Gaussian of so many metres.

Metres are those of a flat projection. Nothing is approximated by a raster or a transform: at every
node of the grid the value is the sum of the kernels of all points (Silverman 1986, 4.2.1), which
for a Gaussian is a product of two matrices, for it falls apart into east and north.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_M2_OF_A_KM2 = 1e6
# Beyond so many bandwidths lies less than a ten-thousandth of a kernel.
_REACH = 4.5
# Points at a time: what they weigh on all columns and rows is held at once.
_AT_ONCE = 20_000


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
    out = bandwidth_m * _REACH
    west, south = (math.floor((edge - out) / cell_m) for edge in bounds[:2])
    east, north = (math.ceil((edge + out) / cell_m) for edge in bounds[2:])
    return Grid(west * cell_m, north * cell_m, cell_m, east - west, north - south)


def density(
    grid: Grid, points: Array, weights: Array, bandwidth_m: float, spread_m: float = 0.0
) -> Array:
    """Points (n, 2) in metres, each counted `weights` times, to the square kilometre at the nodes
    of the grid, (rows, columns). Summed over the cells it is the sum of the weights.

    `spread_m`: points that stand for others evenly spread over a square of that side around
    them. Those are spread by side²/12 already (Sheppard), which is taken off the kernel's.
    """
    sigma = math.sqrt(bandwidth_m**2 - spread_m**2 / 12)
    told = np.zeros((grid.rows, grid.columns))
    for start in range(0, len(points), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        east = _kernel(grid.eastings, points[some, 0], sigma)
        north = _kernel(grid.northings, points[some, 1], sigma)
        told += (north * weights[some]) @ east.T
    return told * _M2_OF_A_KM2


def _kernel(nodes: Array, at: Array, sigma: float) -> Array:
    apart = (nodes[:, None] - at[None, :]) / sigma
    return np.asarray(np.exp(-0.5 * apart**2) / (sigma * math.sqrt(2 * math.pi)))
