"""What was measured: numbers with their units, as a line of a table and as JSON."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from bench.load import Rate

# A number by its unit, as {"per_second": 1300.0, "p95_ms": 2.1, "ratio": 0.37}.
Figure = Mapping[str, float]

_TOLD = {
    "per_second": "{:,.0f}/s",
    "p95_ms": "p95 {:.1f} ms",
    "ratio": "×{:.2f}",
    "s": "{:.2f} s",
    "ms": "{:.1f} ms",
    "alone ms": "alone {:.1f} ms",
    "rows ms": "from rows {:.1f} ms",
    "kB": "{:,.1f} kB",
    "MB": "{:,.1f} MB",
    "MB more": "{:+.0f} MB of memory",
    "taps": "{:.0f} taps",
    "questions": "{:.0f} questions",
    "statements": "{:.0f} statements",
    "communities": "{:.0f} communities",
    "indicators": "{:.0f} indicators",
    "values": "{:,.0f} values",
    "ledger rows": "{:,.0f} ledger rows",
    "wall s": "({:.2f} s by the clock)",
    "gap": "gap {:.2g}",
    "% off": "off by {:.2f} % at most",
    "first": "first of its equals: {:.0f}",
    "load": "load {:.1f}",
    "cores": "on {:.0f} cores",
}


def spread(ms: list[float]) -> Figure:
    return {"ms": median(ms), "p95_ms": sorted(ms)[int(len(ms) * 0.95)]}


def machine() -> dict[str, Figure]:
    """How busy it was: what a table of times is read with."""
    return {"the machine meanwhile": {"load": os.getloadavg()[0], "cores": os.cpu_count() or 1}}


def against(rate: Rate, base: Rate) -> Figure:
    """`ratio` is of how many a second, to those of `base` in the same run."""
    return {
        "per_second": rate.per_second,
        "p95_ms": rate.p95_ms,
        "ratio": rate.per_second / base.per_second,
    }


def line(figure: Figure) -> str:
    return "  ".join(_TOLD[unit].format(value) for unit, value in figure.items())


def table(measured: Mapping[str, Mapping[int, Figure]], sizes: list[int]) -> str:
    told = {name: [line(each.get(n, {})) for n in sizes] for name, each in measured.items()}
    first = max(map(len, told))
    wide = max(len(each) for lines in told.values() for each in lines) + 3
    rows = [("", [f"{n:,}" for n in sizes]), *told.items()]
    return "\n".join(
        f"{name:<{first}}" + "".join(f"{e:>{wide}}" for e in row) for name, row in rows
    )


def keep(measured: Mapping[str, Mapping[int, Figure]], file: Path) -> None:
    """`{name: {findings: {unit: number}}}`"""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
