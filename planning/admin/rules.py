"""The rules of charging sites: their limits are the office's, what they measure is not."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from planning.models import SiteRule


class SiteRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = SiteRule
        fields = (
            "on",
            "limit",
            "above_bays",
            "force",
            "steps",
            "zh",
            "en",
            "source_zh",
            "source_en",
            "source_on",
            "sure",
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        numbered = self.instance.compare in ("at_least", "at_most")
        limit = cleaned.get("limit")
        if numbered and "limit" not in self.errors and (limit is None or limit < 0):
            self.add_error("limit", _("This rule needs a limit, at least 0."))
        if not numbered and limit is not None:
            self.add_error("limit", _("This rule has no limit."))
        return cleaned


@admin.register(SiteRule)
class SiteRuleAdmin(KeptAdmin):
    """Changed in place, with its history; no rule is added or taken away: it is switched off."""

    form = SiteRuleForm
    list_display = ("code", "zh", "limit", "unit", "force", "sure", "on", "since")
    list_filter = ("on", "force", "sure")
    readonly_fields = ("code", "measure", "compare", "unit", "since")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["code", "measure", "compare", "unit", *SiteRuleForm.Meta.fields, "since"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.since = timezone.now()
        super().save_model(request, obj, form, change)
