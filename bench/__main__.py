"""`python -m bench [tiles listing recording page] [--findings 100000 1000000]`"""

import os
import sys
from argparse import ArgumentParser
from importlib import import_module
from time import perf_counter

from bench import office

MODULES = ("tiles", "listing", "recording", "page")


def main() -> None:
    parser = ArgumentParser(prog="bench", description="Speed against the same work done bare.")
    parser.add_argument("modules", nargs="*", choices=[*MODULES, []], help="all if not said")
    parser.add_argument(
        "--findings", type=int, nargs="+", default=[100_000, 1_000_000], metavar="N"
    )
    asked = parser.parse_args()
    begun = perf_counter()
    os.environ |= {"DEBUG": "0", "KEPT_BYTES": "0", "DJANGO_SETTINGS_MODULE": "config.settings"}
    with office.database() as dsn:
        import django
        from django.db import connection

        django.setup()
        office.found()
        told: dict[str, dict[int, str]] = {}
        standing = 0
        for n in sorted(asked.findings):
            _say(f"{n:,} findings come in", begun)
            office.add_findings(n - standing)
            standing = n
            for name in asked.modules or MODULES:
                _say(f"{name} with {n:,} findings", begun)
                for line, value in import_module(f"bench.{name}").measure(dsn).items():
                    told.setdefault(line, {})[n] = value
        connection.close_pool()
    _table(told, sorted(asked.findings))
    _say("done", begun)


def _table(told: dict[str, dict[int, str]], sizes: list[int]) -> None:
    first = max(map(len, told))
    wide = max(len(value) for values in told.values() for value in values.values()) + 3
    print()
    print(" " * first, *(f"{n:>{wide},}" for n in sizes))
    for name, values in told.items():
        print(f"{name:<{first}}", *(f"{values.get(n, ''):>{wide}}" for n in sizes))


def _say(text: str, begun: float) -> None:
    print(f"{perf_counter() - begun:5.0f} s  {text}", file=sys.stderr, flush=True)


main()
