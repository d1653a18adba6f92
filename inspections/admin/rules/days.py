"""Holidays and make-up working days: day by day, or a year's table at once."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from geo.files.table import Problem
from inspections.errors import CalendarRefused
from inspections.models import OfficeDay
from inspections.services.calendar import load_calendar, recompute_later, years_half_told
from inspections.timetable import calendar

MOST_BYTES = 1_000_000


class OfficeDayForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = OfficeDay
        fields = ("day", "works", "name", "source")
        help_texts = {"source": _("The notice that says so.")}

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if years_half_told([day]):
            raise forms.ValidationError(
                _t("Of %d nothing is known yet: load the whole table of that year.") % day.year
            )
        return day


class TableForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with the columns date, works (1 or 0) and name."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_t("This is too much for a table of days."))
        return file


class OfYear(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = OfficeDay.objects.dates("day", "year", order="DESC")
        return [(str(each.year), str(each.year)) for each in years]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        told = self.value() or ""
        return queryset.filter(day__year=int(told)) if told.isdigit() else queryset


@admin.register(OfficeDay)
class OfficeDayAdmin(KeptAdmin):
    """Deadlines that were counted otherwise are counted anew, by the worker."""

    form = OfficeDayForm
    list_display = ("day", "works", "name", "source")
    list_filter = (OfYear, "works")
    ordering = ("-day",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Entered by mistake; the history keeps it."""
        return self.has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["day"] if obj else []

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """As `log_addition`."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            recompute_later([obj.day.year])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            year = obj.day.year
            super().delete_model(request, obj)
            recompute_later([year])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with transaction.atomic():
            years = {each.day.year for each in queryset}
            super().delete_queryset(request, queryset)
            recompute_later(years)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.load_view)
        return [path("load/", page, name="inspections_officeday_load"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        tools = [{"address": "load/", "title": _("Load a table")}]
        return super().changelist_view(request, {"tools": tools, **(extra_context or {})})

    def load_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.method == "POST"
        form = TableForm(request.POST if sent else None, request.FILES if sent else None)
        refusal, problems = "", []
        if sent and form.is_valid():
            try:
                return self._loaded(request, form.cleaned_data["file"])
            except CalendarRefused as e:
                refusal = str(e.message)
                problems = [Problem(**each) for each in e.details["problems"]]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Load a table"),
            "opts": self.opts,
            "form": form,
            "known": max(calendar().known),
            "refusal": refusal,
            "problems": problems,
        }
        return TemplateResponse(request, "inspections/admin/calendar.html", context)

    def _loaded(self, request: HttpRequest, file: Any) -> HttpResponse:
        with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
            # A name of our own; only its ending is theirs, which the reader checks.
            kept = Path(folder) / f"days{Path(file.name).suffix}"
            kept.write_bytes(file.read())
            loaded = load_calendar(path=kept, name=file.name)
        told = _t("%(days)d days of %(years)s were loaded. Cases with other deadlines now: %(n)d.")
        years = ", ".join(map(str, loaded.years))
        messages.success(
            request, told % {"days": loaded.days, "years": years, "n": loaded.recomputed}
        )
        return redirect("admin:inspections_officeday_changelist")
