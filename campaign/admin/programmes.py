"""Programmes, actions and indicators: the office's own, with their history."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaign.admin.forms import SaidForm
from campaign.models import Action, Indicator, Programme, Responsibility, Target
from geo.admin.base import Kept, KeptAdmin


@admin.register(Programme)
class ProgrammeAdmin(KeptAdmin):
    form = SaidForm
    list_display = ("code", "zh", "year", "issued_on")
    search_fields = ("code", "zh", "en")


class ResponsibilityInline(Kept, admin.TabularInline):  # type: ignore[type-arg]
    model = Responsibility
    form = SaidForm
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who answers for an action changes hands; the history keeps who did."""
        return self.has_change_permission(request, obj)


@admin.register(Action)
class ActionAdmin(KeptAdmin):
    list_display = ("code", "zh", "programme")
    list_filter = ("programme",)
    search_fields = ("code", "zh", "en")
    list_select_related = ("programme",)
    inlines = (ResponsibilityInline,)
    history_with = ("responsibilities",)


class TargetInline(Kept, admin.TabularInline):  # type: ignore[type-arg]
    """Followed by another one, never changed: what held then still reads so."""

    model = Target
    form = SaidForm
    extra = 0
    readonly_fields = ("by", "at")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Indicator)
class IndicatorAdmin(KeptAdmin):
    list_display = ("code", "zh", "level", "recurrence", "held_to")
    list_filter = ("action__programme", "level", "recurrence", "action")
    search_fields = ("code", "zh", "en", "metric")
    list_select_related = ("action__programme",)
    inlines = (TargetInline,)

    @admin.display(description=_("target"))
    def held_to(self, row: Indicator) -> str:
        newest = row.targets.first()
        if newest is None or newest.number is None:
            return str(_("no target set"))
        return f"{newest.op} {newest.number.normalize():f} {row.unit}"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("targets")

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for target in formset.save(commit=False):
            target.by = request.user
            target.save()
        formset.save_m2m()
