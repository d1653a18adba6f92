"""From rows that are understood to rows that are kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as has
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import models
from django.utils.translation import gettext as _

from geo.files.bulk import insert_rows, new_ids, update_rows
from geo.files.described import Layer
from geo.files.match import Row
from geo.files.parents import Parents
from geo.files.table import Problem, array
from geo.listeners import tell_status_set
from geo.measure import distance_m, points_m
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
    known = {row.target: row for row in rows if row.target is not None}
    names = [of.attname for of in _columns(layer) if of.attname != "geom"]
    shape = {"wkb": AsWKB("geom")} if layer.types else {}
    targets = list(known)
    for start in range(0, len(targets), _BATCH):
        found = list(
            layer.rows()
            .filter(pk__in=targets[start : start + _BATCH])
            .annotate(**shape)
            .values(*names, *shape)
        )
        wkb = [values.pop("wkb", None) for values in found]
        outlines = shapely.from_wkb([None if one is None else bytes(one) for one in wkb])
        for values, outline in zip(found, outlines, strict=True):
            known[values["id"]].before = values
            known[values["id"]].outline = outline


def keep_outlines(rows: Sequence[Row]) -> list[Problem]:
    """A point never replaces an outline, unless that one stands elsewhere and is not confirmed."""
    notes = []
    drawn = 0
    for row in rows:
        if not row.only_point:
            continue
        if row.outline is None or row.before is None:
            drawn += 1
            continue
        away_m = distance_m(row.outline, row.shape.centroid)
        if away_m == 0 or not row.before["unconfirmed"]:
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
            shapes = shapely.transform(array([row.shape for row in members]), points_m)
            away_m = shapely.distance(shapely.transform(index.shapes[pk], points_m), shapes)
            for i in np.flatnonzero(away_m > _EDGE_M).tolist():
                told = _("It lies %(metres)s m outside of %(place)s.")
                told %= {"metres": f"{away_m[i]:,.0f}", "place": index.name[pk]}
                (far if away_m[i] > _FAR_M else near).append(Problem(members[i].line, told))
    return near, far


def write(
    rows: Sequence[Row], layer: Layer, source: Mapping[str, str], loaded: Loaded, watch: Watch
) -> None:
    """Adds what is new and changes what differs, in bulk; counts it in `loaded`.

    `source` (src_file, src_datum) goes on every row that is new or whose shape came in this file.
    """
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    fields: set[str] = set()
    written: list[dict[str, Any]] = []
    blank = {of.attname: of.get_default() for of in _columns(layer)} | dict(layer.fixed)
    for row in rows:
        values = {
            name: value
            for name, value in _values(row, layer).items()
            if row.before is None or name == "geom" or row.before[name] != value
        }
        if not values and row.before is not None:
            loaded.unchanged += 1
            continue
        if row.shape is not None or (row.before is None and layer.types):
            values |= source
        fields.update(values)
        written.append((row.before or blank) | {"geom": row.outline} | values)
        (changed if row.before else fresh).append(written[-1])
    ids = new_ids(layer.model, len(fresh))
    for values, pk in zip(fresh, ids, strict=True):
        values["id"] = pk
    names = [of.attname for of in _columns(layer)]
    if fresh:
        insert_rows(layer.model, names, _cells(watch(fresh, _("adding")), names))
    names = ["id", *sorted(fields)]
    if changed:
        update_rows(layer.model, names, _cells(watch(changed, _("changing")), names))
    if "status" in fields:
        # A file that was dumped here names no file of its own.
        tell_status_set([values["id"] for values in changed], source.get("src_file", ""))
    loaded.created, loaded.updated = len(fresh), len(changed)
    loaded.written = [values["id"] for values in written]


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
        values["geom"] = row.shape
        if row.only_point:
            values["unconfirmed"] = True
        else:
            values.setdefault("unconfirmed", False)
    return values


def _columns(layer: Layer) -> "list[models.Field[Any, Any]]":
    """Every column of the layer's table, the id first."""
    return [of for of in layer.model._meta.concrete_fields if layer.types or of.name != "geom"]


def _cells(rows: Iterable[Mapping[str, Any]], names: Sequence[str]) -> Iterator[list[Any]]:
    for values in rows:
        yield [_ewkb(values[name]) if name == "geom" else values[name] for name in names]


def _ewkb(shape: Any) -> str | None:
    if shape is None:
        return None
    located = shapely.set_srid(shape, WGS84)
    return str(shapely.to_wkb(located, hex=True, include_srid=True))
