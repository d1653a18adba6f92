"""Tiles of findings: made anew, kept by the process, and told to be unchanged."""

from bench.bare import bare, statements_of
from bench.figures import Figure, against
from bench.load import Asker, asking, rounds
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
                    "made anew": asking(making, TOKEN, path),
                    "kept": asking(keeping, TOKEN, path),
                    "unchanged, 304": asking(keeping, TOKEN, path, tag or ""),
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
