"""Complaints: cases already; here their months, against the baseline."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from campaign.api.asking import AS_OF, as_of, office
from campaign.api.board import kept
from campaign.reports.complaints import complaints
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.remembered import Remembered
from people.policy import may_keep_register

_FIRST = 1900
YEAR = OpenApiParameter("year", int, description=_t("that of the day if not told"))


class ComplaintShareOutput(Serializer[Any]):
    n = fields.FloatField()
    of = fields.FloatField()


class ComplaintFiguresOutput(Serializer[Any]):
    received = fields.IntegerField(help_text=_t("whatever became of them"))
    handled = ComplaintShareOutput(allow_null=True)
    same_day = ComplaintShareOutput(allow_null=True)
    same_day_reply = ComplaintShareOutput(allow_null=True)
    fewer = ComplaintShareOutput(
        allow_null=True,
        help_text=_t("than would have come at the baseline's daily pace; null without a baseline"),
    )


class ComplaintSpanOutput(Serializer[Any]):
    since = fields.DateField()
    until = fields.DateField()
    whole = ComplaintFiguresOutput(help_text=_t("all that the one who asks sees"))
    places = fields.DictField(
        child=ComplaintFiguresOutput(), help_text=_t("by the id of a community")
    )


class ComplaintMonthOutput(ComplaintSpanOutput):
    month = fields.CharField()


class ComplaintCommunityOutput(Serializer[Any]):
    id = fields.IntegerField()
    code = fields.CharField()
    name = fields.CharField()
    name_en = fields.CharField(allow_blank=True)


class ComplaintBaselineOutput(Serializer[Any]):
    community = fields.IntegerField(allow_null=True, help_text=_t("null: the whole subdistrict"))
    since = fields.DateField()
    until = fields.DateField()
    number = fields.IntegerField(allow_null=True, help_text=_t("null: as Xuntu counts it"))
    source = fields.CharField()  # type: ignore[assignment]
    holds_from = fields.DateField()


class ComplaintMonthsOutput(Serializer[Any]):
    as_of = fields.DateField()
    year = fields.IntegerField()
    communities = ComplaintCommunityOutput(many=True)
    baselines = ComplaintBaselineOutput(many=True)
    may_set_baseline = fields.BooleanField()
    compared_since = fields.DateField(
        allow_null=True,
        help_text=_t("the first month after the baselines; what came before is not compared"),
    )
    months = ComplaintMonthOutput(many=True)
    total = ComplaintSpanOutput()


class Complaints(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="campaign_complaints",
        tags=["campaign"],
        parameters=[YEAR, AS_OF],
        responses={200: ComplaintMonthsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Complaints of a year by month and community: received, handled by the day, the same
        day, and how many fewer than at the baseline's pace. Each is the metric's of its days. With
        an ETag."""
        user = office(request)
        told = Told(request.query_params)
        day = as_of(told)
        year = _year(told, day)
        told.nothing_else({"year", "as_of"})
        told.check()
        may, scope = may_keep_register(user), user.scope

        def made(_version: str) -> dict[str, Any]:
            return {"as_of": day, "may_set_baseline": may, **complaints(scope, year, day)}

        return kept(request, scope, made, "complaints", year, day, may)


def _year(told: Told, day: date) -> int:
    year = told.number("year", day.year, day.year)
    if year < _FIRST:
        told.wrong["year"] = _("A year such as 2024.")
    return year
