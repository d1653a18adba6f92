"""A measure as a table."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import overview
from inspections.api.overview.asking import FILTERS, AnswerOutput, MeasureOutput, question
from inspections.api.schema import problems
from people.api.remembered import Remembered

BY = OpenApiParameter("by", str, enum=list(overview.BY), description=_t("estate if not said"))


class ValueOutput(Serializer[Any]):
    value = fields.FloatField(
        allow_null=True, help_text=_t("null where there is nothing to divide by")
    )
    n = fields.IntegerField()
    of = fields.IntegerField(
        allow_null=True, help_text=_t("what it is a rate of; null for a count")
    )
    low = fields.FloatField(allow_null=True, help_text=_t("interval of a rate, 95 of 100"))
    high = fields.FloatField(allow_null=True)


class RowOutput(ValueOutput):
    key = fields.JSONField(allow_null=True, help_text=_t("id, slug, code, number, or 2024-11"))
    name = fields.CharField()
    name_en = fields.CharField(allow_blank=True)
    looked = fields.BooleanField(
        help_text=_t("somebody looked there within the interval of every kind asked for")
    )


class MeasureFiguresOutput(AnswerOutput):
    measure = MeasureOutput()
    by = fields.ChoiceField(choices=overview.BY)
    total = ValueOutput()
    rows = RowOutput(many=True)


class Figures(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_figures_get",
        tags=["overview"],
        parameters=[*FILTERS, BY],
        responses={200: MeasureFiguresOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Within one's scope; with an ETag."""
        asking = question(request, "by")
        by = asking.told.one_of("by", overview.BY) or "estate"
        made = partial(overview.figures, asking.scope, asking.asked, by)
        return asking.answer(request, "figures", made, by)
