"""The ways from demand points to sites, over the paths and gates of the register."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import metric
from geo.models import Estate, Gate, Road
from planning.demand.assumed import Assumed
from planning.demand.points import DemandPoint
from planning.walking import Assumptions, By, Ground, Walks, walks
from planning.walking import Estate as Walled
from planning.walking import Gate as Walkable
from planning.walking.ground import Floats


def ways(places: Sequence[DemandPoint], sites: Floats, by: Assumed, *, most_m: float) -> Walks:
    """From the nearest door of each demand point; `sites` are (n, 2) metres (EPSG:4549)."""
    if not places or not len(sites):
        shape = (len(places), len(sites))
        return Walks(np.full(shape, np.inf), np.full(shape, By.STRAIGHT))
    doors = np.concatenate([each.doors for each in places])
    owner = np.repeat(np.arange(len(places)), [len(each.doors) for each in places])
    homes = np.array([each.estate for each in places], np.int64)
    return walks(_ground(by), doors, owner, homes, sites, most_m)


def _ground(by: Assumed) -> Ground:
    """Paths, walls and gates, all that are drawn: who walks knows no scope."""
    gates = [
        Walkable(estate, _metric(geom).coords[0], open_to)
        for estate, geom, open_to in Gate.objects.current()
        .order_by("pk")
        .values_list("estate", "geom", "open_to")
    ]
    walled = Estate.objects.current().filter(
        pk__in={gate.estate for gate in gates}, geom__isnull=False
    )
    return Ground(
        [_metric(geom) for geom in Road.objects.current().values_list("geom", flat=True)],
        [Walled(each.pk, _metric(each.geom)) for each in walled.order_by("pk").only("pk", "geom")],
        gates,
        Assumptions(by.snap_m, by.detour),
    )


def _metric(geom: Any) -> BaseGeometry:
    return metric(shapely.from_wkb(bytes(geom.wkb)))
