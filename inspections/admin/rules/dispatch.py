"""To whom cases go, and a page that says which rule would choose."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from geo.models import Estate, Owner
from inspections.admin.rules.things import OfThings, RuleAdmin, item_choices, kind_of, what
from inspections.models import Case, DispatchRule, Handler, Source
from inspections.services.cases import dispatch
from inspections.services.cases.dispatch import About, Chosen

_ANY = [("", "–")]


class DispatchRuleForm(OfThings):
    open_fields = ("source", "owner", "community")

    class Meta:
        model = DispatchRule
        fields = (
            "rank",
            "source",
            "kind",
            "item",
            "owner",
            "community",
            "handler",
            "unit",
            "simple",
        )
        labels = {"rank": _("order")}
        help_texts = {
            "rank": _("The first that fits counts, the lowest number first."),
            "owner": _("Of the thing that the case is about: a lamp, a lane, a hydrant."),
            "simple": _("A case that it fits is simple as it is opened, and due the same day."),
            "handler": _("A company is the estate's; of an estate without one, the next fits."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        to_unit = cleaned.get("handler") == Handler.UNIT
        if to_unit and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the responsible unit."))
        elif cleaned.get("unit") and not to_unit:
            self.add_error("unit", _("Only what goes to a unit names one."))
        return cleaned


class Example(forms.Form):
    """A case, by its number; or what is said of one."""

    number = forms.IntegerField(label=_("Number of a case"), required=False, min_value=1)
    source = forms.ChoiceField(label=_("source"), choices=Source.choices, required=False)
    item = forms.ChoiceField(label=_("item"), choices=item_choices, required=False)
    owner = forms.ChoiceField(
        label=_("kept in repair by"), choices=[*_ANY, *Owner.choices], required=False
    )
    estate = forms.ModelChoiceField(
        Estate.objects.all(),
        label=_("estate"),
        required=False,
        widget=AutocompleteSelect(Case._meta.get_field("estate"), admin.site),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number = cleaned.get("number")
        if number:
            rows = Case.objects.select_related("estate", "asset")
            cleaned["case"] = rows.filter(number=number).first()
            if cleaned["case"] is None:
                self.add_error("number", _("There is no case of this number."))
        elif not cleaned.get("estate"):
            self.add_error("estate", _("Choose an estate, or give the number of a case."))
        return cleaned

    @property
    def about(self) -> About:
        told = self.cleaned_data
        if told.get("case"):
            return About.of(told["case"])
        return About(
            source=told["source"] or Source.INSPECTION,
            community=told["estate"].community_id,
            kind=kind_of(told["item"]) if told["item"] else "",
            item=told["item"],
            owner=told["owner"],
            company=told["estate"].company_id,
        )


def asked_by(rule: DispatchRule) -> str:
    """Of which cases it is, in words."""
    told = [
        str(rule.get_source_display()) if rule.source else "",
        what(rule) if rule.kind or rule.item else "",
        f"{_('kept in repair by')}: {rule.get_owner_display()}" if rule.owner else "",
        str(rule.community or ""),
    ]
    return " · ".join(filter(None, told)) or str(_("any"))


@dataclass(frozen=True, slots=True)
class Line:
    """One rule held against the example."""

    rule: DispatchRule
    what: str
    fits: bool
    chosen: bool


@admin.register(DispatchRule)
class DispatchRuleAdmin(RuleAdmin):
    form = DispatchRuleForm
    list_display = ("order", "fits_what", "goes_to", "retired_at")
    list_select_related = ("community", "unit")
    ordering = ("rank", "pk")

    @admin.display(description=_("order"), ordering="rank")
    def order(self, row: DispatchRule) -> int:
        return row.rank

    @admin.display(description=_("of what"))
    def fits_what(self, row: DispatchRule) -> str:
        return asked_by(row)

    @admin.display(description=_("goes to"))
    def goes_to(self, row: DispatchRule) -> str:
        return str(row.unit or row.get_handler_display())

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.example_view)
        own = path("example/", page, name="inspections_dispatchrule_example")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        tools = [{"address": "example/", "title": _("Which rule would choose?")}]
        return super().changelist_view(request, {"tools": tools, **(extra_context or {})})

    def example_view(self, request: HttpRequest) -> HttpResponse:
        """Changes nothing: asked by GET, so that an answer can be sent to a colleague."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = Example(request.GET or None)
        chosen: Chosen | None = None
        lines: list[Line] = []
        if form.is_valid():
            rules = dispatch.rules_in_use()
            chosen = dispatch.choose_by(rules, form.about)
            lines = [
                Line(
                    rule,
                    asked_by(rule),
                    form.about.fits(rule),
                    chosen is not None and chosen.rule is rule,
                )
                for rule in rules
            ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Which rule would choose?"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "asked": form.is_bound and form.is_valid(),
            "chosen": chosen,
            "lines": lines,
        }
        return TemplateResponse(request, "inspections/admin/dispatch_example.html", context)
