"""Who is on leave, and who stands in."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from geo.scope import EVERYTHING
from people import policy, services
from people.api.authentication import person
from people.errors import LeaveInvalid
from people.models import Leave, Role, User
from people.querysets import Leaves
from people.services import LeaveWish


class LeaveInput(Serializer[Any]):
    person = fields.CharField(help_text=_("a sign-in name"))
    stand_in = fields.CharField(help_text=_("a sign-in name"))
    since = fields.DateField(help_text=_("the first day"))
    until = fields.DateField(help_text=_("the last day"))


class LeaveOutput(Serializer[Any]):
    id = fields.IntegerField()
    person = fields.CharField(source="person.username")
    person_name = fields.CharField(source="person.__str__")
    stand_in = fields.CharField(source="stand_in.username")
    stand_in_name = fields.CharField(source="stand_in.__str__")
    since = fields.DateField()
    until = fields.DateField()


class LeavesOutput(Serializer[Any]):
    leaves = LeaveOutput(many=True)


def visible(user: User) -> "Leaves[Leave]":
    keeps = policy.may_keep_register(user)
    scope = EVERYTHING if keeps else user.scope_as(Role.SUPERVISOR)
    return Leave.objects.visible_in(scope, user).select_related("person", "stand_in")


class AllLeaves(APIView):
    @extend_schema(operation_id="leaves_list", tags=["leaves"], responses=LeavesOutput)
    def get(self, request: Request) -> Response:
        """Leaves of those whom one supervises, and one's own, the latest first."""
        rows = visible(person(request))
        return Response({"leaves": LeaveOutput(rows, many=True).data})

    @extend_schema(
        operation_id="leave_post",
        tags=["leaves"],
        request=LeaveInput,
        responses={201: LeaveOutput},
    )
    def post(self, request: Request) -> Response:
        """Enter a leave: on its days, both included, the stand-in has the person's rounds."""
        leave = services.give_leave(wish=_wish(request.data), by=person(request))
        return Response(LeaveOutput(leave).data, status=201)


class OneLeave(APIView):
    @extend_schema(operation_id="leave_get", tags=["leaves"], responses=LeaveOutput)
    def get(self, request: Request, id: int) -> Response:
        return Response(LeaveOutput(_one(request, id)).data)

    @extend_schema(
        operation_id="leave_put", tags=["leaves"], request=LeaveInput, responses=LeaveOutput
    )
    def put(self, request: Request, id: int) -> Response:
        leave = _one(request, id)
        wish = _wish(request.data)
        return Response(
            LeaveOutput(services.change_leave(leave=leave, wish=wish, by=person(request))).data
        )

    @extend_schema(operation_id="leave_delete", tags=["leaves"], responses={200: LeaveOutput})
    def delete(self, request: Request, id: int) -> Response:
        """Answers what it was: entered again, it is as before."""
        leave = _one(request, id)
        told = LeaveOutput(leave).data
        services.cancel_leave(leave=leave, by=person(request))
        return Response(told)


def _one(request: Request, id: int) -> Leave:
    found = visible(person(request)).filter(pk=id).first()
    if found is None:
        raise Http404
    return found


def _wish(told: object) -> LeaveWish:
    """Raises LeaveInvalid naming every field that can't be read."""
    sent = told if isinstance(told, dict) else {}
    wrong: dict[str, str] = {}
    people = {name: _person(sent.get(name), name, wrong) for name in ("person", "stand_in")}
    days = {name: _day(sent.get(name), name, wrong) for name in ("since", "until")}
    for name in sent.keys() - people.keys() - days.keys():
        wrong[str(name)[:60]] = _t("There is no such field here.")
    if wrong:
        raise LeaveInvalid(fields=wrong)
    return LeaveWish(people["person"], people["stand_in"], days["since"], days["until"])


def _person(told: object, name: str, wrong: dict[str, str]) -> Any:
    found = User.objects.filter(username=told, is_active=True).first() if _is_name(told) else None
    if found is None:
        wrong[name] = _t("The sign-in name of somebody with an account.")
    return found


def _is_name(told: object) -> bool:
    return isinstance(told, str) and "\0" not in told


def _day(told: object, name: str, wrong: dict[str, str]) -> Any:
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        wrong[name] = _t("A date such as 2024-11-30.")
        return None
