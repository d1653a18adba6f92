"""What demand is reckoned from: counts of e-bikes, and the numbers that nobody measured."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from planning.models import Assumption, EbikeCount


class EbikeCountForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = EbikeCount
        fields = ("estate", "building", "ebikes", "on", "note")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        estate, building = cleaned.get("estate"), cleaned.get("building")
        if estate and building and building.estate_id != estate.pk:
            self.add_error("building", _("This building is not of that estate."))
        return cleaned


@admin.register(EbikeCount)
class EbikeCountAdmin(KeptAdmin):
    """Counted again, a place gets a new row: the latest one goes."""

    form = EbikeCountForm
    list_display = ("estate", "building", "ebikes", "on", "by")
    list_filter = ("community",)
    search_fields = ("estate__name", "building__number")
    autocomplete_fields = ("estate", "building")
    list_select_related = ("estate", "building__estate", "by")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.community_id = obj.estate.community_id
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(Assumption)
class AssumptionAdmin(KeptAdmin):
    """Changed in place, with its history; none is added or taken away."""

    list_display = ("zh", "value", "unit", "sure")
    fields = ("zh", "en", "value", "unit", "source_zh", "source_en", "sure")
    readonly_fields = ("zh", "en", "unit")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
