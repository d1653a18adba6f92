"""Vector tiles (MVT) of rows that are already narrowed to what their reader may see.

What is written into a query's text here is whole numbers and names from our own code; all else
goes beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan, cos, degrees, pi, sin, sinh
from typing import Any

import numpy as np
from django.contrib.gis.geos import Polygon
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, IntegerField, QuerySet, Value
from numpy.typing import NDArray

from geo.errors import NoSuchTile
from geo.srid import WEB_MERCATOR, WGS84

DEEPEST = 22
EXTENT = 4096
# What a tile carries of its neighbours, 16 px where a tile is 512: less, and the signs and names
# near an edge are cut.
MARGIN = 128
# Squares along a tile's edge.
CELLS = 32
# More points than this are told by class and not one by one.
POINTS = 4000

# The ellipsoid of WGS-84: half its width, and its eccentricity squared.
RADIUS_M = 6_378_137
ECCENTRICITY2 = 0.00669437999014

Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the web's map: level, column from the west, row from the north.

    Raises NoSuchTile for what lies off the map.
    """

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not (0 <= self.z <= DEEPEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z):
            raise NoSuchTile(z=self.z, x=self.x, y=self.y)

    @property
    def box(self) -> Polygon:
        """Its ground with the margin around it, WGS-84."""
        margin = MARGIN / EXTENT
        west, east = (
            min(max((self.x + at) / (1 << self.z) * 360 - 180, -180), 180)
            for at in (-margin, 1 + margin)
        )
        south, north = (
            degrees(_latitude((self.y + at) / (1 << self.z))) for at in (1 + margin, -margin)
        )
        box = Polygon.from_bbox((west, south, east, north))
        box.srid = WGS84
        return box

    @property
    def cell_level(self) -> int:
        """Its cells are the tiles of this level that lie in it."""
        return self.z + CELLS.bit_length() - 1

    @property
    def cell_columns(self) -> tuple[int, int]:
        """The first and the last."""
        return self.x * CELLS, (self.x + 1) * CELLS - 1

    @property
    def cell_rows(self) -> tuple[int, int]:
        return self.y * CELLS, (self.y + 1) * CELLS - 1

    def cell_hectares(self) -> list[float]:
        """The true ground of a cell in each row of cells, from the north."""
        across = 1 << self.cell_level
        first, last = self.cell_rows
        return [_hectares(1 / across, (row + 0.5) / across) for row in range(first, last + 1)]


def tile_middles(level: int, tiles: NDArray[np.int64]) -> NDArray[np.float64]:
    """Longitude and latitude (n, 2) of the middles of tiles of a level, told by column and row."""
    column, row = ((tiles + 0.5) / (1 << level)).T
    return np.stack(
        [column * 360 - 180, np.degrees(np.arctan(np.sinh(pi * (1 - 2 * row))))], axis=1
    )


class TileColumn(Func):
    """In which tile of a level a point lies."""

    function = "geo_tile_x"
    output_field = IntegerField()

    def __init__(self, point: str, level: int) -> None:
        super().__init__(point, Value(level))


class TileRow(TileColumn):
    function = "geo_tile_y"


def encode(
    layer: str, rows: QuerySet[Any], tile: Tile, properties: Properties, *, number: str = "pk"
) -> bytes:
    """`properties`: name in the tile → field or expression. `number` is an integer column.

    Empty where the tile has nothing; likewise the others below.
    """
    names = [_quoted(each) for each in properties]
    return _run(
        f"""
        SELECT ST_AsMVT(t, %s, {EXTENT}, 'geom', 'id') FROM (
            SELECT {_list("id", *names, _drawn("geom", tile))}
            FROM ({{rows}}) AS r ({_list("id", *names, "geom")})
        ) AS t
        """,  # noqa: S608
        in_tile(rows, tile, "geom").values_list(number, *properties.values(), "geom"),
        before=[layer],
    )


def encode_points(
    layer: str,
    rows: QuerySet[Any],
    tile: Tile,
    properties: Properties,
    *,
    point: str,
    number: str,
    classes: Sequence[str],
) -> bytes:
    """Like `encode`, but a tile of very many points has one feature a class, without an id.

    Such a feature has the properties named in `classes`, all its points, and `n`, their number:
    a quarter of the bytes.
    """
    names = [_quoted(each) for each in properties]
    alike = _list(*(_quoted(each) for each in classes))
    return _run(
        f"""
        WITH r ({_list("id", *names, "geom")}) AS MATERIALIZED ({{rows}})
        SELECT CASE WHEN (SELECT count(*) FROM r) <= {POINTS} THEN (
            SELECT ST_AsMVT(t, %s, {EXTENT}, 'geom', 'id') FROM (
                SELECT {_list("id", *names, _drawn("geom", tile))} FROM r
            ) AS t
        ) ELSE (
            SELECT ST_AsMVT(t, %s, {EXTENT}, 'geom') FROM (
                SELECT {alike}, count(*)::int AS n, {_drawn("ST_Collect(geom)", tile)}
                FROM r GROUP BY {alike}
            ) AS t
        ) END
        """,  # noqa: S608
        in_tile(rows, tile, point).values_list(number, *properties.values(), point),
        after=[layer, layer],
    )


def encode_cells(layer: str, counts: QuerySet[Any], tile: Tile) -> bytes:
    """Squares with `n`, `open`, `worst` (the least severity number) and `per_ha`.

    `counts` are rows of a cell's column and row, how many are told of severity 1, 2 and 3, and how
    many of each are open: to be added up, and a number may be below zero. All cells lie in the
    tile.
    `per_ha` is n per hectare of ground: it can be compared from zoom to zoom.
    """
    west, north = tile.cell_columns[0], tile.cell_rows[0]
    side = EXTENT // CELLS
    # Corners in this order make an outer ring where y grows southward, as it does in a tile.
    square = f"""ST_MakeEnvelope(
        (x - {west} + 1) * {side}, (y - {north}) * {side},
        (x - {west}) * {side}, (y - {north} + 1) * {side}
    )"""
    return _run(
        f"""
        SELECT ST_AsMVT(t, %s, {EXTENT}, 'geom', 'id') FROM (
            SELECT y * {1 << tile.cell_level}::bigint + x AS id, n, open, worst,
                (n / (%s::float8[])[y - {north} + 1])::real AS per_ha, {square} AS geom
            FROM (
                SELECT x, y, sum(n_1 + n_2 + n_3)::int AS n,
                    sum(open_1 + open_2 + open_3)::int AS open,
                    CASE WHEN sum(n_1) > 0 THEN 1 WHEN sum(n_2) > 0 THEN 2 ELSE 3 END AS worst
                FROM ({{rows}}) AS c (x, y, n_1, n_2, n_3, open_1, open_2, open_3)
                GROUP BY x, y HAVING sum(n_1 + n_2 + n_3) > 0
            ) AS cells
        ) AS t
        """,  # noqa: S608
        counts,
        before=[layer, tile.cell_hectares()],
    )


def in_tile(rows: QuerySet[Any], tile: Tile, shape: str) -> QuerySet[Any]:
    """Rows whose shape may lie in the tile or its margin."""
    return rows.filter(**{f"{shape}__bboverlaps": tile.box}).order_by()


def _drawn(shape: str, tile: Tile) -> str:
    square = f"ST_TileEnvelope({tile.z}, {tile.x}, {tile.y})"
    mercator = f"ST_Transform({shape}, {WEB_MERCATOR})"
    return f"ST_AsMVTGeom({mercator}, {square}, {EXTENT}, {MARGIN}) AS geom"


def _run(
    sql: str, rows: QuerySet[Any], *, before: Sequence[Any] = (), after: Sequence[Any] = ()
) -> bytes:
    """`{rows}` in `sql` stands for the query; other values stand before or after its own."""
    try:
        query, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return b""
    with connection.cursor() as cursor:
        cursor.execute(sql.format(rows=query), [*before, *values, *after])
        (tile,) = cursor.fetchone()
    return bytes(tile or b"")


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _list(*parts: str) -> str:
    return ", ".join(parts)


def _latitude(down: float) -> float:
    """Radians; `down` is the part of the map's height from its northern edge."""
    return atan(sinh(pi * (1 - 2 * down)))


def _hectares(side: float, down: float) -> float:
    """The ground of a small square; `side` is the part of the map's width that it takes."""
    across_m = 2 * pi * RADIUS_M * side
    latitude = _latitude(down)
    flat = (1 - ECCENTRICITY2) / (1 - ECCENTRICITY2 * sin(latitude) ** 2) ** 2
    return across_m**2 * cos(latitude) ** 2 * flat / 10_000
