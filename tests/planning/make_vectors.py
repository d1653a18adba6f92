"""Writes vectors.json: `python -m tests.planning.make_vectors`.

Every scene is laid out in metres about a point of the office, turned by an angle, and put on the
map (`tests.planning.scenes`). What is expected is worked out from the numbers the scene was laid
out with, by elementary geometry, and never by the code under test.
"""

import json
import math
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from geo.projection import reference, reproject
from geo.srid import METRIC, METRIC_MERIDIAN, WGS84
from tests.planning.scenes.attributes import attributes
from tests.planning.scenes.demand import demand
from tests.planning.scenes.distances import distances
from tests.planning.scenes.laid import ORIGIN, VECTORS
from tests.planning.scenes.lanes import lanes
from tests.planning.scenes.missing import missing
from tests.planning.scenes.overlaps import overlaps

FILE = Path(__file__).with_name("vectors.json")
PARTS = (distances, overlaps, lanes, missing, attributes, demand)


def footprints() -> list[dict[str, Any]]:
    """Corners worked out on the projection, whose north leans by the meridian's convergence."""
    told = []
    [[east, north]] = reproject(np.array([ORIGIN]), WGS84, METRIC)
    lean = (ORIGIN[0] - METRIC_MERIDIAN) * math.sin(math.radians(ORIGIN[1]))
    for rotation, bays, rows, long_m, short_m in (
        (0, 10, 1, 8.0, 2.2),
        (90, 10, 1, 8.0, 2.2),
        (33.5, 25, 1, 20.0, 2.2),
        (120, 25, 2, 10.4, 4.4),
        (179.99, 2, 1, 2.2, 1.6),
    ):
        turn = math.radians(rotation - lean)
        corners = [
            (
                east + (a * long_m * math.sin(turn) + b * short_m * math.cos(turn)) / 2,
                north + (a * long_m * math.cos(turn) - b * short_m * math.sin(turn)) / 2,
            )
            for a, b in ((1, -1), (-1, -1), (-1, 1), (1, 1), (1, -1))
        ]
        ring = [
            [round(float(each), 8) for each in point]
            for point in reproject(np.array(corners), METRIC, WGS84)
        ]
        told.append(
            {
                "anchor": list(ORIGIN),
                "rotation_deg": rotation,
                "bays": bays,
                "rows": rows,
                "ring": ring,
            }
        )
    return told


def first_rules() -> list[dict[str, Any]]:
    """As the migration puts them."""
    made: list[dict[str, Any]] = []

    def keep(**fields: Any) -> None:
        on = fields["source_on"]
        made.append(fields | {"source_on": on and on.isoformat(), "on": True})

    objects = SimpleNamespace(bulk_create=list)
    table = type("Rule", (), {"objects": objects, "__new__": lambda _cls, **told: keep(**told)})
    apps = SimpleNamespace(get_model=lambda _app, _name: table)
    import_module("planning.migrations.0003_the_first_rules").begin(apps, None)
    return made


def written() -> str:
    """A line for each rule, footprint and vector."""
    VECTORS.clear()
    for part in PARTS:
        part()
    parts = {"rules": first_rules(), "footprints": footprints(), "vectors": VECTORS}
    lines = ",\n".join(
        f' "{name}": [\n'
        + ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in rows)
        + "\n ]"
        for name, rows in parts.items()
    )
    return f'{{\n "projection": {json.dumps(reference(METRIC).proj)},\n{lines}\n}}\n'


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
