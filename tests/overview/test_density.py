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
    told, expected = density(grid, points, np.ones(n), BANDWIDTH_M), reference(grid, points)
    matters = expected > expected.max() / 100
    np.testing.assert_allclose(told[matters], expected[matters], rtol=2e-4)
    # Nowhere is it off by more than that of the peak.
    np.testing.assert_allclose(told, expected, rtol=0, atol=expected.max() * 2e-4)


def test_heat_sums_up_to_the_number_of_findings():
    points, weights = scattered(50), np.arange(50.0)
    grid = grid_around(bounds(points), BANDWIDTH_M, CELL_M)
    told = density(grid, points, weights, BANDWIDTH_M)
    assert told.sum() * (CELL_M / 1000) ** 2 == pytest.approx(weights.sum(), rel=1e-12)


LAYOUTS = ("even", "estates", "assets", "one_spot")


def laid(layout: str, seed: int, n: int = 15_000) -> np.ndarray:
    """Findings of a town of 40 estates, some of which have many more: all over it, all over the
    estates, at two dozen assets in each, or all of an estate at one spot."""
    random = np.random.default_rng(seed)
    if layout == "even":
        return random.random((n, 2)) * 2500 + TOWN
    estates = np.array([(column, row) for column in range(8) for row in range(5)]) * (330, 410)
    of = random.choice(40, n, p=random.dirichlet(np.full(40, 0.7)))
    spots = {"estates": n, "assets": 24, "one_spot": 1}[layout]
    if layout == "estates":
        within = random.random((n, 2)) * (200, 220)
    else:
        middles = random.random((40, spots, 2)) * (200, 220)
        share = random.dirichlet(np.full(spots, 0.5), 40).cumsum(axis=1)
        which = (random.random(n)[:, None] > share[of]).sum(axis=1).clip(0, spots - 1)
        within = middles[of, which] + random.normal(0, 2, (n, 2))
    return estates[of] + within + TOWN


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_told_of_cells_is_that_of_their_findings(layout, seed):
    points = laid(layout, seed)
    cell, of = np.unique(np.floor(points / BINS_M) @ (1e6, 1.0), return_inverse=True)
    n = np.bincount(of)
    middles = np.stack([np.bincount(of, each) / n for each in points.T], axis=1)
    east, north = (points - middles[of]).T
    around = [np.bincount(of, each) / n for each in (east**2, north**2, east * north)]
    grid = grid_around((*points.min(axis=0) - 70, *points.max(axis=0) + 70), BANDWIDTH_M, CELL_M)
    told = density(grid, middles, n.astype(float), BANDWIDTH_M, np.stack(around, axis=1))
    expected = summed_one_by_one(grid, points)
    for share, off in ((10, 0.002), (100, 0.005)):
        matters = expected > expected.max() / share
        np.testing.assert_allclose(told[matters], expected[matters], rtol=off)
    assert len(cell) < 1600


def summed_one_by_one(grid, points: np.ndarray) -> np.ndarray:
    """The sum of the kernels of all points at every node, by its definition."""
    east, north = (
        np.exp(-0.5 * ((nodes[:, None] - at[None]) / BANDWIDTH_M) ** 2)
        for nodes, at in ((grid.eastings, points[:, 0]), (grid.northings, points[:, 1]))
    )
    return (north @ east.T) * 1e6 / (2 * np.pi * BANDWIDTH_M**2)


def test_the_grid_has_the_same_lines_whatever_is_asked_for():
    one = grid_around((10.0, 10.0, 20.0, 20.0), BANDWIDTH_M, CELL_M)
    other = grid_around((-333.0, 71.0, 5020.0, 900.0), BANDWIDTH_M, CELL_M)
    shared = np.intersect1d(one.eastings, other.eastings)
    assert len(shared) == one.columns
    assert len(np.intersect1d(one.northings, other.northings)) > 0
    assert (one.east - one.west, one.north - one.south) == (2750.0, 2750.0)
