"""Plans: listed, told with their proposals, made, changed, copied, put away."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.schema import problems
from people.api.authentication import person
from people.models import User
from planning.api import told
from planning.api.answers import as_json, unless_had
from planning.api.serializers import (
    CopyInput,
    EditsOutput,
    PlanChange,
    PlanInput,
    PlansOutput,
    WholePlan,
)
from planning.errors import PlanNotFound
from planning.life import State
from planning.models import Edit, Plan, Proposal
from planning.services import plans as services

_TAGS = ["planning"]
_MADE = {200: WholePlan, 201: WholePlan, **problems(400, 401, 403, 404, 409, 411, 413)}
_CHANGED = {200: WholePlan, **problems(400, 401, 403, 404, 409)}


class Plans(APIView):
    @extend_schema(
        operation_id="plans_list",
        tags=_TAGS,
        parameters=[OpenApiParameter("archived", bool, description=_("only what is archived"))],
        responses={200: PlansOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """One's own plans, and those that are shared, each with how many sites stand how."""
        user, asked = person(request), Told(request.query_params)
        archived = asked.yes_or_no("archived")
        asked.nothing_else({"archived"})
        asked.check()
        rows = Plan.objects.visible_to(user).filter(archived_at__isnull=not archived)
        found = list(rows.select_related("by", "community"))
        states = told.states_in(found, user)
        listed = [told.plan(row, user) | {"states": states.get(row.pk, {})} for row in found]
        return as_json({"plans": listed})


class OnePlan(APIView):
    @extend_schema(
        operation_id="plan_get",
        tags=_TAGS,
        parameters=[
            OpenApiParameter("withdrawn", bool, description=_("with what was taken out again"))
        ],
        responses={200: WholePlan, **problems(400, 401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """The plan with its proposals, as GeoJSON. Its tag is other when any of them is."""
        user, asked = person(request), Told(request.query_params)
        withdrawn = asked.yes_or_no("withdrawn")
        asked.nothing_else({"withdrawn"})
        asked.check()
        row = seen_plan(user, id)
        rows = _proposals(row, user, withdrawn=bool(withdrawn))
        versions = list(rows.values_list("pk", "version", "community", "estate"))
        asked_for = (row.pk, row.version, withdrawn, versions)
        return unless_had(request, asked_for, lambda: _whole(row, user, withdrawn=bool(withdrawn)))

    @extend_schema(operation_id="plan_put", tags=_TAGS, request=PlanInput, responses=_MADE)
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Make a plan, by the id that its maker gives it. 201 when this sending made it; 200 when
        an equal one had."""
        user = person(request)
        row, new = services.make_plan(id=id, body=bodies.whole(request._request), by=user)
        return _answer(row, user, new=new)

    @extend_schema(operation_id="plan_patch", tags=_TAGS, request=PlanChange, responses=_CHANGED)
    def patch(self, request: Request, id: UUID) -> HttpResponse:
        """Change what is told. 409 `changed_meanwhile` where somebody else changed the same since
        the version that was seen: yours is kept in the history."""
        user = person(request)
        row = seen_plan(user, id)
        body = bodies.whole(request._request)
        return _answer(services.change_plan(plan=row, body=body, by=user), user)


class Copy(APIView):
    @extend_schema(operation_id="plan_copy", tags=_TAGS, request=CopyInput, responses=_MADE)
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """A plan of one's own with all that is still a drawing in this one."""
        user = person(request)
        row = seen_plan(user, id)
        copy, new = services.copy_plan(plan=row, body=bodies.whole(request._request), by=user)
        return _answer(copy, user, new=new)


class Archive(APIView):
    @extend_schema(operation_id="plan_archive", tags=_TAGS, request=None, responses=_CHANGED)
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """It is left out of the list, and nothing in it is drawn any more."""
        user = person(request)
        return _answer(services.archive_plan(plan=seen_plan(user, id), by=user), user)


class Restore(APIView):
    @extend_schema(operation_id="plan_restore", tags=_TAGS, request=None, responses=_CHANGED)
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Out of the archive again."""
        user = person(request)
        return _answer(services.restore_plan(plan=seen_plan(user, id), by=user), user)


class Edits(APIView):
    @extend_schema(
        operation_id="plan_edits", tags=_TAGS, responses={200: EditsOutput, **problems(401, 404)}
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Every change of the plan's own fields, the newest first, and what was set aside."""
        rows = Edit.objects.filter(plan=seen_plan(person(request), id), proposal=None)
        return as_json({"edits": [told.edit(each) for each in rows.select_related("by")]})


def seen_plan(user: User, id: UUID) -> Plan:
    """Raises PlanNotFound."""
    rows = Plan.objects.visible_to(user).select_related("by", "community")
    row = rows.filter(pk=id).first()
    if row is None:
        raise PlanNotFound
    return row


def _answer(row: Plan, user: User, *, new: bool = False) -> HttpResponse:
    return as_json(_whole(row, user), 201 if new else 200)


def _whole(row: Plan, user: User, *, withdrawn: bool = False) -> dict[str, Any]:
    rows = _proposals(row, user, withdrawn=withdrawn)
    rows = rows.select_related("by", "community", "estate", "vacant_space")
    return told.plan(row, user) | {
        "proposals": {
            "type": "FeatureCollection",
            "features": [told.feature(each) for each in rows],
        }
    }


def _proposals(row: Plan, user: User, *, withdrawn: bool) -> Any:
    rows = Proposal.objects.visible_to(user).filter(plan=row).order_by("created_at", "pk")
    return rows if withdrawn else rows.exclude(state=State.WITHDRAWN)
