"""Judging a site while it is dragged, in the browser's JavaScript and on the server.

A large estate stands around it. A move turns the site and shifts it, over lanes and along walls;
the estate is not new for a move, and is for a check on the server.
"""

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import orjson
import shapely
from shapely import affinity

from bench import figures, ground
from bench.figures import Figure
from bench.ground import Ground
from geo.projection import reference
from geo.scope import EVERYTHING
from geo.srid import METRIC
from planning.checking import judge, site_of, surroundings_of
from planning.models import SiteRule
from planning.services import around
from planning.services.checking import check_site

MOVES = 300
CHECKS = 60
NODE = Path(__file__).with_name("checking.mjs")


def measure(dsn: str) -> dict[str, Figure]:
    large = ground.large()
    lon, lat = large.middle
    box = (lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004)
    layers = around.told_around(box, EVERYTHING, excluded=True)
    told = orjson.loads(orjson.dumps(layers, option=orjson.OPT_NON_STR_KEYS))
    sites = [_site(large, n) for n in range(MOVES)]
    rules = [row.told() for row in SiteRule.objects.all()]
    asked = {
        "sites": sites,
        "around": told,
        "rules": rules,
        "projection": reference(METRIC).proj,
    }
    node = subprocess.run(
        [shutil.which("node") or "node", NODE],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    browser = json.loads(node.stdout)
    surroundings = surroundings_of(told)
    of_rules = [row.rule for row in SiteRule.objects.all()]
    judged = [_ms(judge, site_of(each), surroundings, of_rules) for each in sites]
    checked = [_ms(check_site, site_of(each)) for each in sites[:CHECKS]]
    return {
        "estate made ready, JavaScript": {"ms": browser["ready"]},
        "a move judged, JavaScript": figures.spread(browser["moves"]),
        "a site judged, Python": figures.spread(judged),
        "a site checked with all its queries": figures.spread(checked),
    }


def _site(where: Ground, n: int) -> dict[str, object]:
    turn = n * 0.07
    far = 130 * n / MOVES
    row = affinity.rotate(shapely.box(-9.6, -1.1, 9.6, 1.1), n % 180)
    drawn = where.moved(affinity.translate(row, far * math.cos(turn), far * math.sin(turn)))
    told = {"geom": json.loads(shapely.to_geojson(drawn)), "estate": where.estate, "bays": 24}
    return told | {"ports": 12, "level": "ground", "place": "open_ground"}


def _ms(work: Callable[..., object], *given: object) -> float:
    begun = perf_counter()
    work(*given)
    return (perf_counter() - begun) * 1000
