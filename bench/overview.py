"""What leaders ask, from the summaries, against the same by plain SQL over rows in the same run.

What keeping the summaries costs an insert stands in `bench.recording`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.utils import timezone

from bench import office, plain
from bench.figures import Figure
from geo.scope import EVERYTHING
from inspections import overview
from inspections.models import Case
from inspections.overview import Asked
from inspections.overview.asked import end_of
from inspections.overview.counted import counted, inspected

ROUNDS, EACH = 3, 5
CASES = 100_000
LAST = date(2024, 12, 20)
ALL = Asked(as_of=LAST, now=timezone.now())
YEAR = replace(ALL, since=date(2023, 12, 21))
MONTH = replace(ALL, since=date(2024, 11, 21))
FILTERED = replace(YEAR, kinds=("fire_lane",), severities=(1, 2), communities=(1, 2, 3))
PAST = replace(ALL, as_of=date(2024, 3, 13), measure="open")

Ask = Callable[[], Any]


def measure(dsn: str) -> dict[str, Figure]:
    office.add_cases(CASES - Case.objects.count())
    return {
        line: figure
        for name, (kept, rows, alike) in _questions().items()
        for line, figure in _compared(name, kept, rows, alike).items()
    }


def _questions() -> dict[str, tuple[Ask, Ask, Callable[[Any, Any], bool]]]:
    """The answer, the same by plain SQL, and whether both say the same."""
    told: dict[str, tuple[Ask, Ask, Callable[[Any, Any], bool]]] = {}
    for name, asked, by in (
        ("figures by estate, rate, all", ALL.with_measure("rate"), "estate"),
        ("figures by community, a year", YEAR, "community"),
        ("filter change: kind, severities, communities", FILTERED.with_measure("rate"), "estate"),
        ("figures by item, a year", YEAR, "item"),
        ("open on a past day", PAST, "estate"),
        ("overdue on a past day", PAST.with_measure("overdue"), "estate"),
        ("found again, a month", MONTH.with_measure("repeat"), "estate"),
    ):
        told[name] = (
            lambda asked=asked, by=by: overview.figures(EVERYTHING, asked, by),
            lambda asked=asked, by=by: _rows(asked, by),
            lambda kept, rows: kept["total"]["n"] == sum(rows[0].values()),
        )
    for step, measure in (("week", "rate"), ("week", "found"), ("day", "found")):
        asked = YEAR.with_measure(measure)
        told[f"frames by {step}, {measure}, a year"] = (
            lambda asked=asked, step=step: overview.frames(EVERYTHING, asked, step, "window"),
            lambda asked=asked, step=step: _rows(asked, "estate", step),
            lambda kept, rows: sum(map(sum, kept["n"])) == sum(rows[0].values()),
        )
    step = replace(YEAR, since=date(2024, 9, 2), until=date(2024, 9, 8)).with_measure("rate")
    told["one step of the slider, rate"] = (
        lambda: (counted(EVERYTHING, step, "estate"), inspected(EVERYTHING, step, "estate")),
        lambda: _rows(step, "estate"),
        lambda kept, rows: kept == rows,
    )
    told["frames by week, open, against one step of them"] = (
        lambda: overview.frames(EVERYTHING, YEAR, "week", "open"),
        lambda: plain.counted(EVERYTHING, PAST, "estate", at=end_of(LAST)),
        lambda kept, rows: sum(kept["n"][-1]) == sum(rows.values()),
    )
    return told


def _rows(asked: Asked, *by: str) -> tuple[dict[Any, int], ...]:
    n = plain.counted(EVERYTHING, asked, *by)
    if asked.defined.per != "inspection":
        return (n,)
    return n, plain.counted(EVERYTHING, asked, *by, of="inspection")


def _compared(
    name: str, kept: Ask, rows: Ask, alike: Callable[[Any, Any], bool]
) -> dict[str, Figure]:
    """In turn, so that what slows the machine slows both."""
    if not alike(kept(), rows()):
        raise AssertionError(f"{name}: the summaries say something else than the rows")
    fast, slow = [], []
    for _ in range(ROUNDS):
        fast += [_took_ms(kept) for _ in range(EACH)]
        slow.append(_took_ms(rows))
    p95 = quantiles(fast, n=20, method="inclusive")[-1]
    return {
        name: {"p95_ms": p95, "ratio": median(slow) / median(fast)},
        f"{name}, from rows": {"ms": median(slow)},
    }


def _took_ms(ask: Ask) -> float:
    begun = perf_counter()
    ask()
    return (perf_counter() - begun) * 1000
