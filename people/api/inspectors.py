"""To whom a supervisor may give rounds."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from people import policy
from people.api.authentication import person
from people.models import Membership, Role, User


class WalkOutput(Serializer[Any]):
    community = fields.IntegerField(
        source="community_id", allow_null=True, help_text=_("null: the whole office")
    )
    since = fields.DateField()
    until = fields.DateField(allow_null=True)


class InspectorOutput(Serializer[Any]):
    username = fields.CharField()
    name = fields.CharField()
    walks = WalkOutput(many=True)


class InspectorsOutput(Serializer[Any]):
    inspectors = InspectorOutput(many=True)


class Inspectors(APIView):
    @extend_schema(operation_id="inspectors_list", tags=["rounds"], responses=InspectorsOutput)
    def get(self, request: Request) -> Response:
        """Who inspects today or later where one supervises, and in which communities."""
        user = person(request)
        if not policy.may_give_rounds(user):
            raise PermissionDenied
        scope = user.scope_as(Role.SUPERVISOR)
        rows = Membership.objects.filter(role=Role.INSPECTOR, user__is_active=True).filter(
            Q(until=None) | Q(until__gte=timezone.localdate())
        )
        if not scope.everything:
            rows = rows.filter(Q(community=None) | Q(community__in=scope.communities))
        walks: dict[User, list[Membership]] = {}
        for row in rows.select_related("user").order_by("user__name", "user__username", "since"):
            walks.setdefault(row.user, []).append(row)
        told = [
            {"username": each.username, "name": str(each), "walks": walked}
            for each, walked in walks.items()
        ]
        return Response({"inspectors": InspectorOutput(told, many=True).data})
