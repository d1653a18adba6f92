"""Plans and proposed sites, to be looked at with their history: they change on the planners' page,
and by nothing else. What is not shared is its maker's alone, here too."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inspections.admin.records import LookedAt
from planning.models import Document, Edit, Plan, Proposal, Step, Vote


class _Inline(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class StepInline(_Inline):
    model = Step
    fields = ("version", "name", "state_before", "state_after", "by", "at", "on", "note")
    readonly_fields = fields
    ordering = ("version",)


class VoteInline(_Inline):
    model = Vote
    fields = (
        *("on", "heads", "heads_took_part", "heads_agreed"),
        *("area_m2", "area_took_part_m2", "area_agreed_m2", "carried"),
    )
    readonly_fields = fields

    @admin.display(description=_("carried"), boolean=True)
    def carried(self, vote: Vote) -> bool:
        return vote.count.carried


class DocumentInline(_Inline):
    model = Document
    fields = ("name", "type", "bytes", "sha256", "by", "at")
    readonly_fields = fields


class EditInline(_Inline):
    model = Edit
    fields = ("version", "seen", "by", "at", "changes", "set_aside")
    readonly_fields = fields
    ordering = ("-at",)


@admin.register(Plan)
class PlanAdmin(LookedAt):
    list_display = ("name", "community", "by", "version", "changed_at", "archived_at")
    list_filter = ("community",)
    list_select_related = ("community", "by")
    search_fields = ("name", "by__username", "by__name")
    exclude = ("content_sha256",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Plan]:
        return super().get_queryset(request).filter(shared=True)


@admin.register(Proposal)
class ProposalAdmin(LookedAt):
    list_display = ("__str__", "plan", "state", "estate", "community", "by", "changed_at")
    list_filter = ("state", "community")
    list_select_related = ("plan", "estate", "community", "by")
    search_fields = ("name", "plan__name", "estate__name")
    exclude = ("content_sha256", "geom", "anchor")
    inlines = (StepInline, VoteInline, DocumentInline, EditInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return super().get_queryset(request).filter(plan__shared=True)
