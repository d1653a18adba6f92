"""Limits of time. What is set is not rewritten: another is set in its place, from then on."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from geo.admin.base import InUse, KeptAdmin
from inspections.admin.rules.things import OfThings, what
from inspections.models import Limit
from inspections.services.limits import retire_limits, set_limit

_HEADING = ("step", "kind", "item", "severity", "simple")
_TELLS = ("measure", "amount", "basis")
_AT_FIRST = datetime(2000, 1, 2, tzinfo=UTC)


class LimitForm(OfThings):
    open_fields = ("severity",)

    class Meta:
        model = Limit
        fields = (*_HEADING, *_TELLS)
        labels = {"amount": _("how many")}
        help_texts = {
            "simple": _("Of cases that are received and handled the same day, and of no others."),
            "basis": _("The rule or document that it comes from."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("measure") == "same_day":
            cleaned["amount"] = 0
        elif cleaned.get("amount") == 0:
            self.add_error("amount", _("How many?"))
        return cleaned


@admin.register(Limit)
class LimitAdmin(KeptAdmin):
    form = LimitForm
    change_form_template = "inspections/admin/limit.html"
    list_display = ("step", "of_what", "severity", "time", "basis", "from_when", "retired_at")
    list_filter = (InUse, "step", "severity")
    actions = ("retire",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display if obj else LimitForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        set_limit(obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and row.retired_at is None:
            told = {name: getattr(row, name) for name in (*_HEADING, *_TELLS)}
            told = {name: value for name, value in told.items() if value not in ("", None, False)}
            context["instead"] = f"{reverse('admin:inspections_limit_add')}?{urlencode(told)}"
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("of what"))
    def of_what(self, row: Limit) -> str:
        return f"{_('of simple cases')} · {what(row)}" if row.simple else what(row)

    @admin.display(description=_("since"), ordering="since")
    def from_when(self, row: Limit) -> datetime | None:
        """Those to begin with count from before there was anything."""
        return row.since if row.since > _AT_FIRST else None

    @admin.display(description=_("time"))
    def time(self, row: Limit) -> str:
        measure = str(row.get_measure_display())
        return f"{row.amount} {measure}" if row.amount else measure

    @admin.action(description=_("Set no longer, from now on"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Limit]) -> None:
        n = retire_limits(queryset)
        told = ngettext("%(n)d limit is set no longer.", "%(n)d limits are set no longer.", n)
        messages.success(request, told % {"n": n})
