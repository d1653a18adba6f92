"""From what is asked to an answer, with proof where there was time for it."""

from dataclasses import dataclass, replace

import numpy as np

from planning.selection import build, clash, serve, ties
from planning.selection.bound import tighten
from planning.selection.highs import Clock, Found, optimise, relative_gap
from planning.selection.instance import Bools, Floats, Instance, Ints, Model, Terms
from planning.selection.outcome import Outcome, Status, Watch
from planning.selection.presolve import merge_rows, needless_rows, undominated
from planning.selection.reach import Reach
from planning.selection.search import Limits, extend

_GRAINS = (1.0, 0.1, 0.01, 1e-3, 1e-4)


def solve(instance: Instance, terms: Terms, watch: Watch | None = None) -> Outcome:
    """The best sites. Raises Stopped where `watch` answers no; ValueError for unknown ids.

    Optimal means proven. Then the same data and terms give the same sites, in whatever order the
    data came, if `first` says that the choice among equals is proven as well.
    """
    known = set(instance.sites)
    for name, ids in (("forced", terms.forced), ("forbidden", terms.forbidden)):
        if not ids <= known:
            raise ValueError(f"{name}: no such site: {', '.join(sorted(ids - known))}")
    clock = Clock(terms.seconds, watch)
    mine = instance.within(terms.radius).sorted()
    if not _consistent(mine, terms):
        return Outcome(Status.INFEASIBLE, None, None, None, clock.spent)
    if terms.capacitated or terms.model is Model.LSCP:
        return _directly(mine, terms, clock)
    return _reduced(mine, terms, clock)


def _consistent(instance: Instance, terms: Terms) -> bool:
    """Whether the forced sites alone keep to the terms."""
    must = np.flatnonzero(build.forced(instance, terms) & ~instance.standing)
    if not build.allowed(instance, terms)[must].all():
        return False
    if terms.number is not None and len(must) > terms.number:
        return False
    if terms.budget is not None and instance.price[must].sum() > terms.budget + 1e-9:
        return False
    given = np.flatnonzero(build.forced(instance, terms) | instance.standing)
    return not clash.matrix(instance, terms)[given][:, given].nnz


def _grain(values: Floats) -> float:
    """Sums of these values differ by at least so much, or not at all; 0 where nothing is known."""
    for each in _GRAINS:
        whole = values / each
        if np.allclose(whole, np.round(whole), rtol=0, atol=1e-7):
            return each
    return 0.0


def _reduced(instance: Instance, terms: Terms, clock: Clock) -> Outcome:
    """Without capacities: what stands or is forced lowers what is left to gain, a bound rules out
    most other sites, and the solver proves the rest."""
    n = len(instance.demand)
    must = build.forced(instance, terms) & ~instance.standing
    given = np.flatnonzero(must | instance.standing)
    if terms.model is Model.MCLP:
        value, unserved = np.zeros(len(instance.rows)), np.inf
        ceiling = instance.weight
    else:
        value = instance.weight[instance.rows] * instance.cost
        unserved = 10.0 * (float(value.sum()) + 1.0)
        ceiling = np.full(n, unserved)
    reach = Reach(instance.rows, instance.cols, value, ceiling, len(instance.sites))
    reach = replace(reach, ceiling=reach.lowered(given))
    clashes = clash.matrix(instance, terms)
    free = build.allowed(instance, terms) & ~must & ~instance.standing
    free &= np.asarray(clashes[:, given].sum(axis=1)).ravel() == 0
    sites = np.flatnonzero(free)
    number = len(sites) if terms.number is None else terms.number - int(must.sum())
    if terms.exactly and number > len(sites):
        return Outcome(Status.INFEASIBLE, None, None, None, clock.spent)
    number = min(number, len(sites))
    spent = float(instance.price[must].sum())
    budget = np.inf if terms.budget is None else terms.budget - spent
    limits = Limits(number, instance.price[sites], budget, clashes[sites][:, sites])
    reach = reach.only(free)

    total = float(instance.weight.sum())

    def told(cost: float) -> float:
        return total - cost if terms.model is Model.MCLP else cost

    clock.shown = told
    clock.beyond = unserved
    grain = _grain(np.r_[reach.value, reach.ceiling[reach.ceiling < unserved]])
    slack = grain / 2 if grain else 1e-7 * max(1.0, float(instance.weight.sum()))

    def go_on(cost: float, bound: float) -> None:
        clock.tell("bound", cost, bound)

    bound = tighten(reach, limits, go_on, slack)
    served = bound.cost < unserved
    keep = bound.keep if served and number else np.full(len(sites), bool(number))
    asked = _Asked(instance, terms, reach, sites, number, unserved, max(grain * 0.9, 1e-7))
    pairs = bound.serves if keep is bound.keep else None
    found, built = _prove(asked, keep, bound.chosen, clock, pairs)
    lost = found.status is Status.INFEASIBLE or found.objective > bound.cost + slack
    if lost and (pairs is not None or not keep.all()):
        # What the bound was measured against does not keep to every term: all sites, then.
        keep = np.ones(len(sites), np.bool_)
        found, built = _prove(asked, keep, [], clock)
    if found.status is Status.INFEASIBLE:
        return Outcome(Status.INFEASIBLE, None, None, None, clock.spent, nodes=found.nodes)
    if found.status is Status.UNKNOWN:
        if not served or terms.exactly:
            return Outcome(Status.UNKNOWN, None, told(bound.value), None, clock.spent)
        opened, status, least = sites[bound.chosen], Status.FEASIBLE, bound.value
    else:
        opened, status = built.picked(found.values), found.status
        least = max(found.bound, bound.value) if not lost else found.bound
    first = False
    if status is Status.OPTIMAL:
        opened, first = ties.first(
            built,
            opened,
            worst=found.objective + slack,
            fewest=not terms.exactly,
            clock=clock,
        )
    everyone = np.sort(np.r_[opened, given])
    serves = serve.nearest(instance, everyone)
    new = np.sort(np.r_[opened, np.flatnonzero(must)])
    return _outcome(instance, terms, clock, new, serves, status, told(least), first, found.nodes)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What is left to choose once what stands and is forced is taken off."""

    instance: Instance
    terms: Terms
    reach: Reach
    sites: Ints
    number: int
    unserved: float
    apart: float


def _prove(
    asked: _Asked, keep: Bools, chosen: list[int], clock: Clock, pairs: Bools | None = None
) -> tuple[Found, build.Built]:
    """`pairs`: those of the sites kept that may be in an answer; None is all."""
    small, sites = asked.reach.only(keep), asked.sites[keep]
    if pairs is not None:
        small = small.those(pairs)
    if asked.terms.model is Model.MCLP:
        built = build.covering(small, sites, asked.instance, asked.terms, asked.number)
    else:
        built = build.median(
            small, sites, asked.instance, asked.terms, asked.number, asked.unserved
        )
    start = built.start(asked.sites[chosen]) if chosen else None
    found = optimise(
        built.program, clock, stage="proof", gap=asked.terms.gap, apart=asked.apart, start=start
    )
    return found, built


def _directly(instance: Instance, terms: Terms, clock: Clock) -> Outcome:
    """With capacities, or where all must be served: the whole of it to the solver."""
    total = float(instance.weight.sum())
    serve_all = terms.model is not Model.MCLP
    if terms.model is Model.MCLP:
        clock.shown = total.__sub__
    lean, plain = _lean(instance, terms), serve_all and not terms.capacitated
    built = build.whole(lean, terms, serve_all=serve_all)
    grain = 1.0 if terms.model is Model.LSCP and not terms.by_price else 0.0
    if terms.by_price:
        grain = _grain(instance.price)
    found = optimise(
        built.program,
        clock,
        stage="proof",
        gap=terms.gap,
        apart=max(0.9 * grain, 1e-7),
        start=built.start(_greedy(lean, terms)) if plain else None,
    )
    if found.status in (Status.INFEASIBLE, Status.UNKNOWN):
        bound = None if found.status is Status.INFEASIBLE else found.bound
        return Outcome(found.status, None, bound, None, clock.spent, nodes=found.nodes)
    opened, first = built.picked(found.values), False
    if found.status is Status.OPTIMAL:
        built = build.whole(instance, terms, serve_all=serve_all)
        slack = grain / 2 if grain else 1e-6 * max(1.0, abs(found.objective))
        fewest = not terms.exactly and (terms.model is not Model.LSCP or terms.by_price)
        opened, first = ties.first(
            built, opened, worst=found.objective + slack, fewest=fewest, clock=clock
        )
    everyone = np.sort(opened)
    if terms.capacitated:
        serves = serve.shared(instance, everyone, Clock(max(clock.left, 10.0)))
    else:
        serves = serve.nearest(instance, everyone)
    new = everyone[~instance.standing[everyone]]
    least = total - found.bound if terms.model is Model.MCLP else found.bound
    return _outcome(instance, terms, clock, new, serves, found.status, least, first, found.nodes)


def _greedy(instance: Instance, terms: Terms) -> Ints:
    """A first answer where all are to be covered: the site that reaches the most of those who are
    left, again and again. The solver looks itself whether it keeps to the terms."""
    may = build.allowed(instance, terms)
    given = np.flatnonzero(build.forced(instance, terms) | instance.standing)
    pairs = may[instance.cols] | instance.standing[instance.cols]
    rows, cols = instance.rows[pairs], instance.cols[pairs]
    m = len(instance.sites)
    reach = Reach(rows, cols, np.zeros(len(rows)), np.ones(len(instance.demand)), m)
    free = Limits(m, instance.price, np.inf, clash.matrix(instance, terms))
    return np.array(extend(reach, free, given.tolist()), np.int64)


def _lean(instance: Instance, terms: Terms) -> Instance:
    """Covering all, where nothing but reach and price tells sites apart: without the sites that
    another replaces, and without the demand that is covered whenever other demand is."""
    plain = (
        not terms.capacitated
        and terms.budget is None
        and not (terms.one_per_group or terms.spacing or terms.forced)
        and not terms.exactly
    )
    if not plain or terms.model is not Model.LSCP:
        return instance
    n, m = len(instance.demand), len(instance.sites)
    may = build.allowed(instance, terms) | instance.standing
    pairs = may[instance.cols]
    merged, _, row_of = merge_rows(instance.rows[pairs], instance.cols[pairs], np.ones(n), m)
    if (row_of < 0).any():
        return instance
    price = instance.price if terms.by_price else np.ones(m)
    price = np.where(instance.standing, -1.0, price)
    keep = undominated(merged, price)
    some = merged[:, np.flatnonzero(keep)]
    rows = ~needless_rows(some)
    # One demand point stands for each row that is left.
    first = np.full(merged.shape[0], -1)
    first[row_of[::-1]] = np.arange(n)[::-1]
    stays = np.zeros(n, np.bool_)
    stays[first[rows]] = True
    left = keep[instance.cols] & stays[instance.rows] & may[instance.cols]
    number = np.cumsum(stays) - 1
    return replace(
        instance,
        demand=tuple(each for each, is_in in zip(instance.demand, stays, strict=True) if is_in),
        weight=instance.weight[stays],
        home=instance.home[stays],
        rows=number[instance.rows[left]],
        cols=instance.cols[left],
        cost=instance.cost[left],
    )


def _outcome(
    instance: Instance,
    terms: Terms,
    clock: Clock,
    new: Ints,
    serves: serve.Serves,
    status: Status,
    bound: float,
    first: bool,
    nodes: int,
) -> Outcome:
    rows, cols, amount = serves
    n = len(instance.demand)
    served = np.bincount(rows, amount, n).astype(float)
    cost = np.bincount(rows, amount * instance.cost[instance.pairs(rows, cols)], n)
    if terms.model is Model.MCLP:
        objective = float(served.sum())
    elif terms.model is Model.LSCP:
        objective = float(instance.price[new].sum()) if terms.by_price else float(len(new))
    else:
        objective = float(cost.sum())
    if status is Status.OPTIMAL:
        bound = objective
    gap = relative_gap(objective, bound)
    with np.errstate(invalid="ignore", divide="ignore"):
        walked = np.where(served > 0, cost / served, np.nan)
    return Outcome(
        status,
        objective,
        bound,
        gap,
        clock.spent,
        tuple(instance.sites[j] for j in new),
        first,
        served,
        walked,
        serves,
        nodes,
    )
