"""What happened to a row, in words: read from the tables that the database's triggers write."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import DateTimeField, Field, ForeignKey, Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from shapely import wkb

from geo.measure import area_m2, length_m

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One moment of a row's life. `who` is empty where no person signed in changed it."""

    at: datetime
    row: str
    what: str
    who: str
    reason: str
    changes: list[Change]


def history_of(streams: Sequence[Any], page: int) -> tuple[list[Entry], int]:
    """The page's entries, newest first, and how many pages there are.

    `streams` are querysets of event tables: of the row itself, perhaps of rows that belong to it.
    """
    pages = max(1, -(-sum(events.count() for events in streams) // PER_PAGE))
    page = min(max(page, 1), pages)
    newest = [
        event
        for events in streams
        for event in events.select_related("pgh_context").order_by("-pgh_id")[: page * PER_PAGE]
    ]
    newest.sort(key=lambda event: (event.pgh_created_at, event.pgh_id), reverse=True)
    chosen = newest[(page - 1) * PER_PAGE : page * PER_PAGE]
    names = _Names()
    return [_entry(event, names) for event in chosen], pages


def _entry(event: Any, names: "_Names") -> Entry:
    context = event.pgh_context.metadata if event.pgh_context else {}
    who = context.get("user")
    return Entry(
        at=event.pgh_created_at,
        row=str(type(event).pgh_tracked_model._meta.verbose_name),
        what=_what(event.pgh_label, context.get("act", "")),
        who=names.of(get_user_model(), who) if who else "",
        reason=str(context.get("reason", "")),
        changes=list(_changes(event, names)),
    )


def _what(label: str, act: str) -> str:
    acts = {
        "retire": pgettext("history", "taken out of use"),
        "restore": pgettext("history", "taken back into use"),
        "move": pgettext("history", "moved to another community"),
        "merge": pgettext("history", "merged"),
        "propose": pgettext("history", "proposed from the field"),
        "confirm": pgettext("history", "confirmed"),
        "doubt": pgettext("history", "to be confirmed again"),
        "load": pgettext("history", "loaded from a file"),
        "invite": pgettext("history", "sign-in link made"),
        "revoke": pgettext("history", "revoked"),
    }
    labels = {
        "insert": pgettext("history", "entered"),
        "update": pgettext("history", "changed"),
        "delete": pgettext("history", "removed"),
    }
    return acts.get(act) or labels.get(label) or label


def _changes(event: Any, names: "_Names") -> Iterable[Change]:
    """What the event changed; of a new row, what it was entered with."""
    events = type(event)._base_manager.filter(pgh_obj_id=event.pgh_obj_id)
    before = events.filter(pgh_id__lt=event.pgh_id).order_by("-pgh_id").first()
    removed = event.pgh_label == "delete"
    if before is None and event.pgh_label == "update":
        return  # its beginning is in no history: what it was before can't be told
    for field in type(event).pgh_tracked_model._meta.concrete_fields:
        if field.primary_key or not hasattr(event, field.attname):
            continue
        new = None if removed else getattr(event, field.attname)
        old = getattr(event if removed else before, field.attname, None)
        if old == new or (before is None and new in (None, "", False)):
            continue
        yield Change(
            str(field.verbose_name), names.say(field, old, new), names.say(field, new, old)
        )


class _Names:
    """Values as people say them; rows that are pointed at are looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[Model], Any], str] = {}

    def of(self, model: type[Model], pk: Any) -> str:
        if (model, pk) not in self._known:
            found = model._base_manager.filter(pk=pk).first()
            self._known[model, pk] = str(found) if found else f"#{pk}"
        return self._known[model, pk]

    def say(self, field: "Field[Any, Any]", value: Any, other: Any) -> str:
        """`other` is the value on the other side of the change: two shapes must differ in words."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(field, ForeignKey):
            return self.of(field.remote_field.model, value)
        if isinstance(field, GeometryField):
            said = _shape(value)
            same = isinstance(other, GEOSGeometry) and _shape(other) == said
            return f"{said} ({value.centroid.x:.7f}, {value.centroid.y:.7f})" if same else said
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, DateTimeField):
            return formats.date_format(timezone.localtime(value), "Y-m-d H:i")
        if isinstance(value, date):
            return formats.date_format(value, "Y-m-d")
        return str(value)


def _shape(geometry: GEOSGeometry) -> str:
    shape = wkb.loads(bytes(geometry.wkb))
    if shape.geom_type == "Point":
        return f"{shape.x:.6f}, {shape.y:.6f}"
    corners = ngettext("%(count)s corner", "%(count)s corners", geometry.num_coords) % {
        "count": geometry.num_coords
    }
    if shape.area:
        return f"{corners}, {area_m2(shape):,.0f} m²"
    return f"{corners}, {length_m(shape):,.1f} m"
