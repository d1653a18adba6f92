"""Where not all can be served: the cause is named, and giving way in just that is enough."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.selection import Model, Status, Terms, solve
from planning.selection.curve import curve
from planning.selection.relax import Change, Way, applied, blocked, ways
from tests.planning.instances import scattered, told

LINE = [[0, None, None], [None, 0, None], [None, None, 0]]
APART = [[0, 100, 200], [100, 0, 100], [200, 100, 0]]


def changes(instance, terms):
    return {
        way.changes[0].kind: way.changes[0]
        for way in ways(instance, terms)
        if len(way.changes) == 1
    }


def holds(instance, terms, way):
    there, then = applied(instance, terms, way)
    return solve(there, replace(then, model=Model.LSCP)).status is Status.OPTIMAL


def test_too_few_sites_are_named_with_how_many_it_takes():
    instance, terms = told([1, 1, 1], LINE), Terms(Model.LSCP, number=2, radius=0.0)
    assert solve(instance, terms).status is Status.INFEASIBLE
    assert ways(instance, terms) == [Way((Change("number", 3, 1),), True)]
    assert holds(instance, terms, ways(instance, terms)[0])


def test_each_limit_is_named_that_alone_would_do():
    instance = told([1, 1, 1], APART, price=[30.0, 30.0, 30.0])
    terms = Terms(Model.LSCP, budget=60.0, radius=50.0)
    found = changes(instance, terms)
    assert found == {
        "budget": Change("budget", 90.0, 30.0),
        "radius": Change("radius", 100.0, 50.0),
    }
    assert all(holds(instance, terms, Way((each,), True)) for each in found.values())


def test_missing_ports_are_named_by_site():
    instance = told([8, 6], [[10], [20]], capacity=[10.0])
    terms = Terms(Model.LSCP, radius=50.0, capacitated=True)
    assert changes(instance, terms) == {"ports": Change("ports", 4.0, 4.0, ("s1",), (4.0,))}
    assert holds(instance, terms, ways(instance, terms)[0])


def test_ports_are_added_whole_and_no_more_of_them_than_it_takes():
    # Seven more than ten: three at one and four at the other, by threes.
    instance = told([8, 9], [[10, None], [20, 10]], capacity=[5.0, 5.0])
    terms = Terms(Model.LSCP, radius=50.0, capacitated=True, port=3.0)
    assert changes(instance, terms)["ports"].amount == 9.0
    assert holds(instance, terms, ways(instance, terms)[0])


def test_an_estate_that_needs_two_is_named():
    instance = told([1, 1, 1], LINE, group=[7, 7, 8])
    terms = Terms(Model.LSCP, radius=0.0, one_per_group=True)
    assert changes(instance, terms)["estates"] == Change("estates", 1.0, 1.0, ("7",))
    assert holds(instance, terms, ways(instance, terms)[0])


def test_the_widest_spacing_that_would_do_is_named():
    instance = told([1, 1, 1], LINE, at=[[0, 0], [40, 0], [90, 0]])
    terms = Terms(Model.LSCP, radius=0.0, spacing=60.0)
    assert changes(instance, terms)["spacing"] == Change("spacing", 40.0, 20.0)
    assert holds(instance, terms, ways(instance, terms)[0])


def test_the_rule_and_the_wishes_that_stand_in_the_way_are_named():
    instance = told([1, 1, 1], LINE, barred=("R01", "", ""))
    ruled = Terms(Model.LSCP, radius=0.0)
    assert changes(instance, ruled) == {"rules": Change("rules", 1, 1, ("s1",))}
    wished = Terms(Model.LSCP, radius=0.0, forbidden=frozenset({"s2"}))
    free = replace(instance, barred=("", "", ""))
    assert changes(free, wished) == {"forbidden": Change("forbidden", 1, 1, ("s2",))}
    assert holds(instance, ruled, ways(instance, ruled)[0])
    assert holds(free, wished, ways(free, wished)[0])


def test_a_forced_site_that_takes_the_place_of_a_needed_one_is_named():
    instance = told([1, 1], [[0, 100, None], [100, 0, None]])
    terms = Terms(Model.LSCP, number=2, radius=50.0, forced=frozenset({"s3"}))
    assert changes(instance, terms) == {
        "number": Change("number", 3, 1),
        "radius": Change("radius", 100.0, 50.0),
        "forced": Change("forced", 1, 1, ("s3",)),
    }


def test_where_one_change_is_not_enough_several_are_named_that_are():
    instance = told([1, 1], [[0, None], [None, 0]], barred=("R01", ""))
    terms = Terms(Model.LSCP, number=1, radius=50.0)
    (way,) = ways(instance, terms)
    assert {each.kind for each in way.changes} == {"number", "rules"}
    assert holds(instance, terms, way)


def test_nothing_is_asked_where_all_can_be_served():
    assert ways(told([1, 1, 1], LINE), Terms(Model.LSCP, number=3, radius=0.0)) == []


@given(
    seed=st.integers(0, 10**6),
    number=st.integers(1, 3),
    radius=st.sampled_from([100.0, 200.0]),
    capacitated=st.booleans(),
    one_per_group=st.booleans(),
    spacing=st.sampled_from([0.0, 300.0]),
    forbidden=st.integers(0, 3),
)
@settings(deadline=None, max_examples=25)
def test_whatever_is_named_is_enough(
    seed, number, radius, capacitated, one_per_group, spacing, forbidden
):
    instance = scattered(6, 5, seed)
    terms = Terms(
        Model.LSCP,
        number=number,
        radius=radius,
        budget=10.0,
        capacitated=capacitated,
        one_per_group=one_per_group,
        spacing=spacing,
        forbidden=frozenset(instance.sites[:forbidden]),
    )
    possible = solve(instance, terms).status is Status.OPTIMAL
    found = ways(instance, terms)
    assert bool(found) is not possible
    for way in found:
        assert holds(instance, terms, way), way


def test_who_is_not_served_is_told_by_estate_with_why():
    costs = [
        [0, None, None, None],
        [None, 0, None, None],
        [None, None, None, 400],
        [None, None, 10, None],
    ]
    instance = told([10, 6, 5, 4], costs, barred=("", "", "R01 R05", ""), home=[1, 2, 3, 4])
    terms = Terms(Model.MCLP, number=1, radius=50.0)
    told_of = [
        (each.home, each.why, each.demand, each.nearest, each.rules)
        for each in blocked(instance, terms, solve(instance, terms))
    ]
    assert told_of == [
        (2, "number", 6.0, None, ()),
        (3, "out_of_reach", 5.0, 400.0, ()),
        (4, "rules", 4.0, None, ("R01", "R05")),
    ]


def test_the_curve_ends_where_a_further_site_covers_no_more():
    instance = told([10, 6, 3], LINE)
    terms = Terms(Model.MCLP, number=1, radius=0.0)
    assert [(at.number, at.objective, at.sites) for at in curve(instance, terms, 9)] == [
        (1, 10.0, ("s1",)),
        (2, 16.0, ("s1", "s2")),
        (3, 19.0, ("s1", "s2", "s3")),
    ]
    assert [at.share for at in curve(instance, terms, 1)] == [pytest.approx(10 / 19)]
