"""Rows into the database by COPY: planning and quoting a hundred thousand INSERTs takes minutes."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from geo.srid import WGS84
from inspections.demo.ground import Points, degrees


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    quote = connection.ops.quote_name
    told = ", ".join(quote(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({told}) FROM STDIN") as lines,
    ):
        for row in rows:
            lines.write_row(row)


def create(rows: Sequence[Model], shapes: Sequence[BaseGeometry]) -> None:
    """Rows of one model, numbered from 1, each with its shape in the town's metres."""
    model = type(rows[0])
    for number, row in enumerate(rows, 1):
        row.pk = number
    columns = {
        field.attname: str(field.column)
        for field in model._meta.concrete_fields
        if field.attname != "geom"
    }
    copy(
        model._meta.db_table,
        [*columns.values(), "geom"],
        (
            [*(getattr(row, attribute) for attribute in columns), shape]
            for row, shape in zip(rows, told(shapes), strict=True)
        ),
    )
    follow_on(model._meta.db_table, len(rows) + 1)


def follow_on(table: str, number: int) -> None:
    """The next row made by anyone gets this number."""
    with connection.cursor() as cursor:
        quoted = connection.ops.quote_name(table)
        cursor.execute(f"ALTER TABLE {quoted} ALTER COLUMN id RESTART WITH {number:d}")


def told(shapes: Sequence[BaseGeometry]) -> list[str]:
    """As PostGIS reads them, in degrees."""
    return _hex(shapely.transform(np.array(shapes, dtype=object), degrees))


def hex_points(lonlat: Points) -> list[str]:
    """The same for points that are in degrees already."""
    return _hex(shapely.points(lonlat))


def _hex(shapes: Any) -> list[str]:
    hexed: list[str] = shapely.to_wkb(
        shapely.set_srid(shapes, WGS84), hex=True, include_srid=True
    ).tolist()
    return hexed
