"""Which column of a file means what."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from geo.errors import MappingWrong
from geo.files.columns import header
from geo.files.described import Layer

_LON = ("lon", "lng", "long", "longitude", "经度", "东经", "x", "pointx", "easting", "东坐标")
_LAT = ("lat", "latitude", "纬度", "北纬", "y", "pointy", "northing", "北坐标")
_PAIR = ("lonlat", "lnglat", "location", "经纬度", "坐标")
_WKT = ("wkt", "geometry", "geom", "几何", "图形")
_COORDINATES = {"lon": _LON, "lat": _LAT, "lonlat": _PAIR, "wkt": _WKT}

# A header may itself say which system its coordinates are in: lon_gcj02, 百度经度, X(EPSG:4549).
_SAYS = (
    (re.compile(r"epsg[:_\s-]?(\d{4,6})"), r"EPSG:\1"),
    (re.compile(r"wgs[_\s-]?(19)?84"), "wgs84"),
    (re.compile(r"gcj[_\s-]?(02)?|火星|高德|腾讯|amap"), "gcj02"),
    (re.compile(r"bd[_\s-]?09(ll)?|百度|baidu"), "bd09"),
    (re.compile(r"cgcs[_\s-]?(2000)?|天地图|大地2000|国家2000"), "cgcs2000"),
)


@dataclass(frozen=True, slots=True)
class Mapped:
    """`at` is the file's column for each field (`name`) and parent (`community`, `community_code`).

    `places` are the columns of coordinates: `lon` and `lat`, or `lonlat` (both in one cell), or
    `wkt`, which may go on in further columns; `datum` is what their headers say of them.
    """

    at: Mapping[str, int]
    places: Mapping[str, tuple[int, ...]]
    datum: str | None
    unused: tuple[str, ...]


def targets(layer: Layer) -> dict[str, tuple[str, ...]]:
    """The headers of every target, dearest first."""
    named = {column.field: column.headers for column in layer.columns}
    for parent in layer.parents:
        named[parent.field] = parent.headers
        if parent.code_headers:
            named[f"{parent.field}_code"] = parent.code_headers
    return named


def knows(layer: Layer, name: str) -> bool:
    """Is this the name of a column? It tells a sheet's header from the title above it."""
    known = {header(one) for names in targets(layer).values() for one in names}
    return header(name) in known or is_coordinate(name)


def is_coordinate(name: str) -> bool:
    """Is this the name of a column of coordinates, whatever system it says they are in?"""
    return _coordinate(_without_datum(name)[0]) is not None


def map_coordinates(columns: Sequence[str]) -> Mapped:
    """Of a table of other things than places: its columns of coordinates alone."""
    places, said = _coordinates(columns, {}, {})
    return Mapped({}, places, said, ())


def map_columns(layer: Layer, columns: Sequence[str], asked: Mapping[str, str]) -> Mapped:
    """`asked` goes before what the headers say by themselves: target → header in the file."""
    wanted = targets(layer)
    at: dict[str, int] = {}
    for target, name in asked.items():
        if target not in wanted and target not in _COORDINATES:
            names = ", ".join([*wanted, *_COORDINATES])
            why = _("there is no field of that name; there are: %s") % names
            raise MappingWrong(given=f"{target}={name}", why=why)
        if name not in columns:
            why = _("the file has no such column; it has: %s") % ", ".join(filter(None, columns))
            raise MappingWrong(given=f"{target}={name}", why=why)
        at[target] = columns.index(name)
    folded = [header(name) for name in columns]
    for target, headers in wanted.items():
        for name in map(header, headers):
            if target not in at and name in folded and folded.index(name) not in at.values():
                at[target] = folded.index(name)
    places, said = _coordinates(columns, at, asked)
    used = {*at.values(), *(i for indexes in places.values() for i in indexes)}
    unused = tuple(name for i, name in enumerate(columns) if name and i not in used)
    return Mapped({target: i for target, i in at.items() if target in wanted}, places, said, unused)


def _coordinates(
    columns: Sequence[str], at: Mapping[str, int], asked: Mapping[str, str]
) -> tuple[dict[str, tuple[int, ...]], str | None]:
    """One set of coordinate columns, and the datum that their headers give, if they do.

    A file may have several sets: WGS-84 goes first, then the leftmost. In a set WKT goes first.
    """
    told = {target: at[target] for target in _COORDINATES if target in asked}
    sets: dict[str | None, dict[str, list[int]]] = {}
    for i, name in enumerate(columns):
        plain, said = _without_datum(name)
        target = _coordinate(plain)
        if told:
            target = next((target for target, index in told.items() if index == i), None)
        elif i in at.values():
            continue
        if target:
            sets.setdefault(said, {}).setdefault(target, []).append(i)
    if told and len(sets) > 1:
        sets = {None: {target: [index] for target, index in told.items()}}
    for said, found in sorted(sets.items(), key=lambda one: one[0] != "wgs84"):
        if "wkt" in found:
            return {"wkt": tuple(found["wkt"])}, said
        if "lon" in found and "lat" in found:
            return {"lon": (found["lon"][0],), "lat": (found["lat"][0],)}, said
        if "lonlat" in found:
            return {"lonlat": (found["lonlat"][0],)}, said
    return {}, None


def _without_datum(name: str) -> tuple[str, str | None]:
    plain = unicodedata.normalize("NFKC", name).casefold()
    for pattern, says in _SAYS:
        found = pattern.search(plain)
        if found:
            return pattern.sub("", plain), found.expand(says)
    return plain, None


def _coordinate(plain: str) -> str | None:
    bare = header(plain)
    for target, names in _COORDINATES.items():
        if bare in names or bare.removesuffix("坐标") in names:
            return target
    return "wkt" if re.fullmatch(r"wkt\d+", bare) else None
