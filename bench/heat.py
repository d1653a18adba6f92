"""Heat and hexagons from cells and one by one, over HTTP with nothing kept; how far cells are off;
and hot spots, as the worker works them out."""

from contextlib import ExitStack
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch

import numpy as np

from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web

ADDRESS = "/api/v1/overview/"
# The records are of two years up to this day.
ASKED = {
    "heat, all": "heat/?as_of=2024-12-20",
    "heat, half a year": "heat/?as_of=2024-12-20&since=2024-06-10",
    "heat, a week": "heat/?as_of=2024-12-20&since=2024-12-14",
    "hexagons, all": "hexagons/?as_of=2024-12-20",
    "hexagons, rate": "hexagons/?as_of=2024-12-20&measure=rate",
}


def measure(dsn: str) -> dict[str, Figure]:
    with web(KEPT_BYTES="0") as port:
        rates = rounds({name: _asking(port, path) for name, path in ASKED.items()})
    told: dict[str, Figure] = {
        name: against(rate, rates["heat, all"]) for name, rate in rates.items()
    }
    return told | _cells() | _hot_spots()


def _asking(port: int, path: str) -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))
        return lambda: asker.ask(ADDRESS + path)

    return client


def _cells() -> dict[str, Figure]:
    """Where there is at least a tenth of the peak, as shares of what is there."""
    from geo.scope import EVERYTHING
    from inspections.overview import Asked, heat, placed

    asked = Asked(as_of=date(2024, 12, 20))
    by_cells, taken = _timed(lambda: heat(EVERYTHING, asked))
    with patch.object(placed, "ONE_BY_ONE", 10**9):
        one_by_one, of_rows = _timed(lambda: heat(EVERYTHING, asked), times=1)
    told, exact = (_values(each) for each in (by_cells, one_by_one))
    matters = exact > exact.max() / 10
    off = np.abs(told - exact)[matters] / exact[matters]
    return {
        "heat, all, by one alone": {"ms": taken * 1000},
        "heat, all, from rows": {"ms": of_rows * 1000, "ratio": of_rows / taken},
        "heat, cells against rows": {"% off": float(off.max()) * 100},
    }


def _hot_spots() -> dict[str, Figure]:
    from geo.scope import EVERYTHING
    from inspections.overview import Asked, hot_spots

    asked = Asked(as_of=date(2024, 12, 20), measure="rate", since=date(2024, 6, 10))
    _told, taken = _timed(lambda: hot_spots(EVERYTHING, asked))
    return {"hot spots, half a year": {"ms": taken * 1000}}


def _timed(work: Any, times: int = 5) -> tuple[Any, float]:
    told, taken = None, []
    for _ in range(times):
        begun = perf_counter()
        told = work()
        taken.append(perf_counter() - begun)
    return told, median(taken)


def _values(told: dict[str, Any]) -> np.ndarray:
    from base64 import b64decode

    return np.frombuffer(b64decode(told["values"]), dtype="<f4")
