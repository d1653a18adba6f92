"""Estates on their way to standard, and what they are scored by: to be looked at."""

from django.contrib import admin

from campaign.models import DeclaredVeto, Enrolment, LiftedVeto, Sheet, StageMove, Standard
from inspections.admin.records import LookedAt


@admin.register(Standard)
class StandardAdmin(LookedAt):
    list_display = ("version", "holds_from", "published_at")
    search_fields = ("version",)


@admin.register(Enrolment)
class EnrolmentAdmin(LookedAt):
    list_display = ("estate", "programme", "person", "enrolled_on", "by")
    list_filter = ("programme", "estate__community")
    search_fields = ("estate__name", "person")
    list_select_related = ("estate", "programme", "by")


@admin.register(StageMove)
class StageMoveAdmin(LookedAt):
    list_display = ("enrolment", "to", "on", "removed", "announcement", "by", "at")
    list_filter = ("to", "removed")
    search_fields = ("enrolment__estate__name", "announcement")
    list_select_related = ("enrolment__estate", "enrolment__programme", "by")


@admin.register(Sheet)
class SheetAdmin(LookedAt):
    list_display = ("enrolment", "form", "day", "standard", "sender", "received_at")
    list_filter = ("form", "standard")
    search_fields = ("enrolment__estate__name",)
    list_select_related = ("enrolment__estate", "enrolment__programme", "standard", "sender")


@admin.register(DeclaredVeto)
class DeclaredVetoAdmin(LookedAt):
    list_display = ("enrolment", "code", "since", "note", "by")
    list_filter = ("code",)
    search_fields = ("enrolment__estate__name", "note")
    list_select_related = ("enrolment__estate", "enrolment__programme", "by")


@admin.register(LiftedVeto)
class LiftedVetoAdmin(LookedAt):
    list_display = ("veto", "on", "note", "by")
    search_fields = ("veto__enrolment__estate__name", "note")
    list_select_related = ("veto", "by")
