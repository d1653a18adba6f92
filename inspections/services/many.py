"""Many ids in one query."""

from collections.abc import Iterable
from uuid import UUID

import orjson
from django.db.models.expressions import RawSQL


def each_of(ids: Iterable[UUID | str]) -> RawSQL:
    """For `…__in`: one value to quote and to plan with, however many ids there are."""
    return RawSQL(
        "SELECT told.id::uuid FROM json_array_elements_text(%s) AS told (id)", [_json(ids)]
    )


def each_of_as_text(ids: Iterable[UUID]) -> RawSQL:
    return RawSQL("SELECT told.id FROM json_array_elements_text(%s) AS told (id)", [_json(ids)])


def _json(ids: Iterable[UUID | str]) -> str:
    return orjson.dumps([str(id) for id in ids]).decode()
