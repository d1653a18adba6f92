"""Rows and shapes of GeoPackage, Shapefile and GeoJSON."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson
import shapely
import shapely.geometry
from django.utils.translation import gettext as _

from geo.errors import (
    EncodingUnknown,
    FileDamaged,
    FileTooLarge,
    NoSuchTable,
    WhichTable,
)
from geo.files.source import MOST_ROWS, Source, part
from geo.files.table import Problem, Table, array
from geo.files.text import decode, encoding_of


def read_gpkg(source: Source, *, table: str | None, prefer: str) -> Table:
    """One table of a GeoPackage; of several, the one called `prefer`, or it must be said which."""
    names = _layers(source)
    if table is not None and table not in names:
        raise NoSuchTable(name=table, names=", ".join(names))
    if table is None:
        if len(names) != 1 and prefer not in names:
            raise WhichTable(names=", ".join(names))
        table = prefer if prefer in names else names[0]
    return _read(source, table)


def read_shapefile(source: Source, *, encoding: str | None) -> Table:
    """A Shapefile whose attributes are read right whatever its .cpg says or fails to say."""
    # Latin-1 keeps every byte, so that the real encoding can be found and checked cell by cell.
    table = _read(source, None, encoding="ISO-8859-1")
    text = {
        i for i in range(len(table.columns)) if any(isinstance(row[i], str) for row in table.rows)
    }
    cells = [name.encode("latin-1") for name in table.columns]
    cells += [row[i].encode("latin-1") for row in table.rows for i in text if row[i]]
    cpg = part(source.path, ".cpg")
    declared = cpg.read_text(encoding="ascii", errors="replace") if cpg else None
    found = encoding or encoding_of(cells, declared)
    try:
        table.columns = [decode(name.encode("latin-1"), found) for name in table.columns]
        table.rows = [
            [
                decode(cell.encode("latin-1"), found) if i in text and cell else cell
                for i, cell in enumerate(row)
            ]
            for row in table.rows
        ]
    except (UnicodeDecodeError, LookupError) as e:
        raise EncodingUnknown from e
    if found != "utf-8":
        table.notes.append(Problem(0, _("Attributes were read as %s.") % found.upper()))
    return table


def read_geojson(source: Source) -> Table:
    """A FeatureCollection or one Feature. WGS-84 by its standard, or as its old `crs` says."""
    raw = source.path.read_bytes()
    try:
        content = orjson.loads(_utf8(raw))
    except ValueError as e:
        raise FileDamaged(name=source.name, why=str(e)[:120]) from e
    if not isinstance(content, dict):
        raise FileDamaged(name=source.name, why=_("it holds no features"))
    features = content.get("features") if content.get("type") != "Feature" else [content]
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise FileDamaged(name=source.name, why=_("it holds no features"))
    _count(len(features), source)
    properties = [one.get("properties") or {} for one in features]
    columns = list(dict.fromkeys(name for one in properties for name in one))
    rows = [[_plain(one.get(name)) for name in columns] for one in properties]
    table = Table(columns, rows, range(1, len(rows) + 1), None, _geojson_crs(content))
    shapes = []
    for line, one in enumerate(features, 1):
        shape, said = _geojson_shape(one.get("geometry"))
        shapes.append(shape)
        if said and shape is None:
            table.problems.append(Problem(line, said))
        elif said:
            table.notes.append(Problem(line, said))
    table.shapes = array(shapes)
    return table


def _utf8(raw: bytes) -> bytes:
    """JSON is UTF-8 by its standard; exports in GBK exist."""
    plain = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        plain.decode()
    except UnicodeDecodeError:
        return plain.decode(encoding_of([plain])).encode()
    return plain


def _layers(source: Source) -> list[str]:
    # Half a second, with pandas, which few starts need.
    import pyogrio
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        return [str(name) for name, _type in pyogrio.list_layers(source.path)]
    except (DataSourceError, DataLayerError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:200]) from e


def _read(source: Source, layer: str | None, **options: Any) -> Table:
    import pyogrio.raw
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        info = pyogrio.read_info(source.path, layer=layer, force_feature_count=True, **options)
        _count(info["features"], source)
        meta, fids, wkb, values = pyogrio.raw.read(
            source.path, layer=layer, return_fids=True, datetime_as_string=True, **options
        )
    except (DataSourceError, DataLayerError, ValueError, UnicodeDecodeError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:200]) from e
    columns = [str(name) for name in meta["fields"]]
    lists = [
        _cells(column, is_bool=subtype == "OFSTBoolean")
        for column, subtype in zip(values, meta["ogr_subtypes"], strict=True)
    ]
    rows = list(map(list, zip(*lists, strict=True))) if lists else [[] for _fid in fids]
    # Rows of a Shapefile are numbered from 0, and those deleted in it are counted too.
    first = 1 if source.format == "shapefile" else 0
    lines = [int(fid) + first for fid in fids]
    table = Table(columns, rows, lines, None, meta["crs"])
    if wkb is not None:
        table.shapes = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="fix"))
        given = np.array([one is not None for one in wkb], dtype=bool)
        for i in np.flatnonzero(given & shapely.is_missing(table.shapes)):
            table.problems.append(Problem(lines[i], _("The geometry can't be read.")))
    return table


def _cells(column: np.ndarray[Any, Any], *, is_bool: bool) -> list[Any]:
    """Plain Python values; GDAL gives numbers with gaps as floats with NaN."""
    if is_bool:
        return [None if cell != cell else bool(cell) for cell in column.tolist()]
    if column.dtype.kind == "f":
        return [None if cell != cell else cell for cell in column.tolist()]
    return [_plain(cell) for cell in column.tolist()]


def _plain(cell: Any) -> Any:
    """A cell that is neither text nor number, as the text a person would see."""
    if cell is None or isinstance(cell, (str, int, float, bool)):
        return cell
    if isinstance(cell, bytes):
        return None
    try:
        return orjson.dumps(cell, option=orjson.OPT_SERIALIZE_NUMPY).decode()
    except orjson.JSONEncodeError:
        return str(cell)


def _count(rows: int, source: Source) -> None:
    if rows > MOST_ROWS:
        raise FileTooLarge(name=source.name, found=f"{rows:,}", most=f"{MOST_ROWS:,}")


def _geojson_crs(content: dict[str, Any]) -> str:
    """The member RFC 7946 dropped and half the world still writes."""
    crs = content.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or name.upper().endswith("CRS84"):
        return "wgs84"
    number = name.rpartition(":")[2]
    return f"EPSG:{number}" if number.isdecimal() else name


def _geojson_shape(geometry: object) -> tuple[Any, str]:
    """A shape and what was said of it: why there is none, or what was mended."""
    if geometry is None:
        return None, ""
    try:
        text = orjson.dumps(geometry)
        shape = shapely.from_geojson(text, on_invalid="ignore")
        if shape is not None:
            return shapely.force_2d(shape), ""
        if isinstance(geometry, dict):
            rings = geometry["coordinates"]
            areas = {"Polygon": [rings], "MultiPolygon": rings}[geometry["type"]]
            mended = {"type": "MultiPolygon", "coordinates": [_closed(area) for area in areas]}
            return shapely.force_2d(shapely.geometry.shape(mended)), _("An open ring was closed.")
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.GEOSException):
        pass
    return None, _("The geometry is not GeoJSON.")


def _closed(rings: Sequence[Any]) -> list[Any]:
    return [ring if ring[0] == ring[-1] else [*ring, ring[0]] for ring in rings]
