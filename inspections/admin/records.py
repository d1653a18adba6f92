"""What was recorded, to be looked at: nobody changes it here, and nobody can."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from inspections.admin.photos import Evidence, PhotoInline, evidence_of
from inspections.models import Finding, Inspection, KindVersion, Refused

MOST_COUNTED = 10_000


class Uncounted(Paginator):  # type: ignore[type-arg]
    """Counts so far and no farther: among a million records nobody turns to the last page."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows[:MOST_COUNTED].count())


class LookedAt(KeptAdmin):
    """Read only. What is typed into the search is a name, or a whole id."""

    paginator = Uncounted
    id_field = "pk"
    # Other ids that rows are found by: of the tablet that sent them.
    also_by: tuple[str, ...] = ()

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
        found = Q()
        for name in (self.id_field, *self.also_by):
            found |= Q(**{name: wanted})
        return queryset.filter(found), False


class OfKind(admin.SimpleListFilter):
    """The kinds that were ever published, without asking a million records for theirs."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        slugs = KindVersion.objects.order_by("slug").values_list("slug", flat=True).distinct()
        return [(slug, slug) for slug in slugs]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Inspection)
class InspectionAdmin(LookedAt):
    list_display = (
        "recorded_at",
        "kind",
        "estate",
        "community",
        "inspector",
        "placed",
        "evidence",
        "in_force",
    )
    list_filter = (OfKind, "placed", Evidence, "in_force", "community")
    list_select_related = ("estate", "community", "inspector")
    search_fields = ("estate__name", "inspector__username", "inspector__name")
    exclude = ("content_sha256", "location", "photos_missing")
    readonly_fields = ("evidence",)
    also_by = ("device",)
    inlines = (PhotoInline,)

    @admin.display(description=_("evidence"))
    def evidence(self, record: Inspection) -> str:
        return evidence_of(record)


@admin.register(Finding)
class FindingAdmin(LookedAt):
    list_display = (
        "number",
        "recorded_at",
        "item",
        "severity",
        "estate",
        "community",
        "closed_at",
        "in_force",
    )
    list_filter = ("severity", OfKind, "in_force", "community")
    list_select_related = ("estate", "community")
    search_fields = ("estate__name", "item")
    exclude = ("place",)


class Settled(admin.SimpleListFilter):
    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("not yet")), ("yes", _("settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() in ("no", "yes"):
            return queryset.filter(settled_at__isnull=self.value() == "no")
        return queryset


@admin.register(Refused)
class RefusedAdmin(LookedAt):
    """What a tablet could not deliver: read here what is in it, and tell its sender."""

    list_display = (
        "received_at",
        "sender",
        "type",
        "code",
        "message",
        "device",
        "number",
        "waits_for",
        "settled_at",
    )
    list_filter = (Settled, "type", "code")
    list_select_related = ("sender",)
    search_fields = ("sender__username", "sender__name")
    id_field = "entry"
    also_by = ("device",)
    exclude = ("body",)
    readonly_fields = ("as_sent",)

    @admin.display(description=_("as sent"))
    def as_sent(self, row: Refused) -> str:
        return bytes(row.body).decode(errors="replace") if row.body is not None else "–"


@admin.register(KindVersion)
class KindVersionAdmin(LookedAt):
    list_display = ("slug", "version", "published_at")
    list_filter = ("slug",)
