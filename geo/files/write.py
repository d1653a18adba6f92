"""From rows that are understood to rows that are kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as has
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from geo.errors import RegisterRefused
from geo.files.layers import Layer
from geo.files.match import Row
from geo.files.parents import Parents
from geo.files.table import Problem, array
from geo.measure import distance_m
from geo.srid import WGS84

Watch = Callable[[Sequence[Any], str], Iterable[Any]]

_BATCH = 2_000
# Boundaries are drawn to some metres; what stands on the edge is not astray.
_EDGE_M = 30
_FAR_M = 10_000
# A tenth of a millimetre, in degrees: a shape that has been through another format is the same.
_SAME = 1e-9


def unwatched(rows: Sequence[Any], _what: str) -> Iterable[Any]:
    return rows


@dataclass(slots=True)
class Loaded:
    """What was written, or would have been: ids and GeoJSON features in the file's order."""

    layer: Layer
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    notes: list[Problem] = has(default_factory=list)
    written: list[int] = has(default_factory=list)
    features: list[bytes] = has(default_factory=list)


def recall(rows: Sequence[Row], layer: Layer) -> None:
    """Puts the register's own row beside each row that has one."""
    known: dict[int, Any] = {}
    targets = [row.target for row in rows if row.target is not None]
    for start in range(0, len(targets), _BATCH):
        known |= layer.model._default_manager.in_bulk(targets[start : start + _BATCH])
    for row in rows:
        if row.target is not None:
            row.before = known[row.target]
            geom = getattr(row.before, "geom", None)
            row.outline = shapely.from_wkb(bytes(geom.wkb)) if geom else None


def keep_outlines(rows: Sequence[Row]) -> list[Problem]:
    """A point never replaces an outline, unless that one stands elsewhere and is not confirmed."""
    notes = []
    drawn = 0
    for row in rows:
        if not row.only_point:
            continue
        if row.outline is None:
            drawn += 1
            continue
        away_m = distance_m(row.outline, row.shape.centroid)
        if away_m == 0 or not row.before.unconfirmed:
            row.shape = None
        else:
            drawn += 1
        if row.shape is None and away_m > _EDGE_M:
            told = _("The point lies %s m from the outline in the register, which is kept.")
            notes.append(Problem(row.line, told % round(away_m)))
    if drawn:
        told = _("%s places have only a point: a small square stands for each, not confirmed.")
        notes.append(Problem(0, told % drawn))
    return notes


def astray(rows: Sequence[Row], parents: Parents) -> tuple[list[Problem], list[Problem]]:
    """Places that lie outside of what the file says they belong to: near it, and far from it.

    Near ones may be true, or their boundary may not; no place lies ten kilometres from its own.
    """
    near: list[Problem] = []
    far: list[Problem] = []
    for name, index in parents.by_name.items():
        home: dict[int, list[Row]] = {}
        for row in rows:
            pk = row.parents[name]
            asked = name in row.named and row.shape is not None
            if asked and pk is not None and pk in index.shapes:
                home.setdefault(pk, []).append(row)
        for pk, members in home.items():
            shapes = array([row.shape for row in members])
            for i in np.flatnonzero(~shapely.intersects(index.shapes[pk], shapes)).tolist():
                away_m = distance_m(index.shapes[pk], shapes[i])
                if away_m > _EDGE_M:
                    told = _("It lies %(metres)s m outside of %(place)s.")
                    told %= {"metres": f"{away_m:,.0f}", "place": index.name[pk]}
                    (far if away_m > _FAR_M else near).append(Problem(members[i].line, told))
    return near, far


def write(
    rows: Sequence[Row], layer: Layer, source: Mapping[str, str], loaded: Loaded, watch: Watch
) -> None:
    """Adds what is new and changes what differs, in bulk; counts it in `loaded`.

    `source` (src_file, src_datum) goes on every row written whose shape came in this file.
    """
    fresh: list[Any] = []
    changed: list[Any] = []
    fields: set[str] = set()
    order: list[Any] = []
    for row in watch(rows, _("comparing")):
        instance = layer.model(**layer.fixed) if row.before is None else row.before
        values = {
            name: value
            for name, value in _values(row, layer).items()
            if row.before is None or name == "geom" or getattr(instance, name) != value
        }
        if not values and row.before is not None:
            loaded.unchanged += 1
            continue
        if row.shape is not None:
            values |= source
        for name, value in values.items():
            setattr(instance, name, value)
        fields.update(values)
        order.append(instance)
        (fresh if row.before is None else changed).append(instance)
    rows_of = layer.model._default_manager
    names = sorted({layer.of(name).name for name in fields})
    try:
        for some in watch(_batches(fresh), _("adding")):
            rows_of.bulk_create(some)
        for some in watch(_batches(changed), _("changing")):
            rows_of.bulk_create(
                some, update_conflicts=True, unique_fields=["id"], update_fields=names
            )
    except (IntegrityError, DataError) as e:
        diagnosis = getattr(e.__cause__, "diag", None)
        rule = getattr(diagnosis, "constraint_name", None) or str(e).splitlines()[0]
        raise RegisterRefused(rule=rule) from e
    loaded.created, loaded.updated = len(fresh), len(changed)
    loaded.written = [instance.pk for instance in order]


def _values(row: Row, layer: Layer) -> dict[str, Any]:
    """What the file says of a row, by the names that its model has for it."""
    values = dict(row.values)
    for parent in layer.parents:
        if parent.stored and row.parents[parent.field] is not None:
            values[f"{parent.field}_id"] = row.parents[parent.field]
    redrawn = row.shape is not None and not (
        row.outline is not None and row.outline.equals_exact(row.shape, _SAME)
    )
    if redrawn:
        values["geom"] = GEOSGeometry(memoryview(shapely.to_wkb(row.shape)), srid=WGS84)
        if row.only_point:
            values["unconfirmed"] = True
        else:
            values.setdefault("unconfirmed", False)
    return values


def _batches(instances: Sequence[Any]) -> list[Sequence[Any]]:
    return [instances[start : start + _BATCH] for start in range(0, len(instances), _BATCH)]
