"""Smooth heat and hexagons."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import overview
from inspections.api.overview.asking import FILTERS, AnswerOutput, MeasureOutput, question
from inspections.api.overview.figures import ValueOutput
from inspections.api.schema import problems
from people.api.remembered import Remembered


class HeatOutput(AnswerOutput):
    measure = MeasureOutput()
    bandwidth_m = fields.FloatField()
    cell_m = fields.FloatField(help_text=_t("nodes are in the middle of cells of this side"))
    srid = fields.IntegerField()
    columns = fields.IntegerField()
    rows = fields.IntegerField()
    corners = fields.ListField(
        child=fields.ListField(child=fields.FloatField()),
        help_text=_t("north-west, north-east, south-east and south-west, WGS-84"),
    )
    unit = fields.CharField()
    unit_zh = fields.CharField()
    unit_en = fields.CharField()
    scale = fields.ListField(
        child=fields.FloatField(), help_text=_t("breaks of the colours, always the same")
    )
    total = fields.IntegerField(
        help_text=_t("of findings or cases that have a place; the values sum up to it")
    )
    unplaced = fields.IntegerField(help_text=_t("those that have no place"))
    one_by_one = fields.BooleanField(
        help_text=_t("by the place of each; else by cells of some 70 m")
    )
    values = fields.CharField(
        help_text=_t("float32, little endian, row after row from the north, as base64")
    )


class Heat(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_heat_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={200: HeatOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Kernel density in metres, the same at every zoom; of counts, never of rates."""
        asking = question(request)
        return asking.answer(request, "heat", partial(overview.heat, asking.scope, asking.asked))


class HexagonProperties(ValueOutput):
    key = fields.CharField(help_text=_t("axial coordinates, always of the same place"))
    looked = fields.BooleanField()


class PolygonOutput(Serializer[Any]):
    type = fields.ChoiceField(choices=["Polygon"])
    coordinates = fields.ListField(
        child=fields.ListField(child=fields.ListField(child=fields.FloatField()))
    )


class HexagonOutput(Serializer[Any]):
    type = fields.ChoiceField(choices=["Feature"])
    geometry = PolygonOutput()
    properties = HexagonProperties()


class HexagonsOutput(AnswerOutput):
    type = fields.ChoiceField(choices=["FeatureCollection"])
    measure = MeasureOutput()
    edge_m = fields.FloatField(help_text=_t("of an edge, in metres of EPSG:4549"))
    scale = fields.ListField(child=fields.FloatField())
    unplaced = fields.IntegerField(help_text=_t("those that have no place"))
    features = HexagonOutput(many=True)


class Hexagons(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_hexagons_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={200: HexagonsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Counts by the place of each; rates by estates, in the hexagon of the estate's middle.
        The sums are those of the figures."""
        asking = question(request)
        made = partial(overview.hexagons, asking.scope, asking.asked)
        return asking.answer(request, "hexagons", made)
