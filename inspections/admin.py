"""What was seen, to be looked at: nothing here is changed by hand."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from inspections.models import Finding, Inspection, KindVersion, Refused


class LookedAt(KeptAdmin):
    """Read only. What is typed into the search is an estate's name or a whole id."""

    id_field = "pk"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        try:
            wanted = UUID(search_term.strip())
        except ValueError:
            return super().get_search_results(request, queryset, search_term)
        return queryset.filter(**{self.id_field: wanted}), False


@admin.register(KindVersion)
class KindVersions(LookedAt):
    list_display = ("slug", "version", "published_at", "sha256")
    list_filter = ("slug",)


@admin.register(Inspection)
class Inspections(LookedAt):
    list_display = ("recorded_at", "kind", "estate", "inspector", "placed", "in_force")
    list_filter = ("kind", "placed", "in_force", "community")
    list_select_related = ("estate", "inspector")
    date_hierarchy = "recorded_at"
    search_fields = ("estate__name",)


@admin.register(Finding)
class Findings(LookedAt):
    list_display = ("number", "item", "severity", "estate", "recorded_at", "closed_at", "in_force")
    list_filter = ("kind", "severity", "in_force", "community")
    list_select_related = ("estate",)
    date_hierarchy = "recorded_at"
    search_fields = ("estate__name",)


@admin.register(Refused)
class RefusedEntries(LookedAt):
    """What a tablet could not deliver: read here what is in it, and tell its sender."""

    list_display = ("received_at", "sender", "code", "message", "body_bytes", "settled_at")
    list_filter = ("code", ("settled_at", admin.EmptyFieldListFilter))
    list_select_related = ("sender",)
    search_fields = ("sender__username",)
    id_field = "entry"
    exclude = ("body",)
    readonly_fields = ("as_sent",)

    @admin.display(description=_("as sent"))
    def as_sent(self, row: Refused) -> str:
        return bytes(row.body).decode(errors="replace") if row.body is not None else "–"
