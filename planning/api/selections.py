"""Selections: asked, watched, called off, taken into the plan."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.authentication import person
from people.models import User
from planning.api.answers import as_json
from planning.errors import SelectionNotFound
from planning.models import SelectionRun
from planning.selection import Model
from planning.services import choosing

_TAGS = ["planning"]


class SelectionInput(serializers.Serializer[Any]):
    plan = serializers.UUIDField()
    model = serializers.ChoiceField(choices=[each.value for each in Model])
    parameters = serializers.DictField(
        help_text=_("see docs/selection.md; what is not said holds as it stands there")
    )


class SelectionOutput(SelectionInput):
    id = serializers.UUIDField()
    state = serializers.CharField()
    progress = serializers.DictField(allow_null=True)
    result = serializers.DictField(allow_null=True)
    error = serializers.CharField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    taken_at = serializers.DateTimeField(allow_null=True)


class SelectionsOutput(serializers.Serializer[Any]):
    selections = SelectionOutput(many=True)


class TakenOutput(serializers.Serializer[Any]):
    selection = SelectionOutput()
    proposals = serializers.ListField(child=serializers.UUIDField())


class Selections(APIView):
    @extend_schema(
        operation_id="selections_list",
        tags=_TAGS,
        parameters=[OpenApiParameter("plan", OpenApiTypes.UUID, description=_("of that plan"))],
        responses={200: SelectionsOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """The newest first, without their results."""
        user, asked = person(request), Told(request.query_params)
        plan = asked.id("plan")
        asked.nothing_else({"plan"})
        asked.check()
        rows = SelectionRun.objects.visible_to(user).select_related("plan", "by").defer("result")
        if plan:
            rows = rows.filter(plan=plan)
        return as_json({"selections": [_told(row, whole=False) for row in rows[:200]]})


class OneSelection(APIView):
    @extend_schema(
        operation_id="selection_get",
        tags=_TAGS,
        responses={200: SelectionOutput, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """How far it is, or its answer."""
        return as_json(_told(_seen(person(request), id)))

    @extend_schema(
        operation_id="selection_put",
        tags=_TAGS,
        request=SelectionInput,
        responses={
            200: SelectionOutput,
            201: SelectionOutput,
            **problems(400, 401, 403, 404, 409, 411, 413),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Ask for the best sites of a plan, by the id that its maker gives the question. 201 when
        this sending asked it; 200 when an equal one had."""
        user = person(request)
        row, new = choosing.ask(id=id, body=bodies.whole(request._request), by=user)
        return as_json(_told(row), 201 if new else 200)


class Cancel(APIView):
    @extend_schema(
        operation_id="selection_cancel",
        tags=_TAGS,
        request=None,
        responses={200: SelectionOutput, **problems(401, 403, 404)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Call it off. What has ended stays as it is."""
        user = person(request)
        return as_json(_told(choosing.cancel(selection=_seen(user, id), by=user)))


class Take(APIView):
    @extend_schema(
        operation_id="selection_take",
        tags=_TAGS,
        request=None,
        responses={200: TakenOutput, **problems(400, 401, 403, 404, 409, 422)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Draw the chosen candidates in the plan; done twice, they are there once."""
        user = person(request)
        taken = choosing.take(selection=_seen(user, id), by=user)
        return as_json(
            {"selection": _told(_seen(user, id)), "proposals": [str(each.pk) for each in taken]}
        )


def _seen(user: User, id: UUID) -> SelectionRun:
    rows = SelectionRun.objects.visible_to(user).select_related("plan", "by")
    row = rows.filter(pk=id).first()
    if row is None:
        raise SelectionNotFound
    return row


def _told(row: SelectionRun, *, whole: bool = True) -> dict[str, Any]:
    told = {
        "id": str(row.pk),
        "plan": str(row.plan_id),
        "model": row.model,
        "parameters": row.parameters,
        "state": row.state,
        "progress": row.progress,
        "error": row.error or None,
        "by": row.by.username,
        "at": row.at,
        "ended_at": row.ended_at,
        "taken_at": row.taken_at,
    }
    return told | ({"result": row.result} if whole else {})
