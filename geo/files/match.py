"""Which row of the register a row of a file is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from geo.files.described import Layer
from geo.files.shapes import centres_m
from geo.files.table import Problem
from geo.files.text import folded

Key = tuple[Any, ...]

# Two nameless lamps nearer than this are one lamp.
_SAME_PLACE_M = 1.0
# Two estates of one name nearer than this are one estate, also if one is in a shifted datum.
_SAME_NAME_M = 1_500


@dataclass(slots=True)
class Row:
    """A row on its way in. `values` holds only cells that were filled; `named` are the parents the
    file itself names, the others come from where the row lies.

    `target` is the id of the register's row that it is, None for a new one; `before` is that row's
    values by column, and `outline` its shape (shapely).
    """

    line: int
    values: dict[str, Any]
    parents: dict[str, int | None]
    named: frozenset[str] = frozenset()
    shape: Any = None
    only_point: bool = False
    target: int | None = None
    before: dict[str, Any] | None = None
    outline: Any = None


@dataclass(slots=True)
class _Known:
    """What the register has of a layer: ids by key, and the parts of each row's keys."""

    parts: dict[int, dict[str, Any]]
    by_key: dict[tuple[str, ...], dict[Key, list[int]]]


def match(rows: Sequence[Row], layer: Layer) -> list[Problem]:
    """Sets every row's `target`: by the layer's keys in turn, then nameless ones by their place.

    Returns what is ambiguous: a row that could be several of the register's, two rows that are the
    same one, and a row whose name or code would collide with another's.
    """
    known = _known(layer)
    twice = _borne_by_several(rows, layer)
    unsure = []
    for row in rows:
        found, several = _by_keys(row, layer, known, twice)
        if len(found) == 1 and not several:
            row.target = found[0]
        elif found:
            unsure.append((row, found, several))
    problems = _by_name_and_place(unsure, layer)
    if layer.known_by_name:
        _by_name_nearby(rows, layer, known)
    _by_place(rows, layer, known)
    lines: dict[int, int] = {}
    for row in rows:
        if row.target is not None:
            first = lines.setdefault(row.target, row.line)
            if first != row.line:
                problems.append(Problem(row.line, _("It is the same place as line %s.") % first))
    return problems + _collisions(rows, layer, known)


def _known(layer: Layer) -> _Known:
    stored = [parent.field for parent in layer.parents if parent.stored]
    fields = [*(f"{name}_id" for name in stored), *layer.own_fields]
    parts = {
        pk: dict(zip([*stored, *layer.own_fields], values, strict=True))
        for pk, *values in layer.rows().values_list("pk", *fields)
    }
    by_key: dict[tuple[str, ...], dict[Key, list[int]]] = {key: {} for key in layer.keys}
    for pk, part in parts.items():
        for key in layer.keys:
            if part[key[-1]]:
                by_key[key].setdefault(_key(key, part), []).append(pk)
    return _Known(parts, by_key)


def _key(key: tuple[str, ...], parts: Mapping[str, Any]) -> Key:
    return (*(parts.get(name) for name in key[:-1]), folded(str(parts[key[-1]])))


def _parts(row: Row) -> dict[str, Any]:
    return {**row.parents, **row.values}


def _borne_by_several(rows: Sequence[Row], layer: Layer) -> set[tuple[tuple[str, ...], Key]]:
    """Keys that need not be unique, borne by several rows of the file: there the place decides."""
    seen: set[tuple[tuple[str, ...], Key]] = set()
    several: set[tuple[tuple[str, ...], Key]] = set()
    for key in layer.keys:
        if key not in layer.unique:
            for row in rows:
                if row.values.get(key[-1]):
                    one = (key, _key(key, _parts(row)))
                    (several if one in seen else seen).add(one)
    return several


def _by_keys(
    row: Row, layer: Layer, known: _Known, twice: set[tuple[tuple[str, ...], Key]]
) -> tuple[list[int], bool]:
    """What the first key that finds anything finds, and whether other rows bear the same key."""
    parts = _parts(row)
    for n, key in enumerate(layer.keys):
        if not parts.get(key[-1]):
            continue
        value = _key(key, parts)
        found = [
            pk
            for pk in known.by_key[key].get(value, [])
            if not any(_differs(known.parts[pk], parts, earlier[-1]) for earlier in layer.keys[:n])
        ]
        if found:
            return found, (key, value) in twice
    return [], False


def _differs(known: Mapping[str, Any], parts: Mapping[str, Any], name: str) -> bool:
    return bool(known[name] and parts.get(name)) and folded(str(known[name])) != folded(
        str(parts[name])
    )


def _by_name_and_place(
    unsure: Sequence[tuple[Row, list[int], bool]], layer: Layer
) -> list[Problem]:
    """Of several that bear its name a row is the one that lies where it lies.

    Where the file itself has several of that name, one that lies elsewhere is new.
    """
    if not unsure:
        return []
    among = sorted({pk for _row, found, _several in unsure for pk in found})
    there = dict(zip(among, _centres(layer, among), strict=True))
    here = centres_m(np.array([row.shape for row, *_rest in unsure], dtype=object))
    problems = []
    for (row, found, several), centre in zip(unsure, here, strict=True):
        away = {pk: float(np.hypot(*(there[pk] - centre))) for pk in found}
        near = [pk for pk in found if away[pk] <= _SAME_PLACE_M]
        if near:
            row.target = min(near, key=lambda pk: away[pk])
        elif not several:
            told = _("The register has several of this name, and none of them lies here.")
            problems.append(Problem(row.line, told))
    return problems


def _by_name_nearby(rows: Sequence[Row], layer: Layer, known: _Known) -> None:
    """Rows that don't say whose they are: the register's only one of that name, if it is near."""
    *parents, name = layer.keys[-1]
    by_name: dict[str, list[int]] = {}
    for pk, parts in known.parts.items():
        by_name.setdefault(folded(parts[name]), []).append(pk)
    unsaid = [
        (row, found[0])
        for row in rows
        if row.target is None and row.shape is not None and row.named.isdisjoint(parents)
        if len(found := by_name.get(folded(row.values.get(name, "")), [])) == 1
        if not any(_differs(known.parts[found[0]], row.values, key[-1]) for key in layer.keys[:-1])
    ]
    if not unsaid:
        return
    there = _centres(layer, [pk for _row, pk in unsaid])
    here = centres_m(np.array([row.shape for row, _pk in unsaid], dtype=object))
    far = np.hypot(*(there - here).T) > _SAME_NAME_M
    for (row, pk), is_far in zip(unsaid, far.tolist(), strict=True):
        if not is_far:
            row.target = pk
            row.parents |= {parent: known.parts[pk][parent] for parent in parents}


def _by_place(rows: Sequence[Row], layer: Layer, known: _Known) -> None:
    """Rows with neither code nor name are the register's nameless one of the same parent nearby."""
    bare = [
        row
        for row in rows
        if row.shape is not None and not any(row.values.get(name) for name in layer.own_fields)
    ]
    among = [
        pk for pk, parts in known.parts.items() if not any(parts[name] for name in layer.own_fields)
    ]
    if not bare or not among:
        return
    there = _centres(layer, among)
    here = centres_m(np.array([row.shape for row in bare], dtype=object))
    which, where = shapely.STRtree(shapely.points(there)).query(
        shapely.points(here), predicate="dwithin", distance=_SAME_PLACE_M
    )
    away = np.hypot(*(there[where] - here[which]).T)
    stored = [parent.field for parent in layer.parents if parent.stored]
    taken: set[int] = set()
    for n in np.argsort(away, kind="stable").tolist():
        row, pk = bare[which[n]], among[where[n]]
        parts = known.parts[pk]
        same_parent = all(parts[name] == row.parents.get(name) for name in stored)
        if row.target is None and pk not in taken and same_parent:
            row.target = pk
            taken.add(pk)


def _centres(layer: Layer, among: Sequence[int]) -> NDArray[np.float64]:
    rows = layer.rows().filter(pk__in=among).annotate(wkb=AsWKB("geom"))
    wkb = dict(rows.values_list("pk", "wkb"))
    return centres_m(shapely.from_wkb([bytes(wkb[pk]) if wkb[pk] else None for pk in among]))


def _collisions(rows: Sequence[Row], layer: Layer, known: _Known) -> list[Problem]:
    """Rows that would share with another what only one row in use may have."""
    problems: list[Problem] = []
    moving = {row.target for row in rows if row.target is not None}
    for key in layer.unique:
        taken = _out_of_use(key, layer)
        for pk, parts in known.parts.items():
            if pk not in moving and all(parts[name] for name in key):
                taken[_key(key, parts)] = _("the register")
        for row in rows:
            parts = {**known.parts.get(row.target or 0, {}), **_given(_parts(row))}
            if not all(parts.get(name) for name in key):
                continue
            value = _key(key, parts)
            if value in taken:
                problems.append(
                    Problem(
                        row.line,
                        _("“%(name)s” is already there (%(where)s).")
                        % {"name": parts[key[-1]], "where": taken[value]},
                    )
                )
            taken.setdefault(value, _("line %s") % row.line)
    return problems


def _out_of_use(key: tuple[str, ...], layer: Layer) -> dict[Key, str]:
    """Codes that a place keeps even after it has gone out of use."""
    if len(key) > 1 or not layer.of(key[0]).unique:
        return {}
    retired = layer.model._default_manager.exclude(retired_at=None)
    return {
        (folded(str(value)),): _("out of use")
        for value in retired.values_list(key[0], flat=True)
        if value
    }


def _given(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value not in (None, "")}
