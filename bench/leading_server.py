"""What the leaders' page asks its server, a few clients at once over HTTP with nothing kept, and
one alone against the same from rows."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any
from unittest.mock import patch

import orjson
from django.utils import timezone

from bench import plain
from bench.figures import Figure
from bench.load import ROUNDS, Asker, Rate, asking, hammer, middle
from bench.office import TOKEN, begun_by, web, worker
from geo.scope import EVERYTHING
from inspections import overview
from inspections.overview import Asked, placed

API = "/api/v1/overview/"
AS_OF = "as_of=2024-12-20"
PERIOD = f"since=2023-12-21&until=2024-12-20&{AS_OF}"
NARROWED = f"{PERIOD}&kind=fire_lane&severity=1"
WEEK = f"since=2024-09-02&until=2024-09-08&{AS_OF}"
# Beside one that is alone.
CLIENTS, MANY = 4, 8
HOT_SPOTS = f"{API}hotspots/?measure=rate&since=2024-06-10&{AS_OF}"

_YEAR = Asked(
    since=date(2023, 12, 21), until=date(2024, 12, 20), as_of=date(2024, 12, 20), now=timezone.now()
)
_NARROWED = replace(_YEAR, kinds=("fire_lane",), severities=(1,))
_WEEK = replace(_YEAR, since=date(2024, 9, 2), until=date(2024, 9, 8))
_MOMENT = replace(_YEAR, since=None, until=None)

Rows = Callable[[], Any]


def _counted(asked: Asked, *by: str) -> Rows:
    return partial(plain.counted, EVERYTHING, asked, *by)


def _one_by_one(draw: Callable[[Any, Asked], Any], asked: Asked) -> Rows:
    def ask() -> None:
        with patch.object(placed, "ONE_BY_ONE", 10**9):
            draw(EVERYTHING, asked)

    return ask


# Each with the same from rows; a list of the register has none.
QUESTIONS: dict[str, tuple[str, Rows | None]] = {
    "figures by estate": (f"{API}figures/?{PERIOD}&by=estate", _counted(_YEAR, "estate")),
    "figures by week": (f"{API}figures/?{PERIOD}&by=week", _counted(_YEAR, "week")),
    "what is open": (
        f"{API}figures/?measure=open&{AS_OF}&by=estate",
        _counted(_MOMENT.with_measure("open"), "estate"),
    ),
    "what is overdue": (
        f"{API}figures/?measure=overdue&{AS_OF}&by=kind",
        _counted(_MOMENT.with_measure("overdue"), "kind"),
    ),
    "every step of the slider": (
        f"{API}frames/?{PERIOD}&step=week",
        _counted(_YEAR, "estate", "week"),
    ),
    "heat": (f"{API}heat/?{PERIOD}", _one_by_one(overview.heat, _YEAR)),
    "hexagons": (f"{API}hexagons/?{PERIOD}", _one_by_one(overview.hexagons, _YEAR)),
    "estates of the register": ("/api/v1/estates/?with=last_inspected&page_size=1000", None),
    "filter change: figures by estate": (
        f"{API}figures/?{NARROWED}&by=estate",
        _counted(_NARROWED, "estate"),
    ),
    "filter change: every step": (
        f"{API}frames/?{NARROWED}&step=week",
        _counted(_NARROWED, "estate", "week"),
    ),
    "filter change: heat": (f"{API}heat/?{NARROWED}", _one_by_one(overview.heat, _NARROWED)),
    "filter change: hexagons": (
        f"{API}hexagons/?{NARROWED}",
        _one_by_one(overview.hexagons, _NARROWED),
    ),
    "slider step: heat": (f"{API}heat/?{WEEK}", _one_by_one(overview.heat, _WEEK)),
    "slider step: hexagons": (f"{API}hexagons/?{WEEK}", _one_by_one(overview.hexagons, _WEEK)),
}


def measure() -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    with web(KEPT_BYTES="0") as port:
        for name, (path, rows) in QUESTIONS.items():
            few: list[Rate] = []
            alone: list[float] = []
            slow: list[float] = []
            for _ in range(ROUNDS):
                few.append(hammer(asking(port, TOKEN, path), clients=CLIENTS))
                alone.append(1000 / hammer(asking(port, TOKEN, path), clients=1).per_second)
                slow += [_took_ms(rows)] if rows else []
            told[f"server: {name}"] = {
                "p95_ms": middle(few).p95_ms,
                "alone ms": median(alone),
                **(
                    {"rows ms": median(slow), "ratio": median(slow) / median(alone)} if rows else {}
                ),
            }
    return told | _memory()


def _memory() -> dict[str, Figure]:
    """When eight clients have asked everything and the worker has found hot spots."""
    with web(KEPT_BYTES="64000000") as port, worker() as working:
        with ThreadPoolExecutor(MANY) as clients:
            list(clients.map(_ask_everything, [port] * MANY * 2))
        with Asker(port, TOKEN) as asker:
            asker.ask(HOT_SPOTS, method="POST", expect=202)
            while _state(asker) == "working":
                sleep(0.5)
        serving = set(begun_by(os.getpid())) - {working, *begun_by(working)}
        web_mb, worker_mb = (
            sum(map(_resident_mb, each)) for each in (serving, [working, *begun_by(working)])
        )
    return {
        f"memory of web, {MANY} clients": {"MB": web_mb},
        "memory of the worker": {"MB": worker_mb},
        "memory of both": {"MB": web_mb + worker_mb},
    }


def _state(asker: Asker) -> str:
    _, told = asker.ask(HOT_SPOTS, Accept_Encoding="identity")
    return str(orjson.loads(told)["state"])


def _ask_everything(port: int) -> None:
    with Asker(port, TOKEN) as asker:
        for path, _ in QUESTIONS.values():
            asker.ask(path)


def _resident_mb(pid: int) -> float:
    """What is shared between processes counts in each of them."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition("VmRSS:")[2].split()[0]) * 1024 / 1e6


def _took_ms(ask: Rows) -> float:
    begun = perf_counter()
    ask()
    return (perf_counter() - begun) * 1000
