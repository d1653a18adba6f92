"""How many cases wait for what."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import policy, reports
from inspections.api.cases.layer import FILTER_NAMES, FILTERS, cases_told
from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.models import Case
from people.api.authentication import person


class CountsOutput(Serializer[Any]):
    to_file = fields.IntegerField(help_text=_("reported"))
    to_dispatch = fields.IntegerField(help_text=_("filed, or returned"))
    to_decide = fields.IntegerField(help_text=_("moves that came late, extensions asked for"))
    checking = fields.IntegerField(help_text=_("put right, to be looked at or closed"))
    overdue = fields.IntegerField(help_text=_("now"))
    lapsed = fields.IntegerField(help_text=_("put aside until a day that is over"))
    all = fields.IntegerField(help_text=_("open"))
    escalations = fields.IntegerField(
        allow_null=True,
        help_text=_("rungs that are due, whatever the filters; null for who is not told of them"),
    )


class Counts(APIView):
    @extend_schema(
        operation_id="cases_counts",
        tags=["cases"],
        parameters=list(FILTERS),
        responses={200: CountsOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> Response:
        """Of the cases that the filters leave, how many wait for what. A case may wait for
        several things."""
        user, told = person(request), Told(request.query_params)
        wanted = cases_told(told, user)
        told.nothing_else(FILTER_NAMES)
        told.check()
        turns = Case.objects.visible_to(user).matching(wanted).by_turn()
        due = reports.escalations_due(user.scope) if policy.may_see_ladder(user) else None
        return Response({**turns, "escalations": due})
