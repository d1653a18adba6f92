"""The best sites, against the common library with its default solver in the same run: seconds of
the processor, and whether it was proven. No database is asked.

Points are scattered over a square of three kilometres; ten sites, and everyone within 200 m.
"""

import multiprocessing
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


def measure(dsn: str) -> dict[str, Figure]:
    figures: dict[str, Figure] = {}
    for demand, sites in SIZES:
        costs, weight = _town(demand, sites)
        ours = _apart(_ours, costs, weight)
        theirs = _apart(_theirs, costs, weight)
        name = f"selection, {demand:,} points × {sites:,} candidates"
        figures[name] = {"s": ours["cpu"], "gap": ours["gap"], "wall s": ours["wall"]}
        figures[f"{name}, by spopt"] = {"s": theirs["cpu"], "wall s": theirs["wall"]}
        figures[f"{name}, against spopt"] = {"ratio": theirs["cpu"] / ours["cpu"]}
        if theirs["objective"] is not None and abs(ours["objective"] - theirs["objective"]) > 1e-6:
            raise RuntimeError(f"{name}: {ours['objective']} here, {theirs['objective']} there")
    return figures


def _town(demand: int, sites: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    here, there = random.random((demand, 2)) * SIDE_M, random.random((sites, 2)) * SIDE_M
    costs = np.round(np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1)), 2)
    return costs, random.integers(1, 100, demand).astype(float)


def _ours(costs: np.ndarray, weight: np.ndarray) -> tuple[float | None, float]:
    rows, cols = np.indices(costs.shape)
    instance = Instance(
        demand=tuple(map(str, range(len(weight)))),
        weight=weight,
        sites=tuple(map(str, range(costs.shape[1]))),
        rows=rows.ravel(),
        cols=cols.ravel(),
        cost=costs.ravel(),
    )
    terms = Terms(Model.MCLP, number=SITES, radius=RADIUS_M, exactly=True, seconds=_MOST_S)
    outcome = solve(instance, terms)
    return outcome.objective, 1.0 if outcome.gap is None else outcome.gap


def _theirs(costs: np.ndarray, weight: np.ndarray) -> tuple[float | None, float]:
    import pulp
    from spopt.locate import MCLP

    model = MCLP.from_cost_matrix(costs, weight, RADIUS_M, p_facilities=SITES)
    model = model.solve(pulp.PULP_CBC_CMD(msg=False))
    return pulp.value(model.problem.objective), 0.0


def _apart(work: Any, costs: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """In a process of its own, so that its solver's processor time is its own too."""
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(
        target=_work, args=(there, work, costs, weight)
    )
    process.start()
    answer = here.recv() if here.poll(_MOST_S) else None
    process.terminate()
    process.join()
    if answer is None:
        return {"objective": None, "gap": 1.0, "cpu": _MOST_S, "wall": _MOST_S}
    return dict(answer)


def _work(told: Any, work: Any, costs: np.ndarray, weight: np.ndarray) -> None:
    begun = perf_counter()
    objective, gap = work(costs, weight)
    used = [getrusage(each) for each in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    told.send({"objective": objective, "gap": gap, "cpu": cpu, "wall": perf_counter() - begun})
