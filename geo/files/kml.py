"""KML and KMZ: placemarks with their data.

Not by GDAL, which turns a Chinese name of a data field into underscores.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import shapely
from django.utils.translation import gettext as _

from geo.errors import EncodingUnknown, FileDamaged
from geo.files.source import Source
from geo.files.table import Problem, Table, array
from geo.files.text import encoding_of

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([\w-]+)["']""")
_MULTI = {
    "Point": shapely.multipoints,
    "LineString": shapely.multilinestrings,
    "Polygon": shapely.multipolygons,
}


def read_kml(source: Source) -> Table:
    """Every placemark of every folder, in order. KML is WGS-84 by its standard."""
    rows, shapes, problems = [], [], []
    for line, placemark in enumerate(_placemarks(source), 1):
        rows.append(dict(_data(placemark)))
        try:
            shapes.append(_shape(placemark))
        except (ValueError, IndexError, shapely.GEOSException):
            shapes.append(None)
            problems.append(Problem(line, _("The geometry can't be read.")))
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name) for name in columns] for row in rows]
    lines = range(1, len(rows) + 1)
    return Table(columns, cells, lines, array(shapes), "wgs84", problems=problems)


def _placemarks(source: Source) -> Iterator[ElementTree.Element]:
    raw = source.path.read_bytes()
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise FileDamaged(name=source.name, why="DOCTYPE")
    declared = _DECLARED.match(raw.removeprefix(b"\xef\xbb\xbf"))
    try:
        text = raw.decode(encoding_of([raw], declared[1].decode() if declared else None))
        # Decoded already: what it declares would only mislead the parser.
        text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)
        tree = ElementTree.fromstring(text)  # noqa: S314 it has no DOCTYPE, so no entities
    except EncodingUnknown:
        raise
    except (ElementTree.ParseError, ValueError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:120]) from e
    return (element for element in tree.iter() if _tag(element) == "Placemark")


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _data(placemark: ElementTree.Element) -> Iterator[tuple[str, str]]:
    for element in placemark:
        if _tag(element) in {"name", "description", "address", "phoneNumber"}:
            yield _tag(element), (element.text or "").strip()
        elif _tag(element) == "ExtendedData":
            for one in element.iter():
                if _tag(one) == "SimpleData":
                    yield one.get("name", ""), (one.text or "").strip()
                elif _tag(one) == "Data":
                    value = next((part for part in one if _tag(part) == "value"), None)
                    yield one.get("name", ""), ("" if value is None else value.text or "").strip()


def _shape(placemark: ElementTree.Element) -> Any:
    """The placemark's geometry; those of a MultiGeometry together, if they are of one type."""
    parts = [
        _part(element)
        for element in placemark.iter()
        if _tag(element) in {"Point", "LineString", "Polygon"}
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    make = _MULTI.get(parts[0].geom_type)
    alike = len({part.geom_type for part in parts}) == 1
    return make(parts) if make and alike else shapely.geometrycollections(parts)


def _part(element: ElementTree.Element) -> Any:
    if _tag(element) != "Polygon":
        coordinates = _coordinates(element)
        return (
            shapely.Point(coordinates[0])
            if _tag(element) == "Point"
            else shapely.LineString(coordinates)
        )
    rings: dict[str, list[Any]] = {"outerBoundaryIs": [], "innerBoundaryIs": []}
    for boundary in element:
        if _tag(boundary) in rings:
            rings[_tag(boundary)].append(_coordinates(boundary))
    (shell,) = rings["outerBoundaryIs"]
    return shapely.Polygon(shell, rings["innerBoundaryIs"])


def _coordinates(element: ElementTree.Element) -> list[tuple[float, float]]:
    """Longitude and latitude; heights are dropped."""
    text = next((one.text or "" for one in element.iter() if _tag(one) == "coordinates"), "")
    found = []
    for point in re.sub(r"\s*,\s*", ",", text).split():
        lon, lat, *_height = point.split(",")
        found.append((float(lon), float(lat)))
    return found
