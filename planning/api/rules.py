"""The rules, for the browser that judges while somebody draws."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from geo.projection import reference
from geo.srid import METRIC
from inspections.api.schema import problems
from inspections.errors import NotAllowed
from people.api.authentication import person
from people.models import User
from people.policy import may_see_plan
from planning.checking import Compare, Force, Measure
from planning.models import SiteRule
from planning.services.checking import rules_version


class StepOutput(Serializer[Any]):
    below = fields.FloatField(required=False)
    above = fields.FloatField(required=False)
    force = fields.ChoiceField(choices=[each.value for each in Force])


class RuleOutput(Serializer[Any]):
    code = fields.CharField()
    measure = fields.ChoiceField(choices=[each.value for each in Measure])
    compare = fields.ChoiceField(choices=[each.value for each in Compare])
    limit = fields.FloatField(allow_null=True)
    unit = fields.CharField(allow_blank=True)
    force = fields.ChoiceField(choices=[each.value for each in Force])
    steps = StepOutput(many=True)
    values = fields.ListField(child=fields.CharField())
    above_bays = fields.IntegerField(allow_null=True)
    source_zh = fields.CharField(allow_blank=True)
    source_en = fields.CharField(allow_blank=True)
    source_on = fields.DateField(allow_null=True)
    sure = fields.ChoiceField(choices=["V", "S", "P", "M"])
    on = fields.BooleanField()
    zh = fields.CharField()
    en = fields.CharField()
    since = fields.DateTimeField()


class RulesOutput(Serializer[Any]):
    version = fields.CharField()
    projection = fields.CharField(help_text=_("in the words of PROJ"))
    rules = RuleOutput(many=True)


class Rules(APIView):
    @extend_schema(
        operation_id="planning_rules",
        tags=["planning"],
        responses={200: RulesOutput, **problems(401, 403)},
    )
    def get(self, request: Request) -> Response:
        """All of them, those that are off too."""
        reader(request)
        rows = list(SiteRule.objects.all())
        return Response(
            {
                "version": rules_version(rows),
                "projection": reference(METRIC).proj,
                "rules": [row.told() for row in rows],
            }
        )


def reader(request: Request) -> User:
    """Raises NotAllowed for whom the planners' page is not."""
    user = person(request)
    if not may_see_plan(user):
        raise NotAllowed
    return user
