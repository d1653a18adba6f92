"""Tiles of findings: made anew, kept by the process, and told to be unchanged."""

from contextlib import ExitStack

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Act, Asker, Client, rounds
from bench.office import TOKEN, web
from geo.models import Estate

LEVELS = (12, 14, 16)
# Neither the one with most findings nor the one with fewest.
ESTATE = 50


def measure(dsn: str) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    # A process that may keep nothing makes every tile anew.
    with web(KEPT_BYTES="0") as making, web(KEPT_BYTES="64000000") as keeping:
        for level in LEVELS:
            path = _path(level)
            with Asker(keeping, TOKEN) as asker:
                tag, tile = asker.ask(path)
            rates = rounds(
                {
                    "the same SQL, bare": bare(dsn, statements_of(path)),
                    "made anew": _asking(making, path),
                    "kept": _asking(keeping, path),
                    "unchanged, 304": _asking(keeping, path, tag or ""),
                }
            )
            base = rates["the same SQL, bare"]
            told[f"z{level}, as sent"] = {"kB": len(tile) / 1000}
            for name, rate in rates.items():
                told[f"z{level} {name}"] = against(rate, base)
    return told


def _path(level: int) -> str:
    centre = Estate.objects.get(pk=ESTATE).geom.centroid
    across = 1 << level
    from math import asinh, floor, pi, radians, tan

    x = floor((centre.x + 180) / 360 * across)
    y = floor((0.5 - asinh(tan(radians(centre.y))) / (2 * pi)) * across)
    return f"/tiles/findings/{level}/{x}/{y}.mvt"


def _asking(port: int, path: str, tag: str = "") -> Client:
    def client(kept: ExitStack) -> Act:
        asker = kept.enter_context(Asker(port, TOKEN))
        if tag:
            return lambda: asker.ask(path, expect=304, If_None_Match=tag)
        return lambda: asker.ask(path)

    return client
