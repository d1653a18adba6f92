"""Judging a site while it is dragged, in the browser's JavaScript and on the server.

A large estate stands around it: 120 buildings of eight corners with two doors each, twelve bent
lanes, sixty hydrants, twenty operation areas. A move turns the site and shifts it, over lanes and
along walls; the estate is not new for a move, and is for a check on the server.
"""

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import orjson
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Model

from bench.figures import Figure
from geo.measure import from_metric, metric
from geo.models import Asset, Building, Estate, Exit
from geo.projection import reference
from geo.scope import EVERYTHING
from geo.srid import METRIC
from planning.checking import footprint, judge, site_of, surroundings_of
from planning.models import SiteRule
from planning.services import around
from planning.services.checking import check_site

MOVES = 300
CHECKS = 60
NODE = Path(__file__).with_name("checking.mjs")


def measure(dsn: str) -> dict[str, Figure]:
    estate, middle = _stand()
    lon, lat = middle
    box = (lon - 0.004, lat - 0.004, lon + 0.004, lat + 0.004)
    layers = around.told_around(box, EVERYTHING, excluded=True)
    told = orjson.loads(orjson.dumps(layers, option=orjson.OPT_NON_STR_KEYS))
    sites = [_site(estate, middle, n) for n in range(MOVES)]
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
        "a move judged, JavaScript": {
            "ms": median(browser["moves"]),
            "p95_ms": _p95(browser["moves"]),
        },
        "a site judged, Python": {"ms": median(judged), "p95_ms": _p95(judged)},
        "a site checked with all its queries": {"ms": median(checked), "p95_ms": _p95(checked)},
    }


def _stand() -> tuple[int, tuple[float, float]]:
    """Puts the large estate into the register once; answers its id and its middle."""
    estate = Estate.objects.exclude(geom=None).order_by("pk").first()
    assert estate
    assert estate.geom
    centre = estate.geom.centroid
    middle = (centre.x, centre.y)
    if estate.buildings.filter(number="bench-0").exists():
        return estate.pk, middle
    [(east, north)] = metric(shapely.Point(middle)).coords

    def on_map(shape: shapely.Geometry) -> GEOSGeometry:
        moved = shapely.transform(shape, lambda at: np.add(at, (east, north)))
        return GEOSGeometry(from_metric(moved).wkb_hex, srid=4326)

    rows: list[Model] = []
    of = {"estate": estate, "community_id": estate.community_id}
    for n in range(120):
        x, y = n % 12 * 30 - 170, n // 12 * 30 - 140
        wings = shapely.union_all(
            [shapely.box(x, y, x + 18, y + 8), shapely.box(x, y, x + 6, y + 14)]
        )
        outline = shapely.MultiPolygon([wings])
        rows.append(Building(**of, number=f"bench-{n}", geom=on_map(outline)))
    Building.objects.bulk_create([each for each in rows if isinstance(each, Building)])
    doors = []
    for n, building in enumerate(
        estate.buildings.filter(number__startswith="bench-").order_by("pk")
    ):
        x, y = n % 12 * 30 - 170, n // 12 * 30 - 140
        doors += [
            Exit(building=building, name=f"{k}", geom=on_map(shapely.Point(x + 8 + 6 * k, y)))
            for k in range(2)
        ]
    Exit.objects.bulk_create(doors)
    for n in range(12):
        y = n * 30 - 145
        line = shapely.LineString([(-190, y), (-60, y), (-40, y + 4), (60, y + 4), (190, y)])
        rows.append(Asset(**of, type="lane", code=f"bench-{n}", width_m=4.5, geom=on_map(line)))
    for n in range(60):
        place = shapely.Point(n % 12 * 30 - 148, n // 12 * 60 - 140)
        rows.append(Asset(**of, type="hydrant", code=f"bench-{n}", geom=on_map(place)))
    for n in range(20):
        x, y = n % 5 * 70 - 160, n // 5 * 70 - 130
        area = shapely.box(x, y, x + 15, y + 10)
        rows.append(Asset(**of, type="operation_area", code=f"bench-{n}", geom=on_map(area)))
    Asset.objects.bulk_create([each for each in rows if isinstance(each, Asset)])
    return estate.pk, middle


def _site(estate: int, middle: tuple[float, float], n: int) -> dict[str, object]:
    turn = n * 0.07
    lon = middle[0] + 0.0012 * math.cos(turn) * n / MOVES
    lat = middle[1] + 0.0012 * math.sin(turn) * n / MOVES
    drawn = footprint((lon, lat), n % 180, 24)
    told = {"geom": json.loads(shapely.to_geojson(drawn)), "estate": estate, "bays": 24}
    return told | {"ports": 12, "level": "ground", "place": "open_ground"}


def _ms(work: Callable[..., object], *given: object) -> float:
    begun = perf_counter()
    work(*given)
    return (perf_counter() - begun) * 1000


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
