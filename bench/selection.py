"""The best sites, against the common library with its default solver in the same run: seconds of
the processor, and whether it was proven. No database is asked.

Points are scattered over a square of three kilometres; ten sites, and everyone within 200 m. The
common library has no capacities, and takes too long for the least walking: of those, and of the
choice among equals where all are covered, our own seconds and what was proven in a minute.
"""

import multiprocessing
from dataclasses import replace
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

import numpy as np

from bench.figures import Figure
from planning.selection import Instance, Model, Terms, solve

SIZES = ((200, 100), (1000, 500), (5000, 2000))
SITES, RADIUS_M, SIDE_M = 10, 200.0, 3000.0
# The common library is given so long, and then counts as having taken at least that.
_MOST_S = 1200.0
# As a planner who says nothing.
_PATIENCE_S = 60.0
_OTHERS = {
    "selection with ports, 1,000 × 500": (
        (1000, 500),
        Terms(Model.MCLP, number=SITES, radius=RADIUS_M, capacitated=True),
    ),
    "least walking, 1,000 × 500": ((1000, 500), Terms(Model.PMEDIAN, number=SITES)),
    "all by the fewest, 1,000 × 500": ((1000, 500), Terms(Model.LSCP, radius=400.0)),
    "all by the fewest, 5,000 × 2,000": ((5000, 2000), Terms(Model.LSCP, radius=300.0)),
}
# Twenty ports, each for three e-bikes and a third.
CAPACITY = 66.67


def measure(dsn: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for demand, sites in SIZES:
        costs, weight = _town(demand, sites)
        terms = Terms(Model.MCLP, number=SITES, radius=RADIUS_M, exactly=True, seconds=_MOST_S)
        ours = _apart(_ours, costs, weight, terms)
        theirs = _apart(_theirs, costs, weight, terms)
        name = f"selection, {demand:,} points × {sites:,} candidates"
        figures[name] = _figure(ours)
        figures[f"{name}, by spopt"] = {"s": theirs["cpu"], "wall s": theirs["wall"]}
        figures[f"{name}, against spopt"] = {"ratio": theirs["cpu"] / ours["cpu"]}
        if theirs["objective"] is not None and abs(ours["objective"] - theirs["objective"]) > 1e-6:
            raise RuntimeError(f"{name}: {ours['objective']} here, {theirs['objective']} there")
    for name, (size, terms) in _OTHERS.items():
        costs, weight = _town(*size)
        ours = _apart(_ours, costs, weight, replace(terms, seconds=_PATIENCE_S))
        figures[name] = _figure(ours) | {"first": float(ours["first"])}
    return figures


def _figure(ours: dict[str, Any]) -> Figure:
    return {"s": ours["cpu"], "gap": ours["gap"], "wall s": ours["wall"]}


def _town(demand: int, sites: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    here, there = random.random((demand, 2)) * SIDE_M, random.random((sites, 2)) * SIDE_M
    costs = np.round(np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)), 2)
    return costs, random.integers(1, 100, demand).astype(float)


def _ours(costs: np.ndarray, weight: np.ndarray, terms: Terms) -> dict[str, Any]:
    rows, cols = np.indices(costs.shape)
    instance = Instance(
        demand=tuple(map(str, range(len(weight)))),
        weight=weight,
        sites=tuple(map(str, range(costs.shape[1]))),
        rows=rows.ravel(),
        cols=cols.ravel(),
        cost=costs.ravel(),
        capacity=np.full(costs.shape[1], CAPACITY),
    )
    outcome = solve(instance, terms)
    gap = 1.0 if outcome.gap is None else outcome.gap
    return {"objective": outcome.objective, "gap": gap, "first": outcome.first}


def _theirs(costs: np.ndarray, weight: np.ndarray, terms: Terms) -> dict[str, Any]:
    import pulp
    from spopt.locate import MCLP

    model = MCLP.from_cost_matrix(costs, weight, terms.radius, p_facilities=terms.number)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    return {"objective": pulp.value(model.problem.objective), "gap": 0.0}


def _apart(work: Any, costs: np.ndarray, weight: np.ndarray, terms: Terms) -> dict[str, Any]:
    """In a process of its own, so that its solver's processor time is its own too."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_work, args=(there, work, costs, weight, terms)
    )
    process.start()
    answer = here.recv() if here.poll(_MOST_S) else None
    process.terminate()
    process.join()
    if answer is None:
        unknown = {"objective": None, "gap": 1.0, "first": False}
        return unknown | {"cpu": _MOST_S, "wall": _MOST_S}
    return dict(answer)


def _work(told: Any, work: Any, *asked: Any) -> None:
    begun = perf_counter()
    found = work(*asked)
    used = [getrusage(each) for each in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    told.send(found | {"cpu": cpu, "wall": perf_counter() - begun})
