"""Cases and their moves, to be looked at: a case changes by a move, and by nothing else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspections.admin.records import LookedAt, OfKind
from inspections.models import Case, Move


class MoveInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Move
    fields = (
        "version",
        "name",
        "standing",
        "state_before",
        "state_after",
        "by",
        "recorded_at",
        "received_at",
        "note",
    )
    readonly_fields = fields
    ordering = ("received_at", "version")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Ended(admin.SimpleListFilter):
    title = _("ended")
    parameter_name = "ended"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("open")), ("yes", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in ("no", "yes"):
            return queryset.filter(ended_at__isnull=self.value() == "no")
        return queryset


@admin.register(Case)
class CaseAdmin(LookedAt):
    list_display = (
        "number",
        "reported_at",
        "title",
        "state",
        "severity",
        "estate",
        "community",
        "handler",
        "due_at",
    )
    list_filter = (Ended, "state", "source", "severity", OfKind, "community")
    list_select_related = ("estate", "community")
    search_fields = ("number", "title", "outside_number", "estate__name")
    exclude = ("place",)
    inlines = (MoveInline,)


@admin.register(Move)
class MoveAdmin(LookedAt):
    list_display = ("received_at", "case", "name", "standing", "by", "problem", "decided_by")
    list_filter = ("standing", "name")
    list_select_related = ("case", "by", "decided_by")
    search_fields = ("case__title", "by__username", "by__name")
    exclude = ("content_sha256", "photos_missing")
    also_by = ("case", "device")
