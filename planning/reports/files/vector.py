"""A plan as GeoPackage, GeoJSON and KML: WGS-84, columns by the API's own names."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.files.export import collection
from geo.srid import WGS84
from planning.reports import words
from planning.reports.files.rows import (
    CHECK_COLUMNS,
    SITE_COLUMNS,
    Cell,
    Contents,
    Site,
    check_rows,
    site_row,
)

_CRS = f"EPSG:{WGS84}"
Row = Mapping[str, Cell]


def write_geojson(contents: Contents, file: BinaryIO) -> None:
    """A feature a site; its rules under `checks`, each with the shape that decided it."""
    file.writelines(collection(map(_feature, contents.sites)))


def _feature(site: Site) -> bytes:
    checks = [
        {**row, "decides": None if shape is None else _fragment(shape)}
        for row, shape in check_rows(site)
    ]
    return orjson.dumps(
        {
            "type": "Feature",
            "id": str(site.proposal.pk),
            "geometry": _fragment(site.shape),
            "properties": {**site_row(site), "checks": checks},
        }
    )


def _fragment(shape: BaseGeometry) -> orjson.Fragment:
    return orjson.Fragment(shapely.to_geojson(shape))


def write_gpkg(contents: Contents, file: BinaryIO) -> None:
    """Tables `proposals`, and `checks` with the shapes that decided them."""
    sites = [(site_row(site), site.shape) for site in contents.sites]
    checks = [each for site in contents.sites for each in check_rows(site)]
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        path = Path(folder) / "plan.gpkg"
        _layer(path, "proposals", SITE_COLUMNS, sites, driver="GPKG", type="Polygon")
        _layer(path, "checks", CHECK_COLUMNS, checks, driver="GPKG", type="Unknown")
        file.write(path.read_bytes())


def write_kml(contents: Contents, file: BinaryIO) -> None:
    """A placemark a site, its rules as lines of its description, all else as its data; and in a
    folder of their own the shapes that decided them. Names are where viewers look for them."""
    sites = [
        ({"Name": row.pop("name"), "description": _lines(site), **row}, site.shape)
        for site in contents.sites
        for row in [site_row(site)]
    ]
    checks = [
        (
            {
                "Name": f"{row['name']} · {row['code']}",
                "description": row["says"],
                **{name: row[name] for name in _BESIDE},
            },
            shape,
        )
        for site in contents.sites
        for row, shape in check_rows(site)
        if shape is not None
    ]
    named: dict[str, type] = {"Name": str, "description": str}
    plain = {name: type for name, type in SITE_COLUMNS.items() if name != "name"}
    beside = {name: CHECK_COLUMNS[name] for name in _BESIDE}
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        path = Path(folder) / "plan.kml"
        _layer(path, "proposals", named | plain, sites, driver="LIBKML", type="Polygon")
        if checks:
            _layer(path, "checks", named | beside, checks, driver="LIBKML", type="Unknown")
        file.write(path.read_bytes())


_BESIDE = ("proposal", "code", "verdict", "force", "value", "limit", "unit")


def _lines(site: Site) -> str:
    return "\n".join(
        f"{each['code']} {words.OUTCOMES[each['verdict']]}: {words.sentence(each)}"
        for each in site.verdicts
    )


def _layer(
    path: Path,
    name: str,
    columns: Mapping[str, type],
    rows: Sequence[tuple[Row, BaseGeometry | None]],
    *,
    driver: str,
    type: str,
) -> None:
    # Half a second, with pandas, which few starts need.
    import pyogrio.raw

    arrays = list(_columns(columns, [row for row, _ in rows]))
    shapes = np.array([shape for _, shape in rows], dtype=object)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        [values for values, _ in arrays],
        list(columns),
        field_mask=[mask for _, mask in arrays],
        layer=name,
        driver=driver,
        geometry_type=type,
        crs=_CRS,
        append=path.exists(),
    )


def _columns(columns: Mapping[str, type], rows: Sequence[Row]) -> Iterator[tuple[Any, Any]]:
    """Each column as numpy, and which of its cells are empty."""
    for name, of in columns.items():
        cells = [row[name] for row in rows]
        empty = np.array([cell is None for cell in cells], dtype=bool)
        if of is str:
            yield np.array(cells, dtype=object), None
        else:
            numpy_type = {int: "int64", float: "float64", bool: "bool"}[of]
            yield np.array([cell or 0 for cell in cells]).astype(numpy_type), empty
