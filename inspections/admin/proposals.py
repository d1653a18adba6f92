"""What was found missing in the register: the clerk looks at it and decides."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.admin.acts import told_of
from geo.errors import ChangeRefused
from geo.models import Asset, Estate
from geo.services import Outcome, preview
from inspections.admin.records import LookedAt
from inspections.errors import Refusal
from inspections.models import Proposal, Standing
from inspections.services import proposal_decisions as decisions
from people.policy import may_keep_register

NEIGHBOURS = 8
NEAR_M = 200.0
# Closer than this, two things of one kind are more often one than two.
TWINS_M = {"lights": 8.0, "hydrants": 15.0}
TWIN_M = 30.0


class Undecided(admin.SimpleListFilter):
    """Those that wait, unless asked for others."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        decided = [each for each in Standing.choices if each[0] != Standing.PROPOSED]
        return [*decided, ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("waiting")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(standing=self.value() or Standing.PROPOSED)


class Note(forms.Form):
    note = forms.CharField(
        label=_("Note to the sender"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
    )


class Decision:
    """One thing that can be done with a proposal. `says` is read before it is done."""

    def __init__(self, name: str, title: Any, says: Any, done: Any, *, why: bool = False) -> None:
        self.name, self.title, self.says, self.done, self.why = name, title, says, done, why


CONFIRM = Decision(
    "confirm",
    _("Confirm"),
    _("It stays in the register as it was proposed, and its shape counts as confirmed."),
    _("Confirmed."),
)
MERGE = Decision(
    "merge",
    _("Merge"),
    _(
        "It is the same as the other: inspections and findings at it become the other's. This "
        "can't be undone by a button; the history keeps what every row was."
    ),
    _("Merged."),
)
DECLINE = Decision(
    "decline",
    _("Decline"),
    _(
        "Its row goes out of use. Inspections made there stay, drawn where the inspector stood or "
        "at the estate. The sender reads your note."
    ),
    _("Declined."),
    why=True,
)
DECISIONS = {each.name: each for each in (CONFIRM, MERGE, DECLINE)}


@admin.register(Proposal)
class ProposalAdmin(LookedAt):
    list_display = ("what", "community", "estate", "sender", "recorded_at", "twin", "standing")
    list_filter = (Undecided, "layer", "community")
    list_select_related = ("community", "estate", "asset", "sender")
    search_fields = ("estate__name", "sender__username", "sender__name")
    change_form_template = "inspections/admin/proposal.html"
    ordering = ("received_at",)

    @admin.display(description=_("what"))
    def what(self, row: Proposal) -> str:
        return str(row.row) if row.asset else f"{Estate._meta.verbose_name} {row.row}"

    @admin.display(description=_("twin?"))
    def twin(self, row: Proposal) -> str:
        nearest = neighbours(row).first() if row.standing == Standing.PROPOSED else None
        return _apart(nearest) if nearest and is_twin(row, nearest) else ""

    def get_urls(self) -> list[URLPattern]:
        def view(page: Callable[..., HttpResponse], name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(page)
            page_path: URLPattern = path(
                f"<uuid:pk>/{name}/", wrapped, name=f"inspections_proposal_{name}"
            )
            return page_path

        return [view(self.decide, "decide"), view(self.reopen, "reopen"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        try:
            row = self.get_queryset(request).filter(pk=UUID(object_id)).first()
        except ValueError as e:
            raise Http404 from e
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        near = list(neighbours(row))
        context = {
            **self.admin_site.each_context(request),
            "title": self.what(row),
            "opts": self.opts,
            "original": row,
            "register": reverse(_register_page(row), args=[row.row.pk]) if row.row else "",
            "facts": _facts(row),
            "photos": list(row.photos.filter(held_at__isnull=False)),
            "missing": row.photos.missing().count(),
            "waits": row.standing == Standing.PROPOSED,
            "reopens": row.standing in (Standing.CONFIRMED, Standing.DECLINED),
            "neighbours": [
                {"row": each, "apart": _apart(each), "twin": is_twin(row, each)} for each in near
            ],
            "shapes": json.dumps(_shapes(row, near)),
            "media": self.media,
        }
        return TemplateResponse(request, self.change_form_template, context)

    def decide(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Says what will happen, then does it."""
        row = self._row(request, pk)
        data = request.POST if request.method == "POST" else request.GET
        decision = DECISIONS.get(data.get("what", ""))
        if decision is None:
            raise Http404
        into = _chosen(row, data.get("into", "")) if decision is MERGE else None
        if decision is MERGE and into is None:
            messages.error(request, _t("Choose which one it is the same as."))
            return redirect("admin:inspections_proposal_change", pk)
        note = Note(request.POST if request.method == "POST" else None)
        note.fields["note"].required = decision.why
        outcome, refusal = None, ""
        try:
            if request.method == "POST" and note.is_valid():
                _do(decision, row, into, request.user, note.cleaned_data["note"])
                return self._answer(request, row, decision)
            outcome = preview(_do, decision, row, into, request.user, "?")
        except ChangeRefused as e:
            refusal = str(e)
        except Refusal as e:
            refusal = str(e.message)
        context = {
            **self.admin_site.each_context(request),
            "title": decision.title,
            "opts": self.opts,
            "original": row,
            "what": self.what(row),
            "into": into,
            "decision": decision,
            "note": note,
            "told": told_of([outcome]) if outcome else [],
            "sure": outcome is not None,
            "refusal": refusal,
        }
        return TemplateResponse(request, "inspections/admin/decide.html", context)

    def reopen(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self._row(request, pk)
        if request.method != "POST":
            return redirect("admin:inspections_proposal_change", pk)
        try:
            decisions.reopen_proposal(proposal=row, by=request.user)  # type: ignore[arg-type]
        except ChangeRefused as e:
            messages.error(request, str(e))
        except Refusal as e:
            messages.error(request, str(e.message))
        else:
            messages.success(request, _t("The decision is taken back. It waits again."))
        return redirect("admin:inspections_proposal_change", pk)

    def _row(self, request: HttpRequest, pk: UUID) -> Proposal:
        if not may_keep_register(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        row: Proposal | None = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def _answer(self, request: HttpRequest, row: Proposal, decision: Decision) -> HttpResponse:
        page = reverse("admin:inspections_proposal_change", args=[row.pk])
        said = format_html('<a href="{}">{}</a>: {}', page, self.what(row), decision.done)
        messages.success(request, said)
        return redirect("admin:inspections_proposal_changelist")


def neighbours(row: Proposal) -> Any:
    """Rows in use of the same kind, the nearest first, with `apart_m`."""
    mine = row.row
    if mine is None or mine.geom is None:
        return Estate.objects.none()
    rows: Any = Estate.objects.current()
    if isinstance(mine, Asset):
        rows = Asset.objects.current().of_type(mine.type)
        rows = rows.filter(community=mine.community_id, estate=mine.estate_id)
    return rows.exclude(pk=mine.pk).near(mine.geom, NEAR_M)[:NEIGHBOURS]


def is_twin(row: Proposal, neighbour: Any) -> bool:
    return bool(neighbour.apart_m <= TWINS_M.get(row.layer, TWIN_M))


def _apart(neighbour: Any) -> str:
    return _t("%(metres)s m apart") % {"metres": f"{neighbour.apart_m:.0f}"}


def _chosen(row: Proposal, told: str) -> Any:
    model = Asset if row.asset else Estate
    return model._base_manager.filter(pk=int(told)).first() if told.isdigit() else None


def _do(decision: Decision, row: Proposal, into: Any, by: Any, note: str) -> Outcome:
    if decision is CONFIRM:
        return decisions.confirm_proposal(proposal=row, by=by, note=note)
    if decision is MERGE:
        return decisions.merge_proposal(proposal=row, into=into, by=by, note=note)
    return decisions.decline_proposal(proposal=row, by=by, note=note)


def _register_page(row: Proposal) -> str:
    return f"admin:geo_{'asset' if row.asset else 'estate'}_change"


def _facts(row: Proposal) -> list[tuple[Any, Any]]:
    told = [
        (_("community"), row.community),
        (_("estate"), row.estate if row.asset else None),
        (_("code"), row.content.get("code")),
        (_("name"), row.content.get("name")),
        (_("sender"), row.sender),
        (_("recorded at"), row.recorded_at),
        (_("what the sender says"), row.content.get("note")),
        (_("standing"), row.get_standing_display()),
        (_("decided by"), row.decided_by),
        (_("decided at"), row.decided_at),
        (_("note of the clerk"), row.note),
    ]
    return [(name, value) for name, value in told if value]


def _shapes(row: Proposal, near: list[Any]) -> dict[str, Any]:
    """What the page's map draws: the proposed shape, and its neighbours."""

    def feature(shape: Any, **properties: Any) -> dict[str, Any]:
        return {"type": "Feature", "geometry": shape, "properties": properties}

    others = [feature(json.loads(each.geom.geojson), label=str(each)) for each in near]
    mine = feature(row.content["geometry"], label="", proposed=True)
    return {"type": "FeatureCollection", "features": [*others, mine]}
