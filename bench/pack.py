"""What an inspector takes along: how large it is, and how long it takes to be told."""

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from time import perf_counter

import orjson

from bench.bare import bare, statements_of
from bench.figures import Figure
from bench.load import Asker
from bench.office import TOKEN, web

TIMES = 5
PACKS = {"a community's pack": "/api/v1/pack/?community=1", "the office's pack": "/api/v1/pack/"}


def measure(dsn: str) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    with web(KEPT_BYTES="0") as port, ExitStack() as kept:
        asker = kept.enter_context(Asker(port, TOKEN))
        for name, path in PACKS.items():
            manifest = orjson.loads(asker.ask(path)[1])
            since = f"{path}{'&' if '?' in path else '?'}since={manifest['cursor']}"
            selects = [each for each in statements_of(path) if each.lstrip()[:6] == b"SELECT"]
            base = _ms(bare(dsn, selects)(kept))
            told[name] = {"MB": manifest["bytes"] / 1e6, "kB": manifest["packed"] / 1e3}
            told[f"{name}, the same SQL, bare"] = {"ms": base}
            for how, asked in (("over HTTP", path), ("when nothing changed", since)):
                ms = _ms(lambda asked=asked: asker.ask(asked))  # type: ignore[misc]
                told[f"{name} {how}"] = {"ms": ms, "ratio": base / ms}
    return told


def _ms(act: Callable[[], object]) -> float:
    """The middle one of some, one after the other; the first is not counted."""
    act()
    taken = []
    for _ in range(TIMES):
        begun = perf_counter()
        act()
        taken.append((perf_counter() - begun) * 1000)
    return median(taken)
