"""Gi* is what is worked out by hand and what was published; what is told of it holds by chance."""

from itertools import combinations

import numpy as np
import pytest
from esda.smoothing import assuncao_rate

from inspections.honest import hotspots
from inspections.honest.hotspots import Counts, by_chance, gi_star, standardised, verdict

SIDE = 12


def grid(side: int = SIDE) -> np.ndarray:
    return np.array([(column, row) for row in range(side) for column in range(side)], float) * 300


def counts(n, of=1.0) -> Counts:
    n = np.asarray(n, float)
    return Counts(n, np.full(len(n), of) if np.isscalar(of) else np.asarray(of, float))


def test_gi_star_is_what_is_worked_out_by_hand():
    # Five places in a row, each with one other. Mean 4; mean of squares 26, so s² = 10.
    # Two weights of 1: expected 2 × 4 = 8, spread √10 × √((5 × 2 − 2²) / (5 − 1)) = √15.
    values = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
    around = [[0, 1], [1, 0], [2, 1], [3, 2], [4, 3]]
    sums = np.array([3, 3, 5, 7, 14])
    np.testing.assert_allclose(gi_star(values, around), (sums - 8) / np.sqrt(15))
    # z is the same wherever nought is and whatever the unit.
    np.testing.assert_allclose(gi_star(values * 7 - 100, around), (sums - 8) / np.sqrt(15))


def test_gi_star_is_what_pysal_published():
    # Six points, those within 15 of each other are neighbours: esda, "G_Local", star, binary.
    values = np.array([2, 3, 3.2, 5, 8, 7])
    around = [[0, 1, 3], [1, 0, 3, 4], [2, 4], [3, 0, 1, 4], [4, 1, 2, 3, 5], [5, 4]]
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    np.testing.assert_allclose(gi_star(values, around), published, rtol=1e-6)


def test_where_all_are_equal_nothing_gathers():
    assert gi_star(np.full(5, 3.0), [[0, 1], [1, 2], [2, 3], [3, 4], [4, 0]]).tolist() == [0.0] * 5


def test_rates_are_brought_to_one_mean_and_variance_as_the_library_does():
    random = np.random.default_rng(6)
    of = random.integers(2, 60, 200).astype(float)
    n = random.poisson(of * random.gamma(3, 0.2, 200)).astype(float)
    np.testing.assert_allclose(standardised(n, of), assuncao_rate(n, of))
    # Unlike there, places never differ by less than chance: the variance is chance's own.
    alike = np.full(200, 7.0)
    assert standardised(alike + (np.arange(200) == 0), np.ones(200))[0] == pytest.approx(
        (8 - 7.005) / np.sqrt(7.005)
    )


def test_p_is_the_share_of_all_draws_that_are_as_far_out():
    values = np.array([0.0, 1.0, 1.0, 2.0, 3.0, 3.0, 5.0, 8.0])
    around = np.array([[0, 1], [1, 2], [3, 4], [6, 7]])
    sums = np.array([values[list(pair)].sum() for pair in combinations(range(8), 2)])
    seen = values[around].sum(axis=1)
    above, below = by_chance(values, around, 200_000)
    np.testing.assert_allclose(above, [np.mean(sums >= one) for one in seen], atol=0.01)
    np.testing.assert_allclose(below, [np.mean(sums <= one) for one in seen], atol=0.01)


def test_a_cluster_is_hot_and_a_lone_bad_estate_is_an_outlier():
    n = np.full(SIDE**2, 8.0)
    n[1::2] += 2
    cluster, lone = [65, 64, 66, 53, 77], 130
    n[cluster], n[lone] = 24, 60
    told = verdict(grid(), counts(n))
    assert told.kind[65] == "hot"
    assert {at for at, kind in enumerate(told.kind) if kind == "hot"} <= set(cluster)
    assert [at for at, kind in enumerate(told.kind) if kind == "outlier"] == [lone]
    assert (told.permutations, told.farthest_m) == (20 * SIDE**2 / 0.05, 600.0)


def test_a_lone_bad_estate_hides_no_cluster_however_bad_it_is():
    n = np.full(SIDE**2, 8.0)
    n[1::2] += 2
    n[[65, 64, 66, 53, 77]], n[130] = 24, 4000
    told = verdict(grid(), counts(n))
    assert (told.kind[65], told.kind[130]) == ("hot", "outlier")


def test_a_lone_bad_estate_makes_no_spot_of_its_neighbours():
    n = np.full(SIDE**2, 8.0)
    n[1::2] += 1
    n[65] = 400
    told = verdict(grid(), counts(n))
    assert [(at, kind) for at, kind in enumerate(told.kind) if kind != "none"] == [(65, "outlier")]


def test_the_same_is_told_again_and_in_any_order():
    random = np.random.default_rng(4)
    n, of = random.poisson(6, SIDE**2), random.integers(1, 9, SIDE**2)
    n[[65, 64, 66, 53, 77]] += 20
    # No two of them equally far from a third.
    points = grid() + random.normal(0, 20, (SIDE**2, 2))
    one, two = (verdict(points, counts(n, of)) for _ in range(2))
    np.testing.assert_array_equal(one.p, two.p)
    order = random.permutation(SIDE**2)
    other = verdict(points[order], counts(n[order], of[order]))
    np.testing.assert_allclose(other.z, one.z[order], rtol=1e-9)
    assert other.kind == [one.kind[at] for at in order]


@pytest.mark.parametrize(
    ("now", "before", "kind"),
    [(24, 8, "new"), (60, 24, "growing"), (24, 24, "hot"), (24, 60, "fading"), (8, 30, "fading")],
)
def test_a_spot_is_new_or_grows_or_fades_as_its_neighbourhood_does(now, before, kind):
    cluster = [65, 64, 66, 53, 77]
    n, then = (np.full(SIDE**2, 8.0) for _ in range(2))
    for each in (n, then):
        each[::3] += 2
    n[cluster], then[cluster] = now, before
    assert verdict(grid(), counts(n), counts(then)).kind[65] == kind


@pytest.mark.parametrize(
    ("shape", "found"), [("cross", 0.9), ("block", 0.88), ("row", 0.5)], ids=lambda each: str(each)
)
def test_most_estates_of_a_cluster_are_told_with_it(shape, found):
    """Five at 2.5 times the rate, of a hundred with some seven findings each. In a row no estate
    has more than three of them around it: of a hundred, that many come together by chance."""
    beside = {
        "cross": [0, -1, 1, -SIDE, SIDE],
        "block": [0, 1, 2, SIDE, SIDE + 1],
        "row": [-1, 0, 1, 2, 3],
    }[shape]
    most, theirs, told = 0, 0, 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        of = random.integers(1, 7, SIDE**2)
        first = random.integers(1, SIDE - 1) * SIDE + random.integers(1, SIDE - 3)
        planted = np.isin(np.arange(SIDE**2), first + np.array(beside))
        n = random.poisson(of * np.where(planted, 5.0, 2.0))
        hot = np.isin(verdict(grid(), counts(n, of)).kind, ["hot", "part"])
        most += (hot & planted).sum() >= 3
        theirs, told = theirs + (hot & planted).sum(), told + hot.sum()
    assert most >= 100 * found
    assert theirs >= told * 0.8


def test_too_little_is_said_to_be_too_little():
    n = np.full(SIDE**2, 2.0)
    n[:40] = 0
    of = np.ones(SIDE**2)
    of[3] = 0
    told = verdict(grid(), counts(n, of))
    assert (told.kind[3], np.isnan(told.p[3])) == ("too_few", True)
    # In all 206 of 143 places: 7 would lie in any five.
    assert told.kind.count("too_few") == 1
    few = verdict(grid(), counts(np.arange(SIDE**2) % 2, of))
    assert set(few.kind) == {"too_few"}
    small = verdict(grid(5), counts(np.full(25, 50.0)))
    assert (set(small.kind), small.permutations) == ({"too_few"}, 0)


def test_there_are_draws_enough_for_the_sharpest_test():
    least = 1 / (hotspots._DRAWS_PER_PLACE * 150 / hotspots.ALPHA + 1)
    assert least < hotspots.ALPHA / 150 / 10
