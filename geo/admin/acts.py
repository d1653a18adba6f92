"""Taking out of use and back, moving, merging: asked for, shown before it is done, then done.

A page says in true counts what will happen, asks for the reason, and does it. Everything it needs
stands in its address, so that the list, a row's page and a message can lead to it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ForeignKey, Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from geo.errors import ChangeRefused
from geo.models import Community
from geo.services import Outcome, move_estate, preview, restore, retire

MOST_ROWS = 100


class Reason(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput({"class": "vTextField", "autocomplete": "off"}),
        help_text=_("The history keeps it."),
    )


class NothingToChoose(forms.Form):
    pass


@dataclass(frozen=True)
class Act:
    """One thing that can be done to rows, once its choices are made and a reason is given."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    says: ClassVar[str | Promise]
    done: ClassVar[str | Promise]

    def fits(self, row: Any) -> bool:
        return row.retired_at is None

    def choices(self, rows: Sequence[Any], data: Any, site: Any) -> forms.Form:
        return NothingToChoose({})

    def do(self, rows: Sequence[Any], by: Any, reason: str, **chosen: Any) -> list[Outcome]:
        raise NotImplementedError

    def undo(self) -> "Act | None":
        return None

    def lead(self, model_admin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """From the rows ticked in a list to the page that says what will happen."""
        ids = list(queryset.values_list("pk", flat=True)[: MOST_ROWS + 1])
        if len(ids) > MOST_ROWS:
            messages.error(request, _t("At most %(most)s rows at once.") % {"most": MOST_ROWS})
            return None
        return redirect(self.address(model_admin.opts, ids))

    def address(self, opts: Any, ids: Sequence[Any], **more: Any) -> str:
        page = reverse(f"admin:{opts.app_label}_{opts.model_name}_{self.name}")
        return f"{page}?{urlencode([('id', pk) for pk in ids] + list(more.items()))}"


class Retire(Act):
    name = "retire"
    title = _("Take out of use")
    says = _("It is no longer shown or offered. Its history stays, and it can be taken back.")
    done = _("Out of use now.")

    def do(self, rows: Sequence[Any], by: Any, reason: str, **chosen: Any) -> list[Outcome]:
        return [retire(row=row, by=by, reason=reason) for row in rows]

    def undo(self) -> Act:
        return Restore()


class Restore(Act):
    name = "restore"
    title = _("Take back into use")
    says = _("What went out of use together comes back together.")
    done = _("In use again.")

    def fits(self, row: Any) -> bool:
        return row.retired_at is not None and getattr(row, "merged_into_id", None) is None

    def do(self, rows: Sequence[Any], by: Any, reason: str, **chosen: Any) -> list[Outcome]:
        return [restore(row=row, by=by, reason=reason) for row in rows]

    def undo(self) -> Act:
        return Retire()


class Move(Act):
    """To another community; the way back is to move again."""

    name = "move"
    title = _("Move to another community")
    says = _(
        "Its buildings, assets, inspections and findings count for the new community from now on, "
        "past months included. It can be moved back."
    )
    done = _("Moved.")

    def choices(self, rows: Sequence[Any], data: Any, site: Any) -> forms.Form:
        class To(forms.Form):
            to = forms.ModelChoiceField(Community.objects.current(), label=_("To"))

        return To(data if "to" in data else None)

    def do(self, rows: Sequence[Any], by: Any, reason: str, **chosen: Any) -> list[Outcome]:
        return [move_estate(estate=row, to=chosen["to"], by=by, reason=reason) for row in rows]


@dataclass(frozen=True)
class Merge(Act):
    """`service` merges the twin into the kept row; `picker` is any foreign key to their model."""

    service: Callable[..., Outcome]
    picker: "ForeignKey[Any, Any]"

    name = "merge"
    title = _("Merge twins")
    says = _(
        "This can't be undone by a button. The history keeps what every row was before, so that it "
        "can be set right by hand."
    )
    done = _("Merged.")

    def choices(self, rows: Sequence[Any], data: Any, site: Any) -> forms.Form:
        if len(rows) == 1:

            class Other(forms.Form):
                other = forms.ModelChoiceField(
                    type(rows[0])._base_manager.filter(retired_at=None).exclude(pk=rows[0].pk),
                    label=_("The same as"),
                    widget=AutocompleteSelect(self.picker, site),
                )

            return Other(data if "other" in data else None)

        class Kept(forms.Form):
            kept = forms.ModelChoiceField(
                type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]),
                label=_("Which one stays"),
                widget=forms.RadioSelect,
                empty_label=None,
            )

        return Kept(data if "kept" in data else None)

    def do(self, rows: Sequence[Any], by: Any, reason: str, **chosen: Any) -> list[Outcome]:
        kept = chosen["kept"]
        (twin,) = (row for row in rows if row.pk != kept.pk)
        return [self.service(kept=kept, twin=twin, by=by, reason=reason)]


def acting(model_admin: Any, act: Act) -> Callable[[HttpRequest], HttpResponse]:
    """The page of one act of one register."""

    def page(request: HttpRequest) -> HttpResponse:
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        rows = _rows(model_admin, request, data.getlist("id"))
        if isinstance(act, Merge) and len(rows) > 2:
            messages.error(request, _t("Tick two rows that are the same thing."))
            return redirect(_list_of(model_admin))
        choices = act.choices(rows, data, model_admin.admin_site)
        reason = Reason(request.POST if request.method == "POST" else None)
        outcomes, refusal = None, ""
        if choices.is_bound and choices.is_valid():
            chosen = choices.cleaned_data
            if other := chosen.get("other"):
                return redirect(act.address(model_admin.opts, [rows[0].pk, other.pk]))
            try:
                if request.method == "POST" and reason.is_valid():
                    done = _done(act, rows, request.user, reason.cleaned_data["reason"], chosen)
                    return _answer(model_admin, request, act, done)
                outcomes = preview(_done, act, rows, request.user, "?", chosen)
            except ChangeRefused as e:
                refusal = str(e)
        context = {
            **model_admin.admin_site.each_context(request),
            "title": act.title,
            "opts": model_admin.opts,
            "media": model_admin.media + choices.media,
            "act": act,
            "rows": rows,
            "choices": choices,
            "reason": reason,
            "told": told_of(outcomes) if outcomes else [],
            "sure": outcomes is not None,
            "refusal": refusal,
        }
        return TemplateResponse(request, "geo/admin/act.html", context)

    return page


def _rows(model_admin: Any, request: HttpRequest, ids: Sequence[str]) -> list[Any]:
    numbers = [int(pk) for pk in ids if pk.isdigit()]
    rows = list(model_admin.get_queryset(request).filter(pk__in=numbers)[: MOST_ROWS + 1])
    if not rows or len(rows) != len(set(ids)) or len(rows) > MOST_ROWS:
        raise Http404
    return rows


@transaction.atomic
def _done(act: Act, rows: Sequence[Any], by: Any, reason: str, chosen: Any) -> list[Outcome]:
    return act.do(rows, by, reason, **chosen)


def _answer(
    model_admin: Any, request: HttpRequest, act: Act, outcomes: Sequence[Outcome]
) -> HttpResponse:
    rows = [outcome.row for outcome in outcomes]
    names = ", ".join(str(row) for row in rows[:5]) + (" …" if len(rows) > 5 else "")
    if undo := act.undo():
        back = undo.address(model_admin.opts, [row.pk for row in rows])
        said = format_html('{}: {} <a href="{}">{}</a>', names, act.done, back, undo.title)
    else:
        said = format_html("{}: {}", names, act.done)
    messages.success(request, said)
    if len(rows) > 1:
        return redirect(_list_of(model_admin))
    opts = model_admin.opts
    return redirect(f"admin:{opts.app_label}_{opts.model_name}_change", rows[0].pk)


def _list_of(model_admin: Any) -> str:
    return f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist"


def told_of(outcomes: Sequence[Outcome]) -> list[tuple[str, list[str]]]:
    """What would happen, as headings and what stands under each: "12 buildings"."""
    total = {name: Counter[type[Model]]() for name in ("moved", "retired", "restored", "merged")}
    filled: list[str] = []
    for outcome in outcomes:
        for name, tally in total.items():
            tally.update(getattr(outcome, name))
        model = type(outcome.row)
        filled += [str(model._meta.get_field(each).verbose_name) for each in outcome.filled]
    headings = {
        "moved": _t("Go along"),
        "merged": _t("On both sides, one from now on"),
        "retired": _t("Go out of use"),
        "restored": _t("Come back into use"),
    }
    told = [(headings[name], _counts(tally)) for name, tally in total.items() if +tally]
    if filled:
        told.append((_t("Taken over where the kept row says nothing"), filled))
    return told


def _counts(tally: Counter[type[Model]]) -> list[str]:
    return [
        _t("%(count)s %(rows)s")
        % {
            "count": f"{count:,}",
            "rows": model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural,
        }
        for model, count in sorted((+tally).items(), key=lambda each: each[0].__name__)
    ]
