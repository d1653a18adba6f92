"""Is the data really in the coordinate system it is said to be in?

Exports of Chinese maps often say WGS-84 and are GCJ-02, some 560 m to the south-east. What the
register knows tells: the community or estate that each place belongs to, and where the place
itself was before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from geo import datum
from geo.errors import LooksShifted
from geo.files.match import Row
from geo.files.parents import Parents
from geo.files.shapes import centres_m
from geo.files.table import array
from geo.measure import points_m

_SHIFTED = {"wgs84": "WGS-84", "gcj02": "GCJ-02", "bd09": "BD-09"}
# Far less than the shift, far more than a place is redrawn by; and what an edge may be off by.
_NEAR_M, _EDGE_M = 150, 30
# So many of the places that can be asked must fit the other system, and so many more than this one.
_FIT, _MORE = 0.7, 0.1
# BD-09 is off by twice as much, where a neighbouring community begins: one place proves nothing.
_AT_LEAST = {"wgs84": 1, "gcj02": 1, "bd09": 3}
# Of places that don't say whose they are, it is asked only whether they lie in any estate.
_AT_LEAST_UNSAID = 5


@dataclass(frozen=True, slots=True)
class _Asked:
    """Centres in degrees; in metres what the register expects of each: a home, or where it was.

    `at_least` so many must speak against the declared system.
    """

    centres: NDArray[np.float64]
    homes_m: NDArray[np.object_]
    before_m: NDArray[np.float64]
    at_least: int


def refuse_if_shifted(rows: Sequence[Row], parents: Parents, declared: str, title: str) -> None:
    """Raises LooksShifted if the places fit the register in another datum and not in this one.

    `declared` is what the file was converted from, `title` what people call it.
    """
    asked = _asked(rows, parents)
    if not len(asked.centres):
        return
    assumed = declared if declared in {"gcj02", "bd09"} else "wgs84"
    raw = datum.from_wgs84(asked.centres, assumed)
    moved = {name: datum.to_wgs84(raw, name) for name in _SHIFTED}
    fits = {name: int(_fits(asked, centres).sum()) for name, centres in moved.items()}
    better = max(fits, key=lambda name: (fits[name], name == assumed))
    total = len(asked.centres)
    more = max(_AT_LEAST[better], asked.at_least, _MORE * total)
    if fits[better] < _FIT * total or fits[better] - fits[assumed] < more:
        return
    off = (points_m(moved[assumed]) - points_m(moved[better])).mean(axis=0)
    raise LooksShifted(
        declared=title,
        better=_SHIFTED[better],
        option=better,
        metres=round(float(np.hypot(*off))),
        direction=_direction(*off.tolist()),
        asked=total,
        fit=fits[assumed],
        fit_better=fits[better],
    )


def _asked(rows: Sequence[Row], parents: Parents) -> _Asked:
    """Rows whose shape is new and of which the register expects anything."""
    drawn = [
        row
        for row in rows
        if row.shape is not None
        and not (row.outline is not None and row.outline.equals_exact(row.shape, 1e-9))
    ]
    homes = {id(row): _home(row, parents) for row in drawn if row.outline is None}
    told = [row for row in drawn if row.outline is not None or homes[id(row)] is not None]
    at_least = 1
    if not told and "estate" in parents.by_name and drawn:
        everywhere = shapely.union_all(list(parents.by_name["estate"].shapes.values()))
        told, at_least = drawn, _AT_LEAST_UNSAID
        homes = {id(row): everywhere for row in told}
    around = [homes.get(id(row)) for row in told]
    # A thousand rows have one home: it is projected once.
    distinct = {id(home): home for home in around if home is not None}
    in_metres = {key: shapely.transform(home, points_m) for key, home in distinct.items()}
    return _Asked(
        shapely.get_coordinates(shapely.centroid(array([row.shape for row in told]))),
        array([in_metres.get(id(home)) for home in around]),
        centres_m(array([row.outline for row in told])),
        at_least,
    )


def _home(row: Row, parents: Parents) -> object:
    """The outline of the closest place that the file says the row belongs to."""
    for name, index in reversed(parents.by_name.items()):
        pk = row.parents.get(name)
        if pk is not None and name in row.named and pk in index.shapes:
            return index.shapes[pk]
    return None


def _fits(asked: _Asked, centres: NDArray[np.float64]) -> NDArray[np.bool_]:
    at = points_m(centres)
    inside = shapely.dwithin(asked.homes_m, shapely.points(at), _EDGE_M)
    near = np.hypot(*(at - asked.before_m).T) <= _NEAR_M
    return np.asarray(inside | near)


def _direction(east: float, north: float) -> str:
    names = (
        _("east"),
        _("north-east"),
        _("north"),
        _("north-west"),
        _("west"),
        _("south-west"),
        _("south"),
        _("south-east"),
    )
    return names[round(float(np.degrees(np.arctan2(north, east))) / 45) % 8]
