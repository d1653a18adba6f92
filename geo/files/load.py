"""Loading a file of places into the register: all of it, or nothing with every reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as has
from pathlib import Path
from typing import Any

import numpy as np
import pghistory
import shapely
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from geo.errors import ColumnMissing, FileDamaged, RowsRefused
from geo.files import shapes as placing
from geo.files.columns import BadCell, is_blank, plain_text, reader
from geo.files.described import Layer
from geo.files.export import features
from geo.files.kml import read_kml
from geo.files.mapping import Mapped, knows, map_columns
from geo.files.match import Row, match
from geo.files.parents import Parents
from geo.files.sheet import read_csv, read_xlsx
from geo.files.source import Source, opened
from geo.files.suspicion import refuse_if_shifted
from geo.files.table import Problem, Shapes, Table, sentence
from geo.files.vector import read_geojson, read_gpkg, read_shapefile
from geo.files.write import Loaded, Watch, astray, keep_outlines, recall, unwatched, write
from geo.projection import reference

MOST_PROBLEMS = 100
# One load at a time: two that match against the same register would both add the same place.
_LOCK = 0x78756E7475  # "xuntu"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a file is to be read. `mapping` is field → header; `table` a sheet or layer of the file.

    `datum` is wgs84, cgcs2000, gcj02, bd09 or EPSG:n; without it the file must say its own.
    """

    datum: str | None = None
    mapping: Mapping[str, str] = has(default_factory=dict)
    table: str | None = None
    encoding: str | None = None
    trust_datum: bool = False


def load_places(
    *,
    layer: Layer,
    path: Path,
    name: str | None = None,
    wishes: Wishes | None = None,
    dry_run: bool = False,
    with_features: bool = False,
    by: models.Model | None = None,
    watch: Watch = unwatched,
) -> Loaded:
    """Reads the file and writes it to the register in one transaction.

    A row is found again by code, then by name within its community or estate; what is new is
    added, what differs is changed, an empty cell or a column that is absent changes nothing, and
    rows that are not in the file stay as they are. With `dry_run` everything happens and is then
    taken back; `with_features` fills `Loaded.features`. `name` is what people call the file, if
    not its path's; `by` is told to the history; `watch` is handed the long loops, for a progress
    bar.

    Raises a FileRefused; RowsRefused names every bad row (the first hundred) with its line.
    """
    wishes = wishes or Wishes()
    with opened(path, name=name, table=wishes.table) as source:
        table = _read(source, layer, wishes)
        told = {"user": by.pk} if by else {}
        with transaction.atomic(), pghistory.context(act="load", reason=source.name, **told):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            loaded = _load(table, layer, source.name, wishes, watch)
            if with_features:
                loaded.features = _in_order(loaded)
            if dry_run:
                transaction.set_rollback(True)
    return loaded


def _in_order(loaded: Loaded) -> list[bytes]:
    rows = loaded.layer.rows().filter(pk__in=loaded.written)
    by_id = dict(zip(sorted(loaded.written), features(loaded.layer, rows), strict=True))
    return [by_id[pk] for pk in loaded.written]


def _read(source: Source, layer: Layer, wishes: Wishes) -> Table:
    def known(name: str) -> bool:
        return knows(layer, name) or name in wishes.mapping.values()

    if source.format == "gpkg":
        return read_gpkg(source, table=wishes.table, prefer=layer.slug)
    if source.format == "kml":
        return read_kml(source)
    if source.format == "shapefile":
        return read_shapefile(source, encoding=wishes.encoding)
    if source.format == "geojson":
        return read_geojson(source)
    if source.format == "xlsx":
        return read_xlsx(source, table=wishes.table, prefer=layer.slug, knows=known)
    return read_csv(source, encoding=wishes.encoding, knows=known)


def _load(table: Table, layer: Layer, name: str, wishes: Wishes, watch: Watch) -> Loaded:
    if not any(table.columns) and table.shapes is None:
        raise FileDamaged(name=name, why=_("it has no columns"))
    mapped = map_columns(layer, table.columns, wishes.mapping)
    loaded = Loaded(layer, notes=table.notes)
    if mapped.unused:
        told = _("Columns that mean nothing here: %s.") % ", ".join(mapped.unused[:30])
        loaded.notes.append(Problem(0, told))
    shapes, crs = _shapes(table, mapped, layer, wishes, loaded.notes)
    shapes, only_point, notes, problems = placing.fitted(shapes, table.lines, layer)
    loaded.notes += notes
    parents = Parents(layer)
    rows, bad = _rows(table, mapped, layer, parents, watch)
    for row, shape, point in zip(rows, shapes, only_point, strict=True):
        row.shape, row.only_point = shape, bool(point)
    _settle(rows, mapped, layer, parents)
    problems = [*table.problems, *problems, *bad]
    spoilt = {problem.line for problem in problems}
    sound = [row for row in rows if row.line not in spoilt]
    problems += match(sound, layer)
    recall(sound, layer)
    if crs and not wishes.trust_datum:
        refuse_if_shifted(sound, parents, crs, _title(crs))
    problems += _incomplete(sound, mapped, layer, table)
    near, far = astray(sound, parents)
    loaded.notes += near
    if not wishes.trust_datum:
        problems += far
    if problems:
        problems.sort(key=lambda problem: problem.line)
        raise RowsRefused(
            total=len({problem.line for problem in problems}),
            found=len(problems),
            problems=problems[:MOST_PROBLEMS],
        )
    loaded.notes += keep_outlines(rows)
    source = {"src_file": name[:200]}
    if crs:
        source["src_datum"] = placing.datum_name(crs)
    # A file that was dumped here says itself where each shape once came from.
    source = {field: told for field, told in source.items() if field not in mapped.at}
    write(rows, layer, source, loaded, watch)
    return loaded


def _shapes(
    table: Table, mapped: Mapped, layer: Layer, wishes: Wishes, notes: list[Problem]
) -> tuple[Shapes, str | None]:
    """The file's shapes in WGS-84 and the system they were in; (nothing, None) without shapes."""
    shapes = placing.drawn(table, mapped) if layer.types else np.empty(len(table.rows), object)
    if shapely.is_missing(shapes).all():
        return shapes, None
    crs = placing.decide_datum(wishes.datum, table.crs or mapped.datum)
    found, said = placing.to_wgs84(shapes, crs)
    notes += said
    astray = placing.out_of_place(found, table.lines, shapes, crs)
    table.problems += astray
    lost = {problem.line for problem in astray}
    found[[line in lost for line in table.lines]] = None
    return found, crs


def _title(crs: str) -> str:
    titles = {"wgs84": "WGS-84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}
    return titles.get(crs) or (crs if crs.startswith("EPSG") else str(reference(crs).name))


def _rows(
    table: Table, mapped: Mapped, layer: Layer, parents: Parents, watch: Watch
) -> tuple[list[Row], list[Problem]]:
    """Every row's cells as values and as the parents they name."""
    columns = [
        (column.field, reader(column, layer.of(column.field), table.columns[at]), at)
        for column in layer.columns
        if (at := mapped.at.get(column.field)) is not None
    ]
    naming = [
        (target, mapped.at[target])
        for parent in layer.parents
        for target in (parent.field, f"{parent.field}_code")
        if target in mapped.at
    ]
    rows, problems = [], []
    for line, cells in watch(list(zip(table.lines, table.rows, strict=True)), _("reading")):
        values: dict[str, Any] = {}
        found: dict[str, int | None] = {parent.field: None for parent in layer.parents}
        for field, value_of, at in columns:
            try:
                if not is_blank(cells[at]):
                    values[field] = value_of(cells[at])
            except BadCell as e:
                problems.append(Problem(line, sentence(e)))
        try:
            found = parents.find(
                {
                    target: "" if is_blank(cells[at]) else plain_text(cells[at])
                    for target, at in naming
                }
            )
        except BadCell as e:
            problems.append(Problem(line, sentence(e)))
        named = frozenset(name for name, pk in found.items() if pk is not None)
        rows.append(Row(line, values, found, named))
    return rows, problems


def _settle(rows: Sequence[Row], mapped: Mapped, layer: Layer, parents: Parents) -> None:
    """Parents that the file has no column for are those a row lies in."""
    for parent in reversed(layer.parents):
        name = parent.field
        index = parents.by_name[name]
        told = name in mapped.at or f"{name}_code" in mapped.at
        if not parent.by_place or (told and not index.required):
            continue
        lost = [row for row in rows if row.parents[name] is None and row.shape is not None]
        points = shapely.point_on_surface(np.array([row.shape for row in lost], dtype=object))
        for row, pk in zip(lost, parents.lying_at(name, points), strict=True):
            home = index.home.get(pk) if pk is not None and parent.within else None
            if pk is None or (parent.within and row.parents[parent.within] not in {None, home}):
                continue
            row.parents[name] = pk
            if parent.within:
                row.parents[parent.within] = home


def _incomplete(rows: Sequence[Row], mapped: Mapped, layer: Layer, table: Table) -> list[Problem]:
    """What a new row lacks; one sentence for the file where a whole column is absent."""
    needed = [
        column
        for column in layer.columns
        if not (of := layer.of(column.field)).blank and not of.has_default()
    ]
    fresh = [row for row in rows if row.target is None]
    absent = [column.label for column in needed if column.field not in mapped.at]
    if fresh and absent:
        columns = ", ".join(name for name in table.columns if name)
        raise ColumnMissing(missing=", ".join(absent), columns=columns)
    problems = []
    for row in fresh:
        lacks = [column.label for column in needed if column.field not in row.values]
        lacks += [
            parent.label
            for parent in layer.parents
            if layer.requires(parent) and row.parents[parent.field] is None
        ]
        if layer.shape_required and row.shape is None:
            lacks.append(_("a shape"))
        if lacks:
            problems.append(Problem(row.line, _("It lacks %s.") % ", ".join(lacks)))
    if layer.rule:
        told = [(row.line, layer.rule(row.values, row.parents, row.before)) for row in rows]
        problems += [Problem(line, reason) for line, reason in told if reason]
    return problems
