"""The best sites: known from the literature, by trying all, and by another solver."""

from dataclasses import replace

import numpy as np
import pulp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spopt import locate

from planning.selection import Model, Status, Stopped, Terms, solve
from tests.planning.instances import best, pmed, queens, scattered, shuffled, told, triples


def test_the_first_median_instance_of_the_or_library():
    instance, p = pmed("pmed1")
    outcome = solve(instance, Terms(Model.PMEDIAN, number=p, exactly=True))
    # As its file of best values says.
    assert (outcome.status, outcome.objective, outcome.gap) == (Status.OPTIMAL, 5819.0, 0.0)
    assert len(outcome.sites) == 5


@pytest.mark.parametrize(("power", "least"), [(2, 5), (3, 18)])
def test_the_steiner_triples_are_covered_by_as_few_as_published(power, least):
    outcome = solve(triples(power), Terms(Model.LSCP, radius=0.0))
    assert (outcome.status, outcome.objective) == (Status.OPTIMAL, float(least))


def test_five_queens_command_the_chessboard():
    """De Jaenisch 1862: five, and no four."""
    board = queens(8)
    assert solve(board, Terms(Model.LSCP, radius=0.0)).objective == 5.0
    five = solve(board, Terms(Model.MCLP, number=5, radius=0.0, exactly=True))
    four = solve(board, Terms(Model.MCLP, number=4, radius=0.0, exactly=True))
    assert (five.objective, four.status) == (64.0, Status.OPTIMAL)
    assert four.objective < 64


@given(
    seed=st.integers(0, 10**6),
    demand=st.integers(1, 12),
    sites=st.integers(1, 8),
    model=st.sampled_from(Model),
    number=st.integers(1, 4),
    radius=st.sampled_from([150.0, 300.0, 500.0]),
    budget=st.sampled_from([None, 8.0, 15.0]),
    one_per_group=st.booleans(),
    spacing=st.sampled_from([0.0, 200.0]),
    by_price=st.booleans(),
    forced=st.integers(0, 1),
    forbidden=st.integers(0, 1),
)
@settings(deadline=None, max_examples=60)
def test_no_other_choice_is_better_nor_as_good_and_before_it(
    seed,
    demand,
    sites,
    model,
    number,
    radius,
    budget,
    one_per_group,
    spacing,
    by_price,
    forced,
    forbidden,
):
    instance = scattered(demand, sites, seed)
    terms = Terms(
        model,
        number=None if model is Model.LSCP else number,
        radius=None if model is Model.PMEDIAN else radius,
        budget=budget,
        one_per_group=one_per_group,
        spacing=spacing,
        by_price=by_price and model is Model.LSCP,
        forced=frozenset(instance.sites[:forced]),
        forbidden=frozenset(instance.sites[sites - forbidden :]) - {instance.sites[0]},
    )
    known, outcome = best(instance, terms), solve(instance, terms)
    if known is None:
        assert outcome.status is Status.INFEASIBLE
        return
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(known[0], abs=1e-4)
    assert (outcome.sites, outcome.first) == (known[1], True)


@pytest.mark.parametrize("model", list(Model))
def test_rows_in_another_order_give_the_same_sites(model):
    # Many equals: nine places for each of a few kinds of reach.
    board = queens(6)
    board = replace(board, cost=np.round(board.cost, 2))
    radius = None if model is Model.PMEDIAN else 0.0
    if model is Model.PMEDIAN:
        board = scattered(30, 12, 5)
        board = replace(board, cost=np.round(board.cost, -2))
    terms = Terms(model, number=None if model is Model.LSCP else 2, radius=radius)
    told_first = solve(board, terms)
    assert told_first.status is Status.OPTIMAL
    for seed in range(4):
        other = shuffled(board, seed)
        again = solve(other, terms)
        assert (again.sites, again.objective, other.version) == (
            told_first.sites,
            told_first.objective,
            board.version,
        )


def test_a_site_serves_no_more_than_it_can():
    # Both reach the one site, which has room for ten of sixteen.
    instance = told([8, 8], [[10], [20]], capacity=[10.0])
    outcome = solve(instance, Terms(Model.MCLP, number=1, radius=50.0, capacitated=True))
    assert (outcome.objective, outcome.served.tolist()) == (10.0, [8.0, 2.0])


def test_capacity_changes_which_sites_are_best():
    # In the middle one reaches all; with room for a third of them it is no longer the best.
    costs = [[0, 30, None], [30, 30, None], [None, 30, 0]]
    instance = told([10, 10, 10], costs, capacity=[20.0, 10.0, 10.0])
    free = solve(instance, Terms(Model.MCLP, number=1, radius=30.0))
    held = solve(instance, Terms(Model.MCLP, number=1, radius=30.0, capacitated=True))
    assert (free.sites, free.objective) == (("s2",), 30.0)
    assert (held.sites, held.objective) == (("s1",), 20.0)


def test_the_median_shares_a_crowd_where_the_nearest_is_full():
    instance = told([6, 6], [[0, 100], [0, 100]], capacity=[6.0, 6.0])
    outcome = solve(instance, Terms(Model.PMEDIAN, number=2, capacitated=True))
    assert (outcome.status, outcome.objective) == (Status.OPTIMAL, 600.0)


def test_all_are_served_by_as_many_ports_as_they_need():
    instance = told([6, 6], [[0, 0], [0, 0]], capacity=[6.0, 6.0])
    assert solve(instance, Terms(Model.LSCP, radius=10.0)).sites == ("s1",)
    held = solve(instance, Terms(Model.LSCP, radius=10.0, capacitated=True))
    assert held.sites == ("s1", "s2")


LINE = [[0, None, None], [None, 0, None], [None, None, 0]]


def test_a_budget_buys_the_two_cheap_ones_rather_than_the_dear_one():
    instance = told([10, 6, 6], LINE, price=[50.0, 20.0, 20.0])
    outcome = solve(instance, Terms(Model.MCLP, budget=50.0, radius=0.0))
    assert (outcome.sites, outcome.objective) == (("s2", "s3"), 12.0)


def test_a_forced_site_is_in_and_a_forbidden_one_out():
    instance = told([10, 6, 3], LINE)
    forced = Terms(Model.MCLP, number=2, radius=0.0, forced=frozenset({"s3"}))
    assert solve(instance, forced).sites == ("s1", "s3")
    forbidden = Terms(Model.MCLP, number=2, radius=0.0, forbidden=frozenset({"s1"}))
    assert solve(instance, forbidden).sites == ("s2", "s3")


def test_what_stands_already_serves_and_is_not_counted():
    instance = told([10, 6, 3], LINE, standing=[True, False, False], price=[9.0, 1.0, 1.0])
    outcome = solve(instance, Terms(Model.MCLP, number=1, radius=0.0, budget=1.0))
    assert (outcome.sites, outcome.objective) == (("s2",), 16.0)


def test_what_a_rule_excludes_is_not_chosen():
    instance = told([10, 6, 3], LINE, barred=("R01", "", ""))
    assert solve(instance, Terms(Model.MCLP, number=1, radius=0.0)).sites == ("s2",)
    admitted = Terms(Model.MCLP, number=1, radius=0.0, admitted=frozenset({"s1"}))
    assert solve(instance, admitted).sites == ("s1",)


def test_an_estate_gets_one_and_neighbours_keep_apart():
    instance = told([10, 6, 3], LINE, group=[1, 1, 2], at=[[0, 0], [500, 0], [40, 0]])
    one_each = Terms(Model.MCLP, number=2, radius=0.0, one_per_group=True)
    assert solve(instance, one_each).sites == ("s1", "s3")
    apart = Terms(Model.MCLP, number=2, radius=0.0, spacing=41.0)
    assert solve(instance, apart).sites == ("s1", "s2")


def test_no_site_more_than_helps():
    instance = told([10, 6], [[0, 0], [0, 0]])
    assert solve(instance, Terms(Model.MCLP, number=2, radius=0.0)).sites == ("s1",)
    exactly = Terms(Model.MCLP, number=2, radius=0.0, exactly=True)
    assert solve(instance, exactly).sites == ("s1", "s2")


def test_whoever_watches_sees_how_far_it_is_and_may_stop_it():
    instance, p = pmed("pmed1")
    seen = []
    with pytest.raises(Stopped):
        solve(
            instance,
            Terms(Model.PMEDIAN, number=p),
            lambda progress: seen.append(progress) or False,
        )
    assert len(seen) == 1
    assert seen[0].bound <= 5819.0 <= seen[0].objective


def test_an_unknown_site_is_named():
    with pytest.raises(ValueError, match="forced: no such site: s9"):
        solve(told([1], [[0]]), Terms(Model.MCLP, number=1, forced=frozenset({"s9"})))


@pytest.mark.parametrize("model", list(Model))
def test_the_common_library_agrees_on_middle_ones(model):
    instance = scattered(80, 40, 11)
    costs = np.full((80, 40), np.inf)
    costs[instance.rows, instance.cols] = instance.cost
    quiet = pulp.PULP_CBC_CMD(msg=False)
    if model is Model.PMEDIAN:
        theirs = locate.PMedian.from_cost_matrix(costs, instance.weight, p_facilities=4)
        terms = Terms(model, number=4, exactly=True)
    elif model is Model.MCLP:
        theirs = locate.MCLP.from_cost_matrix(costs, instance.weight, 150.0, p_facilities=4)
        terms = Terms(model, number=4, radius=150.0, exactly=True)
    else:
        theirs = locate.LSCP.from_cost_matrix(costs, 300.0)
        terms = Terms(model, radius=300.0)
    value = pulp.value(theirs.solve(quiet).problem.objective)
    outcome = solve(instance, terms)
    assert outcome.status is Status.OPTIMAL
    assert outcome.objective == pytest.approx(value, rel=1e-9)
