"""Series of numbers, which the clerk keeps; and papers, which change nowhere but on their page."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from geo.admin.base import InUse, KeptAdmin
from inspections.admin.records import LookedAt
from inspections.models import Paper, Series
from inspections.services.papers import use_series


class SeriesForm(ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Series
        fields = ("kind", "code")
        help_texts = {
            "kind": _("The series used before for this kind goes out of use."),
            "code": _("What stands before the year, as 青街改 in 青街改〔2024〕3号."),
        }


@admin.register(Series)
class SeriesAdmin(KeptAdmin):
    """Numbers that were given stay: a series is never called otherwise."""

    form = SeriesForm
    list_display = ("code", "kind", "retired_at")
    list_filter = (InUse, "kind")
    actions = ("use",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display if obj else SeriesForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        use_series(obj)

    @admin.action(description=_("Use for new papers"))
    def use(self, request: HttpRequest, queryset: QuerySet[Series]) -> None:
        for row in queryset.order_by("pk"):
            use_series(row)
        messages.success(request, _("New papers take their numbers from it."))


@admin.register(Paper)
class PaperAdmin(LookedAt):
    list_display = (
        "__str__",
        "kind",
        "issued_at",
        "issued_by",
        "company",
        "estate",
        "delivered_at",
        "voided_at",
        "rendered_at",
    )
    list_filter = ("kind", "year", "community")
    list_select_related = ("series", "issued_by", "company", "estate")
    search_fields = ("series__code", "company__name", "estate__name")
    fields = (
        "file",
        "kind",
        "series",
        "year",
        "number",
        "community",
        "estate",
        "company",
        "issued_at",
        "issued_by",
        "reissues",
        "voided_at",
        "voided_by",
        "void_reason",
        "delivery",
        "delivered_at",
        "delivered_by",
        "receiver",
        "refusal",
        "rendered_at",
        "pages",
        "problem",
        "content_sha256",
    )
    readonly_fields = fields

    @admin.display(description=_("files"))
    def file(self, paper: Paper) -> SafeString | str:
        if not paper.rendered_at:
            return "–"
        return format_html(
            '<a href="{}">PDF</a> · <a href="{}">Word</a>',
            *(reverse(f"paper-{what}", args=[paper.pk]) for what in ("pdf", "docx")),
        )
