"""The ladder of escalation: what is due, and what was done with."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import policy, reports
from inspections.api.filters import Told
from inspections.api.schema import problems
from inspections.models import Rung
from inspections.services import escalations
from people.api.authentication import person
from people.models import User


class OfWhom(Serializer[Any]):
    """The case, or of a rung that a company is on as a whole, the company."""

    rung = fields.ChoiceField(Rung.choices)
    case = fields.UUIDField(allow_null=True)
    number = fields.IntegerField(allow_null=True, help_text=_("of the case"))
    title = fields.CharField(allow_blank=True, help_text=_("of the case"))
    severity = fields.IntegerField(allow_null=True)
    estate_name = fields.CharField(allow_blank=True)
    community = fields.IntegerField()
    community_name = fields.CharField()
    company = fields.IntegerField(allow_null=True)
    company_name = fields.CharField(allow_blank=True)


class ReasonTold(Serializer[Any]):
    triggers = fields.ListField(child=fields.CharField())
    met_at = fields.DateTimeField()
    says = fields.CharField()


class DueTold(OfWhom):
    id = fields.UUIDField()
    reasons = ReasonTold(many=True)


class DoneTold(OfWhom):
    id = fields.UUIDField()
    met_at = fields.DateTimeField()
    reason = fields.CharField()
    at = fields.DateTimeField()
    by_name = fields.CharField()
    waived = fields.BooleanField()
    note = fields.CharField(allow_blank=True)
    paper = fields.UUIDField(allow_null=True)
    paper_number = fields.CharField(allow_blank=True)


class EscalationsOutput(Serializer[Any]):
    count = fields.IntegerField(help_text=_("of what is due; told are the first 500"))
    due = DueTold(many=True, help_text=_("the gravest first, then what was met first"))
    done = DoneTold(many=True, help_text=_("the last 100"))


class WaiveInput(Serializer[Any]):
    waive = fields.BooleanField(help_text=_("true"))
    note = fields.CharField(max_length=300, help_text=_("why"))


class Escalations(APIView):
    @extend_schema(
        operation_id="escalations_list",
        tags=["cases"],
        parameters=[
            OpenApiParameter("case", UUID, description=_("of this case alone")),
        ],
        responses={200: EscalationsOutput, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> Response:
        """What the rules of escalation ask for now, within one's scope."""
        user = _reader(request)
        told = Told(request.query_params)
        case = told.id("case")
        told.nothing_else({"case"})
        told.check()
        return Response(reports.escalations_told(user.scope, case))


class OneEscalation(APIView):
    @extend_schema(
        operation_id="escalation_waive",
        tags=["cases"],
        request=WaiveInput,
        responses={200: DoneTold, **problems(400, 401, 403, 404, 409)},
    )
    def put(self, request: Request, id: UUID) -> Response:
        """This time nothing is issued. The id is as the list of what is due has it."""
        user = _reader(request)
        sent = request.data if isinstance(request.data, dict) else {}
        note = sent.get("note") if sent.get("waive") is True else ""
        row = escalations.waive(id=id, note=note if isinstance(note, str) else "", by=user)
        return Response(reports.escalation_told(row))


def _reader(request: Request) -> User:
    user = person(request)
    if not policy.may_see_ladder(user):
        raise PermissionDenied
    return user
