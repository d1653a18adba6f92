"""Whether a site helped, as far as can be told."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import kinds
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.authentication import person
from planning.api.answers import as_json
from planning.api.proposals import seen_proposal
from planning.reports import effect

_ITEMS = tuple(item.code for item in kinds.get(effect.KIND).items)


class _Period(Serializer[Any]):
    since = fields.DateField()
    until = fields.DateField()
    inspections = fields.IntegerField()
    findings = fields.IntegerField()
    per_inspection = fields.FloatField(allow_null=True)


class _BeforeAndAfter(Serializer[Any]):
    before = _Period()
    after = _Period()


class _Month(Serializer[Any]):
    month = fields.DateField(help_text="its first day")
    inspections = fields.IntegerField()
    findings = fields.IntegerField()
    per_inspection = fields.FloatField(allow_null=True, help_text="null: nobody looked")
    others_per_inspection = fields.FloatField(allow_null=True)


class EffectOutput(Serializer[Any]):
    """How `factor` is reckoned stands in docs/planning.md."""

    verdict = fields.ChoiceField(["not_open", "too_little", "fewer", "no_clear_change", "more"])
    says = fields.CharField(help_text="the verdict as a sentence")
    caution = fields.CharField(help_text="what it does not prove")
    within_m = fields.IntegerField()
    days = fields.IntegerField(help_text="at most, on each side of the opening")
    kind = fields.CharField()
    items = fields.ListField(child=fields.CharField())
    opened_on = fields.DateField(allow_null=True)
    retired_on = fields.DateField(allow_null=True)
    factor = fields.FloatField(
        allow_null=True,
        help_text="findings per inspection after, by before, by the same elsewhere: 1 is no change",
    )
    low = fields.FloatField(allow_null=True, help_text="of the interval")
    high = fields.FloatField(allow_null=True, help_text="null beside a factor: no upper bound")
    sure = fields.FloatField(help_text="how often such an interval holds the truth")
    elsewhere = fields.FloatField(allow_null=True, help_text="the factor of the other estates")
    estates = fields.IntegerField(help_text="how many others could be compared")
    dispersion = fields.FloatField(allow_null=True)
    near = _BeforeAndAfter(allow_null=True)
    beyond = _BeforeAndAfter(allow_null=True, help_text="the rest of the estate")
    months = _Month(many=True)


class Effect(APIView):
    @extend_schema(
        operation_id="planned_site_effect_get",
        tags=["planning"],
        parameters=[
            OpenApiParameter("within_m", int, default=effect.WITHIN_M),
            OpenApiParameter("days", int, default=effect.DAYS),
            OpenApiParameter("item", str, many=True, enum=list(_ITEMS)),
        ],
        responses={200: EffectOutput, **problems(400, 401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """What was found near the site per inspection, before it opened and after, against estates
        without a new site in the same days, with a 95 % interval; "too little to tell" where it
        is."""
        user = person(request)
        row, wish = seen_proposal(user, id), _wish(request)
        found = effect.effect(row, wish, user, timezone.localdate())
        return as_json(_told(wish, found))


def _wish(request: Request) -> effect.Wish:
    told = Told(request.query_params)
    within_m = told.number("within_m", effect.WITHIN_M, effect.MOST_WITHIN_M)
    days = told.number("days", effect.DAYS, effect.MOST_DAYS)
    for name, number, least in (
        ("within_m", within_m, effect.LEAST_WITHIN_M),
        ("days", days, effect.LEAST_DAYS),
    ):
        if number < least:
            told.wrong[name] = _("Not less than %d.") % least
    items = told.some_of("item", _ITEMS) or effect.ITEMS
    told.nothing_else({"within_m", "days", "item"})
    told.check()
    return effect.Wish(within_m, days, items)


def _told(wish: effect.Wish, found: effect.Effect | None) -> dict[str, Any]:
    compared = found.comparison if found else None
    verdict = compared.verdict if compared else "not_open"
    return {
        "verdict": verdict,
        "says": _says(verdict, compared),
        "caution": _(
            "Sites are put where there is trouble, and trouble at its worst falls by itself: "
            "this is no experiment."
        ),
        "within_m": wish.within_m,
        "days": wish.days,
        "kind": effect.KIND,
        "items": list(wish.items),
        "opened_on": found and found.opened_on,
        "retired_on": found and found.retired_on,
        "factor": compared and compared.factor,
        "low": compared and compared.low,
        "high": compared and compared.high,
        "sure": effect.SURE,
        "elsewhere": compared and compared.elsewhere,
        "estates": compared.estates if compared else 0,
        "dispersion": compared and compared.dispersion,
        "near": found and _both(found, found.near),
        "beyond": found and found.beyond and _both(found, found.beyond),
        "months": [_month(each) for each in found.months] if found else [],
    }


def _says(verdict: str, compared: effect.Comparison | None) -> str:
    told = {
        "not_open": _("It has not been open for a day."),
        "too_little": _("Too little was looked at or found to tell."),
        "no_clear_change": _("No clear change beyond that elsewhere."),
        "fewer": _("Fewer findings than elsewhere would lead one to expect."),
        "more": _("More findings than elsewhere would lead one to expect."),
    }[verdict]
    if compared is None or compared.factor is None or compared.low is None:
        return str(told)
    high = "∞" if compared.high is None else f"{compared.high:.2f}"
    interval = _("%(factor).2f times as many, 95 %% interval %(low).2f to %(high)s.")
    numbers = {"factor": compared.factor, "low": compared.low, "high": high}
    return f"{told} {interval % numbers}"


def _both(found: effect.Effect, counts: effect.Counts) -> dict[str, Any]:
    return {
        "before": _period(found.before, counts.looked_before, counts.found_before),
        "after": _period(found.after, counts.looked_after, counts.found_after),
    }


def _period(period: effect.Period, looked: int, seen: int) -> dict[str, Any]:
    return {
        "since": period.since,
        "until": period.until,
        "inspections": looked,
        "findings": seen,
        "per_inspection": _rate(seen, looked),
    }


def _month(month: effect.Month) -> dict[str, Any]:
    return {
        "month": month.month,
        "inspections": month.inspections,
        "findings": month.findings,
        "per_inspection": _rate(month.findings, month.inspections),
        "others_per_inspection": _rate(month.others_findings, month.others_inspections),
    }


def _rate(seen: int, looked: int) -> float | None:
    return round(seen / looked, 4) if looked else None
