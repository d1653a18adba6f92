"""The photos of a record, to be looked at with it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from geo.admin.base import Kept
from inspections.models import Inspection, Photo

NOTHING = "–"


class PhotoInline(Kept, admin.TabularInline):  # type: ignore[type-arg]
    model = Photo
    fields = readonly_fields = (
        "seen",
        "item",
        "how",
        "taken_at",
        "place_agrees",
        "time_agrees",
        "held_at",
        "problem",
        "file",
    )
    ordering = ("taken_at", "pk")
    verbose_name_plural = _("photos")
    can_delete = False
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("looked at"))
    def seen(self, photo: Photo) -> SafeString | str:
        if not photo.made_at:
            return NOTHING
        small, large = (reverse(f"photo-{what}", args=[photo.pk]) for what in ("small", "large"))
        return format_html('<a href="{}"><img src="{}" alt="" width="128"></a>', large, small)

    @admin.display(description=_("original"))
    def file(self, photo: Photo) -> SafeString | str:
        if not photo.held_at:
            return gettext("not here yet")
        where = reverse("photo-original", args=[photo.pk])
        return format_html('<a href="{}">SHA-256 {}…</a>', where, photo.sha256[:12])


class Evidence(admin.SimpleListFilter):
    """By the photos that are missing, which are few, and not by a million records."""

    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("incomplete", _("evidence incomplete"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "incomplete":
            return queryset
        return queryset.filter(pk__in=Photo.objects.missing().values("inspection"))


def evidence_of(record: Inspection) -> str:
    """In a word; in the list of records too, so that nothing more is asked for it."""
    if not record.photos_missing:
        return NOTHING
    return gettext("evidence incomplete: %(n)d missing") % {"n": record.photos_missing}
