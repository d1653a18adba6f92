"""Figures of a board: what was found, by community, target estate and month."""

from functools import partial
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from geo.scope import Scope
from inspections import reports
from inspections.api import fresh, layers
from inspections.api.filters import Told, findings_told
from inspections.api.schema import problems
from inspections.querysets import FindingFilter
from people.api.authentication import person
from people.api.remembered import Remembered

WRITTEN = ("findings", "inspections", "cases", "estates", "communities")


class CaseFigures(Serializer[Any]):
    """How cases stand."""

    open = fields.IntegerField(help_text="now, whenever reported; so are overdue and late")
    overdue = fields.IntegerField()
    late = fields.IntegerField(help_text="in the step they are in")
    closed = fields.IntegerField(help_text="in the period")
    on_time = fields.IntegerField(help_text="of those, by their first deadline")


class CommunityFigures(Serializer[Any]):
    id = fields.IntegerField()
    code = fields.CharField()
    name = fields.CharField()
    name_en = fields.CharField()
    provisional = fields.BooleanField()
    estates = fields.IntegerField()
    n = fields.IntegerField()
    open = fields.IntegerField()
    inspections = fields.IntegerField()
    cases = CaseFigures()


class TargetFigures(Serializer[Any]):
    estate = fields.IntegerField()
    name = fields.CharField()
    community = fields.IntegerField()
    community_name = fields.CharField()
    target_year = fields.IntegerField()
    n = fields.IntegerField()
    open = fields.IntegerField()
    open_severe = fields.IntegerField(help_text="open and of immediate danger")
    last_inspected = fields.DateTimeField(
        allow_null=True, help_text="by the kinds asked for, whatever the period"
    )


class MonthFigures(Serializer[Any]):
    month = fields.CharField(help_text="2024-11")
    n = fields.IntegerField()


class FiguresOutput(Serializer[Any]):
    as_of = fields.DateTimeField()
    filters = fields.DictField()
    total = fields.IntegerField()
    open = fields.IntegerField()
    worst = fields.IntegerField(help_text="open and of immediate danger")
    cases = CaseFigures()
    communities = CommunityFigures(many=True)
    targets = TargetFigures(many=True)
    months = MonthFigures(many=True)


class Figures(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="figures_get",
        tags=["figures"],
        parameters=[*layers.FOUND],
        responses={200: FiguresOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Within one's scope; with an ETag."""
        told = Told(request.query_params)
        wanted = findings_told(told)
        told.nothing_else({each.name for each in layers.FOUND})
        told.check()
        scope = person(request).scope
        tag = fresh.tag_of(scope, WRITTEN, "figures", wanted, reports.next_crossing(scope))
        return fresh.answer(request, tag, "application/json", partial(_json, scope, wanted))


def _json(scope: Scope, wanted: FindingFilter) -> bytes:
    return orjson.dumps(reports.figures(scope, wanted), option=orjson.OPT_UTC_Z)
