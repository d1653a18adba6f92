"""Whether a site helped, on counts whose answer is known."""

import numpy as np
import pytest

from planning.reports.effect.ratio import LEAST_ESTATES, Comparison, Counts, compare

STEADY = [Counts(20, 40, 20, 40)] * 30
NOTHING = Comparison("too_little", None, None, None, None, 30, None)


def test_half_as_much_where_elsewhere_nothing_changed_is_half():
    told = compare(Counts(80, 40, 40, 40), STEADY)
    assert (told.verdict, told.factor, told.elsewhere) == (
        "fewer",
        pytest.approx(0.5),
        pytest.approx(1.0),
    )
    assert told.low < 0.5 < told.high < 1
    assert (told.estates, told.dispersion) == (30, 1.0)


def test_looking_twice_as_often_is_not_twice_the_trouble():
    once = compare(Counts(30, 30, 30, 30), STEADY)
    twice = compare(Counts(30, 30, 60, 60), STEADY)
    assert (once.factor, twice.factor) == (pytest.approx(1.0), pytest.approx(1.0))
    assert {once.verdict, twice.verdict} == {"no_clear_change"}


def test_what_fell_everywhere_is_not_the_sites_doing():
    """Half as much here, and half as much everywhere."""
    told = compare(Counts(80, 40, 40, 40), [Counts(40, 40, 20, 40)] * 30)
    assert (told.verdict, told.factor, told.elsewhere) == (
        "no_clear_change",
        pytest.approx(1.0),
        pytest.approx(0.5),
    )


def test_an_estate_with_much_trouble_that_is_looked_at_more_often_is_no_change():
    """Each estate found as much per look as before; only the worst was looked at five times as
    often. Summed up, the rate would have doubled."""
    others = [*[Counts(10, 50, 10, 50)] * 20, *[Counts(100, 20, 500, 100)] * 10]
    before = sum(each.found_before for each in others) / sum(each.looked_before for each in others)
    after = sum(each.found_after for each in others) / sum(each.looked_after for each in others)
    assert after / before > 2
    assert compare(Counts(40, 40, 40, 40), others).elsewhere == pytest.approx(1.0)


def test_more_where_it_is_more():
    told = compare(Counts(20, 40, 80, 40), STEADY)
    assert (told.verdict, told.factor) == ("more", pytest.approx(4.0))


def test_nothing_found_any_more_is_none_and_how_sure_stands_above_it():
    told = compare(Counts(30, 20, 0, 20), STEADY)
    assert (told.verdict, told.factor, told.low) == ("fewer", 0.0, 0.0)
    assert 0 < told.high < 0.3


def test_what_was_never_found_before_has_no_upper_bound():
    told = compare(Counts(0, 20, 30, 20), STEADY)
    assert (told.verdict, told.high) == ("more", None)
    assert told.low > 1


@pytest.mark.parametrize(
    ("place", "others"),
    [
        (Counts(80, 2, 40, 40), STEADY),
        (Counts(80, 40, 40, 2), STEADY),
        (Counts(3, 40, 2, 40), STEADY),
        (Counts(80, 40, 40, 40), [*STEADY[: LEAST_ESTATES - 1], *[Counts(0, 40, 0, 40)] * 23]),
        (Counts(80, 40, 40, 40), [Counts(20, 40, 0, 40)] * 30),
    ],
    ids=["before", "after", "findings", "estates", "elsewhere"],
)
def test_too_little_is_said_to_be_too_little(place, others):
    assert compare(place, others) == NOTHING


def test_an_interval_from_a_halving_to_a_doubling_says_nothing():
    told = compare(Counts(4, 10, 3, 10), STEADY)
    assert (told.verdict, told.low < 0.5, told.high > 2) == ("too_little", True, True)


def test_where_others_go_up_and_down_by_themselves_less_is_sure():
    wild = [Counts(35, 40, 5, 40), Counts(5, 40, 35, 40)] * 15
    calm, unsure = (compare(Counts(60, 40, 35, 40), each) for each in (STEADY, wild))
    assert (calm.verdict, unsure.verdict) == ("fewer", "too_little")
    assert unsure.dispersion > 5 > calm.dispersion
    assert unsure.low < calm.low < calm.high < unsure.high


def test_the_same_counts_give_the_same_answer_in_any_order():
    others = [Counts(n, 20 + n, 2 * n % 17, 30) for n in range(1, 40)]
    place = Counts(30, 25, 18, 31)
    assert compare(place, others) == compare(place, others)
    turned = compare(place, others[::-1])
    assert turned.factor == pytest.approx(compare(place, others).factor)


# What a world is like: how often the site is looked at on each side, how much estates change by
# themselves, and how much findings come in clusters.
WORLDS = {
    "plain": (25, 0.0, 0.0),
    "estates change by themselves": (25, 0.35, 0.0),
    "findings come in clusters": (25, 0.0, 1.0),
    "both": (30, 0.3, 1.0),
}


@pytest.mark.parametrize("factor", [1.0, 0.4])
@pytest.mark.parametrize("world", WORLDS)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(world, factor):
    """300 worlds, from a seed: 95 % of them would be 285, and chance alone gives 277 to 292."""
    looks, shock, cluster = WORLDS[world]
    chance = np.random.default_rng(40)
    held = of = 0
    for _ in range(300):
        told = compare(*_drawn(chance, factor, looks, shock, cluster))
        if told.low is not None:
            of += 1
            held += told.low <= factor <= (told.high or np.inf)
    assert of >= 290
    assert 0.91 <= held / of <= 0.985


def _drawn(chance, factor, looks, shock, cluster) -> tuple[Counts, list[Counts]]:
    """Sixty estates of different trouble; everywhere it fell by a fifth."""

    def found(expected):
        expected = np.maximum(expected, 1e-9)
        if cluster:
            return chance.negative_binomial(expected / cluster, 1 / (1 + cluster))
        return chance.poisson(expected)

    before, after = chance.poisson(12, (2, 60))
    rate = 0.6 * chance.gamma(2, 0.5, 60)
    changed = 0.8 * np.exp(chance.normal(0, shock, 60))
    rows = zip(found(before * rate), before, found(after * rate * changed), after, strict=True)
    here = 0.8 * np.exp(chance.normal(0, shock)) * factor
    place = Counts(int(found(looks * 0.9)), looks, int(found(looks * 0.9 * here)), looks)
    return place, [Counts(*map(int, row)) for row in rows]
