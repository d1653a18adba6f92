"""Where not all can be served: what stands in the way, and the least that would have to change.

Each limit is let give way alone, the others kept, and how little of it is enough is solved for
exactly. Where none is enough alone, the radius grows first as far as someone needs it, and then
all give way together, as little as possible. What is named is enough: `applied` makes the change.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from planning.selection import build, clash
from planning.selection.highs import Clock, Found, optimise
from planning.selection.instance import Floats, Instance, Ints, Model, Terms
from planning.selection.outcome import Outcome, Status, Watch

# Amounts are told to the thousandth, upwards.
_STEP = 1000.0


@dataclass(frozen=True)
class Change:
    """`kind`: number, budget, radius, spacing, ports, estates, forced, forbidden or rules.

    `to`: what the limit would have to be; for ports, how much demand more. `amount`: by how much
    that is. `names`: the sites whose ports, force or rule it is about, or the estates (numbers, as
    text) that need more than one; with `each`, how much for each of them.
    """

    kind: str
    to: float
    amount: float
    names: tuple[str, ...] = ()
    each: tuple[float, ...] = ()


@dataclass(frozen=True)
class Way:
    """Changes that are enough together; `proven` the least of their kind."""

    changes: tuple[Change, ...]
    proven: bool


@dataclass(frozen=True, eq=False)
class Blocked:
    """Demand of one estate (-1: of none) that is not served, by what is in its way: out_of_reach,
    rules, forbidden, ports, number, budget, estates, spacing. `nearest_m`: of those out of reach,
    how far the last of them would have to go. `rules`: the codes. `demand`: how much."""

    home: int
    why: str
    demand: float
    points: tuple[str, ...]
    nearest: float | None = None
    rules: tuple[str, ...] = ()


def ways(instance: Instance, terms: Terms, watch: Watch | None = None) -> list[Way]:
    """What would let all be served, the ways that change one thing before the one that changes
    several; empty where all can be served already. Raises Stopped."""
    clock = Clock(terms.seconds, watch)
    goal = replace(terms, model=Model.LSCP, exactly=False, by_price=False)
    mine = instance.sorted()
    if _possible(mine, goal, clock):
        return []
    found = [each for each in (_alone(mine, goal, kind, clock) for kind in _KINDS) if each]
    if not found:
        together = _together(mine, goal, clock)
        found = [together] if together else []
    return found


def applied(instance: Instance, terms: Terms, way: Way) -> tuple[Instance, Terms]:
    """The instance and terms with that way gone."""
    instance = instance.sorted()
    for change in way.changes:
        if change.kind == "number":
            terms = replace(terms, number=int(change.to))
        elif change.kind == "budget":
            terms = replace(terms, budget=change.to)
        elif change.kind == "radius":
            terms = replace(terms, radius=change.to)
        elif change.kind == "spacing":
            terms = replace(terms, spacing=change.to)
        elif change.kind == "forced":
            terms = replace(terms, forced=terms.forced - set(change.names))
        elif change.kind == "forbidden":
            terms = replace(terms, forbidden=terms.forbidden - set(change.names))
        elif change.kind == "rules":
            terms = replace(terms, admitted=terms.admitted | set(change.names))
        elif change.kind == "estates":
            terms = replace(terms, several=terms.several | {int(each) for each in change.names})
        else:
            capacity = instance.capacity.copy()
            for name, more in zip(change.names, change.each, strict=True):
                capacity[instance.sites.index(name)] += more
            instance = replace(instance, capacity=capacity)
    return instance, terms


def blocked(instance: Instance, terms: Terms, outcome: Outcome) -> list[Blocked]:
    """Why demand is not served, by estate: the first reason of each point that holds whatever
    else is chosen, else the limit that was reached. `outcome` may be infeasible."""
    mine = instance.sorted()
    served = np.zeros(len(mine.demand)) if outcome.served is None else outcome.served
    near = mine.within(terms.radius)
    may = build.allowed(mine, terms) | mine.standing
    ids = np.array(mine.sites, dtype=object)
    chosen = np.isin(ids, outcome.sites) | mine.standing
    clashes = clash.matrix(mine, terms)
    taken = np.asarray(clashes[:, np.flatnonzero(chosen)].sum(axis=1)).ravel() > 0
    in_group = np.isin(
        clash.groups(mine, terms), clash.groups(mine, terms)[chosen & ~mine.standing]
    )
    in_group &= clash.groups(mine, terms) >= 0
    starts = np.searchsorted(near.rows, np.arange(len(mine.demand) + 1))
    by: dict[tuple[int, str], list[int]] = {}
    for i in np.flatnonzero(mine.weight - served > 1e-6):
        reach = near.cols[starts[i] : starts[i + 1]]
        why = _why(reach, may, chosen, taken, in_group, mine, terms, outcome)
        by.setdefault((int(mine.home[i]), why), []).append(int(i))
    return [
        _told(mine, near, terms, home, why, points, served)
        for (home, why), points in sorted(by.items())
    ]


def _why(
    reach: Ints,
    may: np.ndarray,
    chosen: np.ndarray,
    taken: np.ndarray,
    in_group: np.ndarray,
    instance: Instance,
    terms: Terms,
    outcome: Outcome,
) -> str:
    if not len(reach):
        return "out_of_reach"
    if not may[reach].any():
        barred = [
            bool(instance.barred[j]) and instance.sites[j] not in terms.admitted for j in reach
        ]
        return "rules" if all(barred) else "forbidden"
    if terms.capacitated and chosen[reach].any():
        return "ports"
    free = reach[may[reach] & ~taken[reach]]
    if not len(free) and outcome.sites:
        return "estates" if in_group[reach[may[reach]]].all() else "spacing"
    spent = float(instance.price[chosen & ~instance.standing].sum())
    dear = terms.budget is not None and bool(
        (instance.price[free] > terms.budget - spent + 1e-9).all()
    )
    full = terms.number is not None and len(outcome.sites) >= terms.number
    return "number" if full or not dear else "budget"


def _told(
    instance: Instance,
    near: Instance,
    terms: Terms,
    home: int,
    why: str,
    points: list[int],
    served: Floats,
) -> Blocked:
    demand = float((instance.weight - served)[points].sum())
    nearest, rules = None, tuple[str, ...]()
    if why == "out_of_reach":
        nearest = float(_least(instance, build.allowed(instance, terms))[points].max())
        nearest = nearest if np.isfinite(nearest) else None
    if why == "rules":
        pairs = np.isin(near.rows, points)
        codes = {code for j in near.cols[pairs] for code in instance.barred[j].split()}
        rules = tuple(sorted(codes))
    names = tuple(instance.demand[i] for i in points)
    return Blocked(home, why, demand, names, nearest, rules)


def _least(instance: Instance, may: np.ndarray) -> Floats:
    """How far each demand point is from the nearest site that may be chosen or stands."""
    least = np.full(len(instance.demand), np.inf)
    pairs = (may | instance.standing)[instance.cols]
    np.minimum.at(least, instance.rows[pairs], instance.cost[pairs])
    return least


def _possible(instance: Instance, terms: Terms, clock: Clock) -> bool:
    near = instance.within(terms.radius)
    if len(np.unique(near.rows)) < len(instance.demand):
        return False
    built = build.whole(near, terms, serve_all=True, elastic=frozenset({"nothing"}))
    found = optimise(built.program, clock, stage="explaining")
    return found.status in (Status.OPTIMAL, Status.FEASIBLE)


def _alone(instance: Instance, terms: Terms, kind: str, clock: Clock) -> Way | None:
    limits: dict[str, Callable[[], Way | None]] = {
        "radius": lambda: _radius(instance, terms, clock),
        "spacing": lambda: _spacing(instance, terms, clock),
    }
    if kind in limits:
        return limits[kind]()
    if not _bites(instance, terms, kind):
        return None
    solved = _elastic(instance.within(terms.radius), terms, {kind: 1.0}, clock)
    if solved is None:
        return None
    built, found = solved
    change = _change(instance, terms, kind, built, found)
    return Way((change,), found.status is Status.OPTIMAL) if change else None


_KINDS = (
    "number",
    "budget",
    "radius",
    "ports",
    "estates",
    "spacing",
    "rules",
    "forbidden",
    "forced",
)


def _bites(instance: Instance, terms: Terms, kind: str) -> bool:
    return {
        "number": terms.number is not None,
        "budget": terms.budget is not None,
        "ports": terms.capacitated,
        "estates": terms.one_per_group,
        "rules": any(instance.barred),
        "forbidden": bool(terms.forbidden),
        "forced": bool(terms.forced),
    }[kind]


def _elastic(
    instance: Instance, terms: Terms, prices: dict[str, float], clock: Clock
) -> tuple[build.Built, Found] | None:
    """The cheapest giving way that lets all be served; None where there is none in time."""
    if len(np.unique(instance.rows)) < len(instance.demand):
        return None
    built = build.whole(instance, terms, serve_all=True, elastic=frozenset(prices))
    for kind, at in built.slack.items():
        built.program.cost[at] = prices[kind] * (built.port if kind == "ports" else 1.0)
    found = optimise(built.program, clock, stage="explaining")
    return (built, found) if found.status in (Status.OPTIMAL, Status.FEASIBLE) else None


def _change(
    instance: Instance, terms: Terms, kind: str, built: build.Built, found: Found
) -> Change | None:
    at = built.slack.get(kind)
    if at is None:
        return None
    gives = found.values[at]
    total = float(gives.sum())
    if total <= 1e-6:
        return None
    if kind == "number":
        sites = round(total)
        return Change(kind, (terms.number or 0) + sites, sites)
    if kind == "budget":
        more = float(np.ceil(total - 1e-6))
        return Change(kind, (terms.budget or 0.0) + more, more)
    if kind == "ports":
        which = np.flatnonzero(gives > 1e-6)
        each = np.round(gives[which]) * terms.port
        if not terms.port:
            each = np.ceil(gives[which] * _STEP - 1e-3) / _STEP
        names = tuple(instance.sites[j] for j in which)
        return Change(kind, float(each.sum()), float(each.sum()), names, tuple(each.tolist()))
    if kind == "estates":
        of = clash.groups(instance, terms)
        groups = np.unique(of[of >= 0])[gives > 0.5]
        return Change(kind, total, total, tuple(str(each) for each in groups.tolist()))
    which = np.flatnonzero(_gives_way(instance, terms, kind))[gives > 0.5]
    return Change(kind, len(which), len(which), tuple(instance.sites[j] for j in which))


def _gives_way(instance: Instance, terms: Terms, kind: str) -> np.ndarray:
    """The sites that `build.whole` makes columns for, in their order."""
    ids = np.array(instance.sites, dtype=object)
    out = np.isin(ids, sorted(terms.forbidden)) & ~instance.standing
    if kind == "forbidden":
        return out
    if kind == "forced":
        return build.forced(instance, terms)
    return ~build.allowed(instance, terms) & ~out & ~instance.standing


def _radius(instance: Instance, terms: Terms, clock: Clock) -> Way | None:
    """The shortest that is enough, of the distances that there are."""
    if terms.radius is None:
        return None
    needed = max(float(_least(instance, build.allowed(instance, terms)).max()), terms.radius)
    steps = np.unique(instance.cost[instance.cost >= needed])
    to = _first(steps, lambda each: _possible(instance, replace(terms, radius=each), clock))
    if to is None:
        return None
    return Way((Change("radius", to, to - terms.radius),), clock.left > 0)


def _spacing(instance: Instance, terms: Terms, clock: Clock) -> Way | None:
    """The widest that leaves all served, of the distances between sites."""
    if terms.spacing <= 0:
        return None
    pairs = clash.near_pairs(instance, terms.spacing)
    apart = np.linalg.norm(instance.at[pairs[:, 0]] - instance.at[pairs[:, 1]], axis=1)
    steps = np.unique(np.floor(np.r_[apart, 0.0] * _STEP) / _STEP)[::-1]
    to = _first(steps, lambda each: _possible(instance, replace(terms, spacing=each), clock))
    if to is None:
        return None
    return Way((Change("spacing", to, terms.spacing - to),), clock.left > 0)


def _first(steps: Floats, enough: Callable[[float], bool]) -> float | None:
    """The first that is enough, where all after it are as well."""
    low, high = 0, len(steps) - 1
    if high < 0 or not enough(float(steps[high])):
        return None
    while low < high:
        middle = (low + high) // 2
        if enough(float(steps[middle])):
            high = middle
        else:
            low = middle + 1
    return float(steps[low])


def _together(instance: Instance, terms: Terms, clock: Clock) -> Way | None:
    """A site more, an estate with two, a rule or a wish set aside weigh alike; money by what a
    site costs in the middle, ports by what one can serve; neighbours may be as near as they are.
    """
    changes = []
    least = _least(instance, np.ones(len(instance.sites), np.bool_))
    if not np.isfinite(least).all():
        return None
    if terms.radius is not None and least.max() > terms.radius:
        to = float(least.max())
        changes.append(Change("radius", to, to - terms.radius))
        terms = replace(terms, radius=to)
    prices = dict.fromkeys(("number", "estates", "rules", "forbidden", "forced"), 1.0)
    price = instance.price[~instance.standing]
    prices["budget"] = 1.0 / max(float(np.median(price)) if len(price) else 1.0, 1e-6)
    finite = instance.capacity[np.isfinite(instance.capacity)]
    prices["ports"] = 1.0 / max(float(np.median(finite)) if len(finite) else 1.0, 1e-6)
    near = instance.within(terms.radius)
    solved = _elastic(near, terms, prices, clock)
    if solved is None and terms.spacing > 0:
        changes.append(Change("spacing", 0.0, terms.spacing))
        terms = replace(terms, spacing=0.0)
        solved = _elastic(near, terms, prices, clock)
    if solved is None:
        return None
    built, found = solved
    given = (_change(instance, terms, kind, built, found) for kind in _KINDS)
    changes += [each for each in given if each]
    return Way(tuple(changes), found.status is Status.OPTIMAL and len(changes) > 0)
