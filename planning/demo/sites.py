"""Where sites can be drawn on vacant spaces, and what such a site is made of."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, Polygon

from geo import geojson
from geo.measure import from_metric, metric
from geo.models import Asset, AssetType
from inspections.demo.blocks import long_side

BAY_M, DEPTH_M = 0.8, 2.2
LEAST_BAYS, MOST_BAYS = 6, 20


@dataclass(frozen=True, slots=True)
class Spot:
    """A rectangle of so many bays in the middle of a vacant space; `footprint` in metres."""

    space: Asset
    footprint: Polygon
    bays: int
    rotation_deg: float

    def fields(self, chance: Random, **changes: Any) -> dict[str, Any]:
        """As the API takes them."""
        middle = from_metric(self.footprint.centroid)
        told: dict[str, Any] = {
            "estate": self.space.estate_id,
            "vacant_space": self.space.pk,
            "geom": geojson.write(from_metric(self.footprint)),
            "outline": "rectangle",
            "anchor": geojson.write(middle),
            "rotation_deg": round(self.rotation_deg, 3) % 180,
            "ports": max(2, round(self.bays * chance.uniform(0.5, 1))),
            "bays": self.bays,
            "bay_length_m": DEPTH_M,
            "bay_width_m": BAY_M,
            "group_bays": self.bays,
            "group_length_m": round(self.bays * BAY_M, 2),
            "partitions": False,
            "canopy": chance.choice(["open", "open", "none"]),
            "cctv": chance.random() < 0.6,
            "power": chance.choice(["estate", "grid"]),
            "level": "ground",
            "place": "open_ground",
            "entrances": chance.choice([1, 2, 2]),
            "commercial": False,
            "cost_yuan": self.bays * chance.randint(2200, 3400) // 100 * 100,
        }
        return told | changes

    def moved(self, towards: Point) -> "Spot":
        """Onto another place, as it lies."""
        middle = self.footprint.centroid
        by = np.array((towards.x - middle.x, towards.y - middle.y))
        moved = shapely.transform(self.footprint, lambda points: points + by)
        return Spot(self.space, moved, self.bays, self.rotation_deg)


def spots(chance: Random) -> Iterator[Spot]:
    """In an order by chance, no two in one estate."""
    rows = Asset.objects.current().of_type(AssetType.VACANT_SPACE).filter(estate__isnull=False)
    spaces = list(rows.select_related("estate").order_by("pk"))
    chance.shuffle(spaces)
    seen: set[int | None] = set()
    for space in spaces:
        if space.estate_id in seen:
            continue
        spot = _laid_out(space, metric(shapely.from_wkb(bytes(space.geom.wkb))), chance)
        if spot is not None:
            seen.add(space.estate_id)
            yield spot


def _laid_out(space: Asset, shape: Polygon, chance: Random) -> Spot | None:
    middle, along, length, breadth = long_side(shape)
    bays = min(int((length - 1) / BAY_M), chance.randint(8, MOST_BAYS))
    if bays < LEAST_BAYS or breadth < DEPTH_M + 0.6:
        return None
    across = np.array((-along[1], along[0]))
    half, deep = along * bays * BAY_M / 2, across * DEPTH_M / 2
    footprint = Polygon(
        [middle - half - deep, middle + half - deep, middle + half + deep, middle - half + deep]
    )
    if not shape.contains(footprint):
        return None
    # Clockwise from north, of a line that has no direction.
    bearing = math.degrees(math.atan2(along[0], along[1])) % 180
    return Spot(space, shapely.geometry.polygon.orient(footprint), bays, bearing)
