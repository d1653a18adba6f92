"""When a case escalates."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from inspections.admin.rules.things import RuleAdmin
from inspections.models import LadderRule, Rung, Trigger

_COUNTING = {Trigger.REPEATED, Trigger.UNMET}
_OF_NOTHING = {Trigger.SEVERE}


class LadderRuleForm(ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = LadderRule
        fields = ("rung", "trigger", "amount", "days", "severity")
        labels = {"amount": _("how many")}
        help_texts = {
            "amount": _("Working hours, working days or how many, as what sets it off says."),
            "days": _("Within so many days: of what is found again, and of notices not met."),
            "severity": _("Only of cases as severe as this, or more."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        trigger, rung = cleaned.get("trigger"), cleaned.get("rung")
        if trigger in _COUNTING:
            if not cleaned.get("amount"):
                self.add_error("amount", _("How many?"))
            if not cleaned.get("days"):
                self.add_error("days", _("Within how many days?"))
        elif cleaned.get("days"):
            self.add_error("days", _("This is not counted in days."))
        if trigger == Trigger.SEVERE and not cleaned.get("severity"):
            self.add_error("severity", _("As severe as what?"))
        if trigger in _OF_NOTHING and cleaned.get("amount"):
            self.add_error("amount", _("This is not counted."))
        if rung and (trigger == Trigger.UNMET) != (rung == Rung.TALK):
            self.add_error("rung", _("Notices that are not met lead to a talk, and only they do."))
        return cleaned


@admin.register(LadderRule)
class LadderRuleAdmin(RuleAdmin):
    form = LadderRuleForm
    list_display = ("rung", "trigger", "amount", "days", "severity", "retired_at")
