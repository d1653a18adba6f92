"""Ground to place charging sites on: rows of buildings in an estate of their own, lanes between
them, and a small area where nothing may be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry

from geo.measure import from_metric, metric
from geo.models import Asset, Building, Estate, ExcludedArea, Exit

# From one building's corner to the next one's.
STEP_M = 30


@dataclass(frozen=True, slots=True)
class Ground:
    """`at(x, y)`: longitude and latitude so many metres east and north of its middle. There, from
    x = -2 to 10 and y = -12 to 6, nothing is built; a lane comes by at y = 9, a house stands to the
    east from y = -20 to -12, and beyond it, from x = 30 to 50, the ground is excluded."""

    estate: int
    middle: tuple[float, float]

    def at(self, x: float, y: float) -> tuple[float, float]:
        [there] = self.moved(shapely.Point(x, y)).coords
        return there[0], there[1]

    def moved(self, shape: shapely.Geometry) -> shapely.Geometry:
        [(east, north)] = metric(shapely.Point(self.middle)).coords
        return from_metric(shapely.transform(shape, lambda at: np.add(at, (east, north))))


def large() -> Ground:
    """120 buildings of eight corners with two doors each, ten bent lanes, sixty hydrants and
    twenty-four operation areas."""
    return _stand(1, range(12), range(10))


def small() -> Ground:
    """The middle of `large`, with nothing around it: four buildings."""
    return _stand(15, range(5, 7), range(4, 6))


def _stand(estate: int, columns: Iterable[int], rows: Iterable[int]) -> Ground:
    """Puts it into the register, once."""
    there = Estate.objects.get(pk=estate)
    assert there.geom
    ground = Ground(estate, (there.geom.centroid.x, there.geom.centroid.y))
    if there.buildings.filter(number__startswith="bench-").exists():
        return ground
    of = {"estate": there, "community_id": there.community_id}

    def on_map(shape: shapely.Geometry) -> GEOSGeometry:
        return GEOSGeometry(ground.moved(shape).wkb_hex, srid=4326)

    assets = []
    across = [column * STEP_M - 170 for column in columns]
    for row in rows:
        y = row * STEP_M - 140
        for x, column in zip(across, columns, strict=True):
            wings = shapely.union_all(
                [shapely.box(x, y, x + 18, y + 8), shapely.box(x, y, x + 6, y + 14)]
            )
            building = Building.objects.create(
                **of, number=f"bench-{column}-{row}", geom=on_map(shapely.MultiPolygon([wings]))
            )
            Exit.objects.bulk_create(
                Exit(building=building, name=f"{k}", geom=on_map(shapely.Point(x + 8 + 6 * k, y)))
                for k in range(2)
            )
            here: dict[str, shapely.Geometry] = {}
            if row % 2 == 0:
                here["hydrant"] = shapely.Point(x + 22, y)
            if column % 2 == 0 and row % 3 == 0:
                here["operation_area"] = shapely.box(x + 8, y + 9, x + 18, y + 16)
            assets += [
                Asset(**of, type=kind, code=f"bench-{column}-{row}", geom=on_map(shape))
                for kind, shape in here.items()
            ]
        west, east = across[0] - 20, across[-1] + 40
        ways = [(west, 0), (west * 0.4, 0), (west * 0.3, 4), (east * 0.5, 4), (east, 0)]
        lane = shapely.LineString([(x, y - 5 + by) for x, by in ways])
        assets.append(Asset(**of, type="lane", code=f"bench-{row}", width_m=4.5, geom=on_map(lane)))
    Asset.objects.bulk_create(assets)
    area = shapely.MultiPolygon([shapely.box(30, -14, 50, 4)])
    ExcludedArea.objects.create(name=f"bench {estate}", geom=on_map(area))
    return ground
