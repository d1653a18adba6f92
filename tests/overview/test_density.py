"""Heat is a kernel density in metres: that of the reference, whatever is drawn of it."""

import numpy as np
import pytest
from sklearn.neighbors import KernelDensity

from inspections.honest.density import density, grid_around

TOWN = (649_000.0, 2_741_000.0)
BANDWIDTH_M, CELL_M, BINS_M = 250.0, 50.0, 70.0


def scattered(n: int, seed: int = 1) -> np.ndarray:
    """Some gather, most do not, and a few stand where hardly any do."""
    random = np.random.default_rng(seed)
    gathered = random.normal((900, 700), 120, (n // 3, 2))
    return np.concatenate([gathered, random.random((n - n // 3, 2)) * 3000]) + TOWN


def bounds(points: np.ndarray) -> tuple[float, float, float, float]:
    return (*points.min(axis=0), *points.max(axis=0))


def reference(grid, points: np.ndarray) -> np.ndarray:
    """Findings to the square kilometre, by scikit-learn."""
    fit = KernelDensity(kernel="gaussian", bandwidth=BANDWIDTH_M).fit(points)
    nodes = np.stack(np.meshgrid(grid.eastings, grid.northings), axis=-1).reshape(-1, 2)
    return np.exp(fit.score_samples(nodes)).reshape(grid.rows, grid.columns) * len(points) * 1e6


@pytest.mark.parametrize("n", [1, 7, 400])
def test_heat_is_the_reference_of_the_same_points(n):
    points = scattered(n + 2)[:n]
    grid = grid_around(bounds(points), BANDWIDTH_M, CELL_M)
    told = density(grid, points, np.ones(n), BANDWIDTH_M)
    np.testing.assert_allclose(told, reference(grid, points), rtol=1e-9)


def test_heat_sums_up_to_the_number_of_findings():
    points, weights = scattered(50), np.arange(50.0)
    grid = grid_around(bounds(points), BANDWIDTH_M, CELL_M)
    told = density(grid, points, weights, BANDWIDTH_M)
    assert told.sum() * (CELL_M / 1000) ** 2 == pytest.approx(weights.sum(), rel=1e-4)


def test_what_is_told_of_cells_is_that_of_their_points_where_it_matters():
    points = scattered(100_000)
    cells, n = np.unique(np.floor(points / BINS_M), axis=0, return_counts=True)
    grid = grid_around(bounds(points), BANDWIDTH_M, CELL_M)
    expected = density(grid, points, np.ones(len(points)), BANDWIDTH_M)
    told = density(grid, (cells + 0.5) * BINS_M, n.astype(float), BANDWIDTH_M, spread_m=BINS_M)
    matters = expected > expected.max() / 20
    off = np.abs(told - expected)[matters] / expected[matters]
    assert off.max() < 0.01


def test_the_grid_has_the_same_lines_whatever_is_asked_for():
    one = grid_around((10.0, 10.0, 20.0, 20.0), BANDWIDTH_M, CELL_M)
    other = grid_around((-333.0, 71.0, 5020.0, 900.0), BANDWIDTH_M, CELL_M)
    shared = np.intersect1d(one.eastings, other.eastings)
    assert len(shared) == one.columns
    assert len(np.intersect1d(one.northings, other.northings)) > 0
    assert (one.east - one.west, one.north - one.south) == (2300.0, 2300.0)
