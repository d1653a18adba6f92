"""Baselines: entered, and followed by others."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from campaign.admin.forms import SaidForm
from campaign.metrics import METRICS
from campaign.models import Baseline
from geo.admin.base import KeptAdmin


class BaselineForm(SaidForm):
    metric = forms.ChoiceField(
        label=_("metric"),
        choices=[(each.slug, each.slug) for each in METRICS.values() if each.baselined],
    )

    class Meta:
        model = Baseline
        fields = ("metric", "community", "since", "until", "number", "source", "holds_from")


@admin.register(Baseline)
class BaselineAdmin(KeptAdmin):
    form = BaselineForm
    list_display = ("metric", "community", "since", "until", "number", "holds_from", "by")
    list_select_related = ("community", "by")
    autocomplete_fields = ("community",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What held on a past day still reads so."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.by = request.user
        super().save_model(request, obj, form, change)
