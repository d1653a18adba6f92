"""Who has somewhere to charge: of a plan, or as things stand."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.errors import NotAllowed
from people.api.authentication import person
from people.policy import may_see_plan
from planning.api.answers import unless_had
from planning.api.plans import seen_plan
from planning.demand import Basis, data_version
from planning.reports.coverage import MOST_WALK_M, WALK_M, Wish, coverage


class CoveredOutput(Serializer[Any]):
    name = fields.CharField(allow_blank=True)
    points = fields.IntegerField()
    ebikes = fields.FloatField()
    demand = fields.FloatField(help_text=_("e-bikes, raised by what was found near"))
    within = fields.FloatField(help_text=_("with a site in reach, whether its ports suffice"))
    served = fields.FloatField()
    sites = fields.IntegerField()
    ports = fields.IntegerField()
    bays = fields.IntegerField()
    untold = fields.IntegerField(help_text=_("sites of which nobody told the ports"))
    ports_per_ebike = fields.FloatField(allow_null=True)
    bays_per_ebike = fields.FloatField(allow_null=True)
    by_paths = fields.FloatField(
        allow_null=True, help_text=_("of what is within reach, how much was measured along paths")
    )


class EstateCovered(CoveredOutput):
    estate = fields.IntegerField()
    community = fields.IntegerField()


class CommunityCovered(CoveredOutput):
    community = fields.IntegerField()


class AssumptionOutput(Serializer[Any]):
    name = fields.CharField()
    value = fields.FloatField()
    unit = fields.CharField(allow_blank=True)
    sure = fields.ChoiceField(choices=["V", "S", "P"])
    says_zh = fields.CharField()
    says_en = fields.CharField()
    source_zh = fields.CharField(allow_blank=True)
    source_en = fields.CharField(allow_blank=True)


class DemandProperties(Serializer[Any]):
    id = fields.CharField()
    estate = fields.IntegerField()
    estate_name = fields.CharField()
    name = fields.CharField(allow_blank=True)
    ebikes = fields.FloatField()
    raised = fields.FloatField(help_text=_("by this factor"))
    findings = fields.IntegerField(help_text=_("of flying wires and stairwell parking near"))
    weight = fields.FloatField()
    basis = fields.ChoiceField(choices=[each.value for each in Basis])
    exits = fields.BooleanField(help_text=_("from its exits; else from its middle"))
    walk_m = fields.FloatField(allow_null=True, help_text=_("to the nearest site in reach"))
    by = fields.ChoiceField(choices=["paths", "straight", "gates"], allow_null=True)
    nearest = fields.CharField(allow_null=True)
    nearest_name = fields.CharField(allow_null=True)
    served = fields.FloatField(help_text=_("from 0 to 1"))


class DemandFeature(Serializer[Any]):
    type = fields.ChoiceField(choices=["Feature"])
    id = fields.CharField()
    geometry = fields.DictField(help_text=_("GeoJSON Point, WGS-84"))
    properties = DemandProperties()


class DemandCollection(Serializer[Any]):
    type = fields.ChoiceField(choices=["FeatureCollection"])
    features = DemandFeature(many=True)


class Targets(Serializer[Any]):
    ports_per_ebike = fields.FloatField()
    bays_per_ebike = fields.FloatField()


class CoverageOutput(Serializer[Any]):
    version = fields.CharField(help_text=_("of the data"))
    walk_m = fields.IntegerField()
    detour = fields.FloatField(help_text=_("straight lines are taken for so many times as long"))
    ebikes_per_port = fields.FloatField()
    assumptions = AssumptionOutput(many=True)
    targets = Targets()
    points = DemandCollection()
    estates = EstateCovered(many=True)
    communities = CommunityCovered(many=True)
    whole = CoveredOutput()


class Coverage(APIView):
    @extend_schema(
        operation_id="planning_coverage",
        tags=["planning"],
        parameters=[
            OpenApiParameter("plan", str, description=_("with what is drawn in this plan")),
            OpenApiParameter("walk_m", int, description=_("metres of walking, 150 unless told")),
            OpenApiParameter("since", str, description=_("findings from this day on raise demand")),
            OpenApiParameter("until", str, description=_("to this day, included")),
        ],
        responses={200: CoverageOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Demand point by demand point, with sums by estate and community, within one's scope."""
        user, asked = person(request), Told(request.query_params)
        plan_id = asked.id("plan")
        walk_m = asked.number("walk_m", WALK_M, MOST_WALK_M)
        since, until = asked.period()
        asked.nothing_else({"plan", "walk_m", "since", "until"})
        asked.check()
        if not may_see_plan(user):
            raise NotAllowed
        plan = seen_plan(user, plan_id) if plan_id else None
        wish, version = Wish(walk_m, since, until), data_version(plan)
        return unless_had(
            request,
            (version, plan_id, wish),
            lambda: {"version": version} | coverage(user.scope, wish, plan),
        )
