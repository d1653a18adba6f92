"""From what a file draws to what the register keeps: WGS-84, the right type, valid."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from geo import datum
from geo.errors import DatumMissing, DatumUnknown
from geo.files.columns import BadCell, is_blank, plain_text
from geo.files.described import AREA, LINE, Layer
from geo.files.mapping import Mapped
from geo.files.table import Problem, Shapes, Table, sentence
from geo.measure import area_m2, buffer_m, points_m
from geo.projection import Coords, reference, reproject
from geo.srid import CGCS2000, CHINA, WGS84

Bits = NDArray[np.bool_]

MOST_POINTS = 100_000
MOST_METRES = 100_000
# Half the side of the square that stands for an estate of which only a point is known.
_SCHEMATIC_M = 40
_COORDINATE = re.compile(r"[EN东北]?\s*([-+]?\d+(?:\.\d*)?(?:e[-+]?\d+)?)\s*[°度]?\s*[EN]?", re.I)
_MODERN = re.compile(r"wgs.?(19)?84|(china|cgcs|geodetic).*2000", re.IGNORECASE)


def drawn(table: Table, mapped: Mapped) -> Shapes:
    """The file's shapes in its own coordinates, from its geometry or its coordinate columns.

    A cell that is no coordinate becomes a problem of the table, and its row has no shape.
    """
    if table.shapes is not None:
        return table.shapes
    shapes: Shapes = np.empty(len(table.rows), dtype=object)
    if "wkt" in mapped.places:
        _from_wkt(table, mapped.places["wkt"], shapes)
    elif mapped.places:
        _from_numbers(table, mapped, shapes)
    return shapes


def decide_datum(asked: str | None, said: str | None) -> str:
    """What is asked for goes before what the file says; DatumMissing where neither speaks."""
    if asked:
        return datum.known(asked)
    if not said:
        raise DatumMissing
    try:
        return datum.known(said)
    except DatumUnknown:
        system = reference(said)
        nameless = re.search("undefined|unknown", str(system.name), re.IGNORECASE)
        if nameless or not (system.geographic or system.projected):
            raise DatumMissing from None
        return said


def datum_name(crs: str) -> str:
    """How the register names a source's coordinate system: one of models.Datum."""
    same = {f"EPSG:{WGS84}": "wgs84", f"EPSG:{CGCS2000}": "cgcs2000"}
    if crs in {"wgs84", "cgcs2000", "gcj02", "bd09"}:
        return crs
    return same.get(crs, "projected")


def to_wgs84(shapes: Shapes, crs: str) -> tuple[Shapes, list[Problem]]:
    """Moved to WGS-84, with a note where the old datum allows no better than tens of metres."""
    try:
        name = datum.known(crs)
    except DatumUnknown:
        name = ""
    if name and not name.startswith("EPSG"):
        return datum.shapes_to_wgs84(shapes, name), []
    moved: Shapes = shapely.transform(shapes, lambda at: reproject(at, crs, WGS84))
    system = reference(crs)
    if _MODERN.search(str(system["DATUM"])):
        return moved, []
    told = _("Converted from %s: places may be off by tens of metres.") % system.name
    return moved, [Problem(0, told)]


def out_of_place(shapes: Shapes, lines: Sequence[int], given: Shapes, crs: str) -> list[Problem]:
    """Rows that lie outside China: swapped, in metres, or in another system.

    `given` are the shapes before they were converted from `crs`.
    """
    astray = ~(_in_china(shapes) | shapely.is_missing(shapes) | shapely.is_empty(shapes))
    problems = []
    for i in np.flatnonzero(astray).tolist():
        x, y = shapely.get_coordinates(given[i])[0].tolist()
        swapped = shapely.points([[y, x]])
        if _in_china(to_wgs84(swapped, crs)[0]).all():
            why = _("longitude and latitude, or east and north, are swapped")
        elif datum_name(crs) != "projected" and (abs(x) > 180 or abs(y) > 90):
            why = _(
                "these are not degrees; projected coordinates need their EPSG number "
                "(--datum EPSG:n)"
            )
        else:
            why = _("it lies outside China")
        told = _("%(found)s: %(why)s.") % {"found": f"{x:.10g}, {y:.10g}", "why": why}
        problems.append(Problem(lines[i], told))
    return problems


def _in_china(shapes: Shapes) -> Bits:
    west, south, east, north = CHINA
    bounds = shapely.bounds(shapes)
    inside = (bounds[:, 0] >= west) & (bounds[:, 1] >= south)
    return np.asarray(inside & (bounds[:, 2] <= east) & (bounds[:, 3] <= north))


def fitted(
    shapes: Shapes, lines: Sequence[int], layer: Layer
) -> tuple[Shapes, Bits, list[Problem], list[Problem]]:
    """Shapes of the layer's types, which of them are only points, notes, and problems.

    Rings that cross themselves are repaired, and said so with what it did to their area.
    """
    result = shapes.copy()
    only_point = np.zeros(len(shapes), dtype=bool)
    notes: list[Problem] = []
    problems: list[Problem] = []
    missing = shapely.is_missing(shapes)
    many = shapely.get_num_coordinates(shapes) > MOST_POINTS
    valid = shapely.is_valid(shapes) & ~shapely.is_empty(shapes)
    names = np.array([None if one is None else one.geom_type for one in shapes], dtype=object)
    single = np.isin(names, layer.types)
    for i in np.flatnonzero(~missing & ~(valid & single & ~many)).tolist():
        line = lines[i]
        try:
            if many[i]:
                raise BadCell(_("the shape has more than %s points") % f"{MOST_POINTS:,}")
            result[i], said = _fit(shapes[i], layer)
        except BadCell as e:
            result[i] = None
            problems.append(Problem(line, sentence(e)))
            continue
        only_point[i] = layer.point_will_do and shapes[i].geom_type == "Point"
        if said:
            notes.append(Problem(line, said))
    bounds = shapely.bounds(result)
    wide = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) * 111_000
    for i in np.flatnonzero(wide > MOST_METRES).tolist():
        problems.append(Problem(lines[i], _("The shape is more than 100 km across.")))
    return result, only_point, notes, problems


def _fit(shape: Any, layer: Layer) -> tuple[Any, str]:
    """One shape as one of the layer's types, and what was said of the change; or BadCell."""
    said = ""
    if shape.is_empty:
        raise BadCell(_("the shape is empty"))
    if not shape.is_valid:
        shape, said = _repaired(shape)
    if layer.point_will_do and shape.geom_type == "Point":
        return around(shape), ""
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    kind = parts[0].geom_type
    plural = f"Multi{kind}"
    if any(part.geom_type != kind for part in parts) or not {kind, plural} & set(layer.types):
        wanted = _(" or ").join(dict.fromkeys(map(_called, layer.types)))
        told = _("the layer needs %(wanted)s, not %(found)s")
        raise BadCell(told % {"wanted": wanted, "found": _called(shape.geom_type)})
    if len(parts) == 1 and kind in layer.types:
        return parts[0], said
    if plural in layer.types:
        return _together(plural, parts), said
    told = _("the layer needs one %(wanted)s, not %(found)s of them")
    raise BadCell(told % {"wanted": _called(kind), "found": len(parts)})


def _called(type_: str) -> str:
    words = {"Point": _("point"), "LineString": _("line"), "Polygon": _("area")}
    return words.get(type_.removeprefix("Multi"), type_)


def around(point: Any) -> Any:
    """A small square about a point, for a place whose outline nobody has drawn yet."""
    return shapely.multipolygons([shapely.box(*buffer_m(point, _SCHEMATIC_M).bounds)])


def _together(plural: str, parts: list[Any]) -> Any:
    make = {
        "MultiPoint": shapely.multipoints,
        "MultiLineString": shapely.multilinestrings,
        "MultiPolygon": shapely.multipolygons,
    }[plural]
    return make(parts)


def _repaired(shape: Any) -> tuple[Any, str]:
    if shape.geom_type in LINE:
        raise BadCell(_("the line has no length"))
    if shape.geom_type not in AREA:
        raise BadCell(_("the shape is not valid: %s") % shapely.is_valid_reason(shape))
    mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    areas = [part for part in shapely.get_parts(mended) if part.geom_type == "Polygon"]
    if not areas:
        raise BadCell(_("the ring encloses nothing"))
    mended = areas[0] if len(areas) == 1 else shapely.multipolygons(areas)
    return mended, _("A ring that crosses itself was repaired: %(now)s m² in %(parts)s parts.") % {
        "now": f"{area_m2(mended):,.0f}",
        "parts": len(areas),
    }


def _from_wkt(table: Table, columns: Sequence[int], shapes: Shapes) -> None:
    for i, row in enumerate(table.rows):
        text = "".join(str(row[at]) for at in columns if row[at] is not None).strip()
        if not text:
            continue
        try:
            shapes[i] = shapely.force_2d(shapely.from_wkt(text))
        except shapely.GEOSException:
            told = _("“%s” is not WKT.") % (text if len(text) < 40 else f"{text[:40]}…")
            table.problems.append(Problem(table.lines[i], told))


def _from_numbers(table: Table, mapped: Mapped, shapes: Shapes) -> None:
    at = [column for name in ("lon", "lat", "lonlat") for column in mapped.places.get(name, ())]
    numbers = np.full((len(table.rows), 2), np.nan)
    for i, row in enumerate(table.rows):
        cells = [row[column] for column in at]
        if all(is_blank(cell) for cell in cells):
            continue
        try:
            if len(at) == 1:
                cells = re.split(r"[,，;；\s]+", plain_text(cells[0]).strip("()（）[]"))
            if len(cells) != 2 or any(is_blank(cell) for cell in cells):
                raise BadCell(_("a coordinate is missing"))
            numbers[i] = [_degrees_or_metres(cell) for cell in cells]
        except BadCell as e:
            told = ", ".join(str(cell)[:30] for cell in cells)
            reason = _("%(found)s: %(why)s.") % {"found": f"“{told}”", "why": e}
            table.problems.append(Problem(table.lines[i], reason))
    given = ~np.isnan(numbers).any(axis=1)
    shapes[given] = shapely.points(numbers[given])


def _degrees_or_metres(cell: Any) -> float:
    found = _COORDINATE.fullmatch(unicodedata.normalize("NFKC", plain_text(cell)))
    if not found:
        raise BadCell(_("is not a coordinate"))
    return float(found[1])


def centres_m(shapes: Shapes) -> Coords:
    """Centres in metres, (n, 2), NaN for what has no shape: to tell places a metre apart."""
    centres = shapely.centroid(shapes)
    lonlat = np.stack([shapely.get_x(centres), shapely.get_y(centres)], axis=-1)
    found = points_m(lonlat)
    found[np.isnan(lonlat)] = np.nan
    return found
