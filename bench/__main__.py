"""`python -m bench [MODULE…] [--findings 100000 1000000]`: MODULES, or all of them."""

import os
import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from time import perf_counter

from bench import figures, office
from bench.figures import Figure

MODULES = (
    "tiles",
    "heat",
    "listing",
    "fresh",
    "overview",
    "leading",
    "recording",
    "moves",
    "photos",
    "page",
    "tablet",
    "pack",
    "ledger",
    "papers",
    "selection",
    "checking",
    "plan",
    "board",
    "campaign",
)


def main() -> None:
    parser = ArgumentParser(prog="bench", description="Speed against the same work done bare.")
    parser.add_argument("modules", nargs="*", choices=[*MODULES, []], help="all if not said")
    parser.add_argument(
        "--findings", type=int, nargs="+", default=[100_000, 1_000_000], metavar="N"
    )
    parser.add_argument("--json", type=Path, default=Path("bench.json"), metavar="FILE")
    asked = parser.parse_args()
    begun = perf_counter()
    os.environ |= {"DEBUG": "0", "KEPT_BYTES": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    with office.database() as dsn:
        import django
        from django.db import connection

        django.setup()
        office.found()
        measured: dict[str, dict[int, Figure]] = {}
        standing = 0
        for n in sorted(asked.findings):
            _say(f"{n:,} findings come in", begun)
            office.add_findings(n - standing)
            standing = n
            for name in asked.modules or MODULES:
                _say(f"{name} with {n:,} findings", begun)
                for line, figure in import_module(f"bench.{name}").measure(dsn).items():
                    measured.setdefault(line, {})[n] = figure
        connection.close_pool()
    figures.keep(measured, asked.json)
    print(figures.table(measured, sorted(asked.findings)))
    _say(f"done; the same as JSON: {asked.json}", begun)


def _say(text: str, begun: float) -> None:
    print(f"{perf_counter() - begun:5.0f} s  {text}", file=sys.stderr, flush=True)


main()
