"""Rows of the database as plain values, whole: what a sealed file says of them."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import ForeignKey, Model

# Of the database's own household.
_OWN = {"xact"}


class People:
    """Who is named by a number in any of the rows."""

    def __init__(self) -> None:
        self.ids: set[int] = set()

    def plain(self, row: Model) -> dict[str, Any]:
        """Every column by its name; a person by their number, see `told`."""
        told = {}
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if isinstance(field, ForeignKey) and field.related_model is get_user_model() and value:
                self.ids.add(value)
            if field.attname not in _OWN:
                told[field.attname] = _plain(value)
        return told

    def history(self, row: Any) -> list[dict[str, Any]]:
        """Every change of a row that the database's triggers kept, oldest first, with who."""
        told = []
        for event in row.events.select_related("pgh_context").order_by("pgh_id"):
            context = event.pgh_context.metadata if event.pgh_context else {}
            if isinstance(context.get("user"), int):
                self.ids.add(context["user"])
            columns = self.plain(event)
            columns.pop("pgh_obj_id", None)
            columns.pop("pgh_context_id", None)
            told.append(columns | {"by": context.get("user"), "why": context.get("reason")})
        return told

    def told(self) -> list[dict[str, Any]]:
        people = get_user_model().objects.filter(pk__in=self.ids).order_by("pk")
        return [{"id": each.pk, "username": each.username, "name": each.name} for each in people]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, GEOSGeometry):
        return json.loads(value.geojson)
    if isinstance(value, UUID):
        return str(value)
    return value
