"""Instances whose best answer is known: from the literature, by construction, or by trying all."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
from scipy.sparse import csgraph

from planning.selection import Instance, Model, Terms


def told(weight, costs, **about):
    """`costs[i][j]`; None where a pair is not possible."""
    pairs = [
        (i, j, cost)
        for i, row in enumerate(costs)
        for j, cost in enumerate(row)
        if cost is not None
    ]
    rows, cols, cost = (np.array(each) for each in zip(*pairs, strict=True))
    about = {name: np.array(value) for name, value in about.items() if name != "barred"} | {
        name: value for name, value in about.items() if name == "barred"
    }
    return Instance(
        demand=tuple(f"d{i + 1}" for i in range(len(costs))),
        weight=np.array(weight, float),
        sites=tuple(f"s{j + 1}" for j in range(len(costs[0]))),
        rows=rows,
        cols=cols,
        cost=cost.astype(float),
        **about,
    )


def scattered(demand: int, sites: int, seed: int, side: float = 1000.0) -> Instance:
    """Points on a square, whole weights, centimetres."""
    random = np.random.default_rng(seed)
    here, there = random.random((demand, 2)) * side, random.random((sites, 2)) * side
    apart = np.round(np.linalg.norm(here[:, None] - there[None], axis=2), 2)
    instance = told(random.integers(1, 100, demand), apart.tolist())
    return replace(
        instance,
        at=there,
        price=random.integers(1, 9, sites).astype(float),
        capacity=random.integers(60, 200, sites).astype(float),
        group=random.integers(0, max(sites // 2, 1), sites),
    )


def shuffled(instance: Instance, seed: int) -> Instance:
    """The same, its rows in another order."""
    random = np.random.default_rng(seed)
    by_demand = random.permutation(len(instance.demand))
    by_site = random.permutation(len(instance.sites))
    pairs = random.permutation(len(instance.rows))
    return replace(
        instance,
        demand=tuple(instance.demand[i] for i in by_demand),
        weight=instance.weight[by_demand],
        home=instance.home[by_demand],
        sites=tuple(instance.sites[j] for j in by_site),
        price=instance.price[by_site],
        capacity=instance.capacity[by_site],
        group=instance.group[by_site],
        at=instance.at[by_site],
        standing=instance.standing[by_site],
        barred=tuple(instance.barred[j] for j in by_site),
        rows=np.argsort(by_demand)[instance.rows[pairs]],
        cols=np.argsort(by_site)[instance.cols[pairs]],
        cost=instance.cost[pairs],
    )


def pmed(name: str) -> tuple[Instance, int]:
    """A p-median instance of the OR-Library (Beasley, European Journal of Operational Research
    21, 1985, 270-273): the shortest ways in a graph whose later edges replace earlier ones."""
    numbers = Path(__file__).with_name(f"{name}.txt").read_text(encoding="ascii").split()
    (n, _, p), edges = map(int, numbers[:3]), np.array(numbers[3:], int).reshape(-1, 3)
    lengths = np.zeros((n, n))
    for one, other, length in edges:
        lengths[one - 1, other - 1] = lengths[other - 1, one - 1] = length
    costs = csgraph.shortest_path(lengths, directed=False)
    return told(np.ones(n), costs.tolist()), p


def triples(power: int) -> Instance:
    """Steiner triples of the lines in the affine space over three elements: every line asks for
    one of its points (Fulkerson, Nemhauser and Trotter, Mathematical Programming Study 2, 1974:
    A9 and A27)."""
    points = list(product(range(3), repeat=power))
    number = {point: n for n, point in enumerate(points)}
    lines = set()
    for a, b in combinations(range(len(points)), 2):
        third = tuple(-(x + y) % 3 for x, y in zip(points[a], points[b], strict=True))
        lines.add(tuple(sorted((a, b, number[third]))))
    costs = [[0 if j in line else None for j in range(len(points))] for line in sorted(lines)]
    return told(np.ones(len(lines)), costs)


def queens(size: int) -> Instance:
    """Squares of a board, and queens that command them."""
    squares = list(product(range(size), repeat=2))
    costs = [
        [0 if a == c or b == d or abs(a - c) == abs(b - d) else None for c, d in squares]
        for a, b in squares
    ]
    return told(np.ones(len(squares)), costs)


def answers(instance: Instance, terms: Terms) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Every answer of an instance without capacities that keeps to the terms: what it costs (of
    mclp, what it leaves) and its sites. By trying all."""
    mine = instance.sorted()
    n, m = len(mine.demand), len(mine.sites)
    cost = np.full((n, m), np.inf)
    cost[mine.rows, mine.cols] = mine.cost
    near = cost <= (np.inf if terms.radius is None else terms.radius)
    near &= np.isfinite(cost)
    numbers = [terms.number] if terms.exactly else range((terms.number or m) + 1)
    for count in numbers:
        for chosen in map(list, combinations(range(m), count)):
            ids = tuple(mine.sites[j] for j in chosen)
            if not terms.forced <= set(ids) or terms.forbidden & set(ids):
                continue
            if any(mine.barred[j] for j in chosen):
                continue
            if terms.budget is not None and mine.price[chosen].sum() > terms.budget:
                continue
            if terms.one_per_group and len({*mine.group[chosen].tolist()}) < count:
                continue
            apart = np.linalg.norm(mine.at[chosen][:, None] - mine.at[chosen][None], axis=2)
            if count > 1 and apart[np.triu_indices(count, 1)].min() < terms.spacing - 1e-3:
                continue
            served = near[:, chosen].any(axis=1)
            if terms.model is Model.MCLP:
                yield float(mine.weight[~served].sum()), ids
            elif served.all() and terms.model is Model.LSCP:
                yield float(mine.price[chosen].sum() if terms.by_price else count), ids
            elif served.all():
                walks = np.where(near, cost, np.inf)[:, chosen].min(axis=1)
                yield float((mine.weight * walks).sum()), ids


def best(instance: Instance, terms: Terms) -> tuple[float, tuple[str, ...]] | None:
    """The least, then the fewest, then the first by ids; the objective as `solve` tells it."""
    place = {id: n for n, id in enumerate(instance.sorted().sites)}
    found = min(
        answers(instance, terms),
        key=lambda each: (round(each[0], 6), len(each[1]), [place[id] for id in each[1]]),
        default=None,
    )
    if found is None or terms.model is not Model.MCLP:
        return found
    return float(instance.weight.sum()) - found[0], found[1]
