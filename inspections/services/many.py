"""Many ids in one query."""

from collections.abc import Iterable
from uuid import UUID

import orjson
from django.db.models.expressions import RawSQL


def each_of(ids: Iterable[UUID | str]) -> RawSQL:
    """For `…__in`: one value to quote and to plan with, however many ids there are."""
    return each_told(ids_as_text(ids))


def each_told(ids: str) -> RawSQL:
    """As `each_of`, of ids that are one text already."""
    return RawSQL("SELECT told.id::uuid FROM json_array_elements_text(%s) AS told (id)", [ids])


def ids_as_text(ids: Iterable[UUID | str]) -> str:
    return orjson.dumps([str(id) for id in ids]).decode()
