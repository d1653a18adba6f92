"""Places as files: what goes out here comes in again by `load_places` as the same register."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import openpyxl
import orjson
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from geo.errors import FormatUnknown
from geo.files.described import POINT, Layer
from geo.files.table import Shapes
from geo.files.text import guarded
from geo.srid import WGS84

# A cell of a sheet holds 32,767 characters and drops the rest without a word.
_MOST_CELL = 32_000


@dataclass(frozen=True, slots=True)
class Format:
    suffix: str
    content_type: str
    write: Callable[["_Rows", BinaryIO], None]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a layer as columns of plain values; `shapes` are WGS-84, None without one."""

    layer: Layer
    names: tuple[str, ...]
    fields: "tuple[models.Field[Any, Any], ...]"
    cells: list[tuple[Any, ...]]
    shapes: Shapes


def dump(layer: Layer, rows: "models.QuerySet[Any]", format: str) -> BinaryIO:
    """A temporary file, open at its start, with those of `rows` that are in use.

    `rows` is a queryset of the layer's model, already scoped to whoever asks. Coordinates are
    WGS-84. XLSX is for people: headers and words are in the active language, and numbers have 16
    digits; the others are for programs, have the register's own names and keep every digit.
    """
    if format not in FORMATS:
        raise FormatUnknown(name=format)
    file = tempfile.TemporaryFile(prefix="xuntu-")  # noqa: SIM115 the caller closes it
    FORMATS[format].write(_rows(layer, rows), file)
    file.seek(0)
    return file


def features(layer: Layer, rows: "models.QuerySet[Any]") -> Iterator[bytes]:
    """GeoJSON features of those rows, one by one."""
    return _features(_rows(layer, rows))


def _rows(layer: Layer, rows: "models.QuerySet[Any]") -> _Rows:
    columns: dict[str, str] = {}
    for parent in layer.parents:
        columns[parent.field] = f"{parent.path}__{parent.name_field}"
        if parent.code_field:
            columns[f"{parent.field}_code"] = f"{parent.path}__{parent.code_field}"
    columns |= {column.field: column.field for column in layer.columns}
    found = rows.filter(retired_at=None, **layer.fixed).order_by("pk")
    if layer.types:
        read = list(found.annotate(_wkb=AsWKB("geom")).values_list(*columns.values(), "_wkb"))
        cells = [tuple(row[:-1]) for row in read]
        wkb = np.array([None if row[-1] is None else bytes(row[-1]) for row in read], dtype=object)
        shapes = shapely.from_wkb(wkb)
    else:
        cells = list(found.values_list(*columns.values()))
        shapes = np.empty(len(cells), dtype=object)
    fields = tuple(layer.of(path) for path in columns.values())
    if any(isinstance(each, models.DateField) for each in fields):
        cells = [tuple(_plain(cell) for cell in row) for row in cells]
    return _Rows(layer, tuple(columns), fields, cells, shapes)


def _plain(cell: Any) -> Any:
    """A day as everybody reads it alike."""
    return cell.isoformat() if isinstance(cell, date) else cell


def _features(rows: _Rows) -> Iterator[bytes]:
    drawn = shapely.to_geojson(rows.shapes)
    for cells, geometry in zip(rows.cells, drawn, strict=True):
        yield orjson.dumps(
            {
                "type": "Feature",
                "geometry": None if geometry is None else orjson.Fragment(geometry),
                "properties": dict(zip(rows.names, cells, strict=True)),
            }
        )


def _geojson(rows: _Rows, file: BinaryIO) -> None:
    file.writelines(collection(_features(rows)))


def collection(found: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a FeatureCollection, a feature a line."""
    yield b'{"type":"FeatureCollection","features":[\n'
    for n, feature in enumerate(found):
        yield b",\n" + feature if n else feature
    yield b"\n]}\n"


def _gpkg(rows: _Rows, file: BinaryIO) -> None:
    # Half a second, with pandas, which few starts need.
    import pyogrio.raw

    values, masks = [], []
    for n, of in enumerate(rows.fields):
        column, mask = _array(of, [cells[n] for cells in rows.cells])
        values.append(column)
        masks.append(mask)
    types = rows.layer.types
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        path = Path(folder) / "places.gpkg"
        pyogrio.raw.write(
            path,
            shapely.to_wkb(rows.shapes) if types else None,
            values,
            rows.names,
            field_mask=masks,
            layer=rows.layer.slug,
            driver="GPKG",
            geometry_type=(types[0] if len(types) == 1 else "Unknown") if types else None,
            crs=f"EPSG:{WGS84}" if types else None,
        )
        file.write(path.read_bytes())


def _array(of: "models.Field[Any, Any]", cells: list[Any]) -> tuple[Any, Any]:
    """A column as numpy, and which of its cells are empty."""
    empty = np.array([cell is None for cell in cells], dtype=bool)
    if isinstance(of, models.BooleanField):
        return np.array([bool(cell) for cell in cells], dtype=bool), empty
    if isinstance(of, models.IntegerField):
        return np.array([cell or 0 for cell in cells], dtype="int64"), empty
    if isinstance(of, models.FloatField):
        return np.array([cell or 0.0 for cell in cells], dtype="float64"), empty
    return np.array(cells, dtype=object), None


def _csv(rows: _Rows, file: BinaryIO) -> None:
    # With its mark, or Excel takes UTF-8 for the system's own encoding.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    header, table = _with_coordinates(rows)
    writer.writerow(header)
    for cells in table:
        writer.writerow(_csv_cell(cell) for cell in cells)
    text.detach()


def _csv_cell(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(cell) if isinstance(cell, str) else cell


def _xlsx(rows: _Rows, file: BinaryIO) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(rows.layer.slug)
    sheet.freeze_panes = "A2"
    header, table = _with_coordinates(rows)
    titles = _labels(rows.layer) if (get_language() or "").startswith("zh") else {}
    top = [WriteOnlyCell(sheet, titles.get(name, name)) for name in header]
    for n, cell in enumerate(top):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n + 1)].width = 16
    sheet.append(top)
    labels = [
        {value: str(label) for value, label in of.flatchoices} if of.choices else None
        for of in rows.fields
    ]
    labels += [None] * (len(header) - len(labels))
    for cells in table:
        sheet.append([_xlsx_cell(cell, labels[n]) for n, cell in enumerate(cells)])
    book.save(file)


def _xlsx_cell(cell: Any, labels: dict[Any, str] | None) -> Any:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, str):
        return guarded(ILLEGAL_CHARACTERS_RE.sub("", labels.get(cell, cell) if labels else cell))
    return cell


def _labels(layer: Layer) -> dict[str, str]:
    """Chinese headers, each of which the loader knows again."""
    titles = {column.field: column.names[0] for column in layer.columns}
    for parent in layer.parents:
        titles[parent.field] = parent.names[0]
        if parent.code_headers:
            titles[f"{parent.field}_code"] = parent.code_headers[1]
    return titles | {"lon_wgs84": "经度(WGS84)", "lat_wgs84": "纬度(WGS84)"}


def _with_coordinates(rows: _Rows) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Header and rows with the shape as longitude and latitude, or as WKT over enough columns."""
    if not rows.layer.types:
        return list(rows.names), iter(rows.cells)
    if rows.layer.types == POINT:
        x, y = shapely.get_x(rows.shapes).tolist(), shapely.get_y(rows.shapes).tolist()
        places = zip(rows.cells, x, y, strict=True)
        table = (
            (*cells, *((None, None) if lon != lon else (lon, lat))) for cells, lon, lat in places
        )
        return [*rows.names, "lon_wgs84", "lat_wgs84"], table
    texts = shapely.to_wkt(rows.shapes, rounding_precision=17).tolist()
    parts = max((-(-len(text) // _MOST_CELL) for text in texts if text), default=1)
    more = [f"wkt_wgs84_{n}" for n in range(2, parts + 1)]
    cut = (
        [(text or "")[n * _MOST_CELL : (n + 1) * _MOST_CELL] or None for n in range(parts)]
        for text in texts
    )
    table = ((*cells, *part) for cells, part in zip(rows.cells, cut, strict=True))
    return [*rows.names, "wkt_wgs84", *more], table


FORMATS = {
    "gpkg": Format("gpkg", "application/geopackage+sqlite3", _gpkg),
    "geojson": Format("geojson", "application/geo+json", _geojson),
    "xlsx": Format(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx
    ),
    "csv": Format("csv", "text/csv; charset=utf-8", _csv),
}
