"""Rounds: what supervisors give, and what becomes of them."""

from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import reports, services
from inspections.api.filters import Told
from inspections.api.layers import COMMUNITY, KIND
from inspections.api.schema import problems
from inspections.errors import NotYoursToGive
from inspections.models import Round
from people import policy
from people.api.authentication import person

_FILTERS = (
    KIND,
    COMMUNITY,
    OpenApiParameter("inspector", str, many=True, description=_("a sign-in name")),
    OpenApiParameter(
        "since", str, description=_("with a day from this one on; a month ago if not said")
    ),
    OpenApiParameter("until", str, description=_("with a day up to this one")),
    OpenApiParameter(
        "mine", bool, description=_("what one has today, for colleagues on leave too")
    ),
)


class RoundInput(Serializer[Any]):
    """Only told, never used to read: `services.read_round` names every fault at once."""

    name = fields.CharField(max_length=80)
    inspector = fields.CharField(help_text=_("a sign-in name"))
    kinds = fields.ListField(child=fields.CharField())
    estates = fields.ListField(child=fields.IntegerField(), max_length=500)
    since = fields.DateField(help_text=_("the first day"))
    until = fields.DateField(help_text=_("the last day"))
    shared = fields.BooleanField(
        required=False, help_text=_("another inspector has part of it too, on purpose")
    )
    note = fields.CharField(required=False, max_length=300)


class DoneOutput(Serializer[Any]):
    estate = fields.IntegerField()
    kind = fields.CharField()
    at = fields.DateTimeField()
    by = fields.CharField()


class LeftOutput(Serializer[Any]):
    estate = fields.IntegerField()
    kind = fields.CharField()
    last = fields.DateTimeField(allow_null=True, help_text=_("when it was last inspected"))
    due_on = fields.DateField(allow_null=True, help_text=_("by the kind's own rhythm"))


class SharingOutput(Serializer[Any]):
    id = fields.IntegerField()
    name = fields.CharField()
    inspector = fields.CharField()
    inspector_name = fields.CharField()


class RoundOutput(Serializer[Any]):
    id = fields.IntegerField()
    name = fields.CharField()
    inspector = fields.CharField()
    inspector_name = fields.CharField()
    stand_in = fields.CharField(allow_null=True, help_text=_("who has it today, during a leave"))
    stand_in_name = fields.CharField(allow_null=True)
    kinds = fields.ListField(child=fields.CharField())
    estates = fields.ListField(child=fields.IntegerField())
    since = fields.DateField()
    until = fields.DateField()
    shared = fields.BooleanField(help_text=_("another inspector has part of it too"))
    shared_with = SharingOutput(many=True)
    done = DoneOutput(many=True)
    left = LeftOutput(many=True)
    note = fields.CharField(allow_blank=True)


class RoundsOutput(Serializer[Any]):
    rounds = RoundOutput(many=True)


class Rounds(APIView):
    @extend_schema(
        operation_id="rounds_list",
        tags=["rounds"],
        parameters=list(_FILTERS),
        responses={200: RoundsOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Rounds through estates in one's scope, with what of them is done and what is left."""
        user, told = person(request), Told(request.query_params)
        today = timezone.localdate()
        since, until = told.period()
        communities, kinds = told.numbers("community"), told.texts("kind")
        rows = (
            Round.objects.visible_to(user).current().in_days(since or today - reports.STAYS, until)
        )
        rows = rows.among(
            inspector__username=told.texts("inspector"), estates__community=communities
        )
        if kinds:
            rows = rows.filter(kinds__overlap=list(kinds))
        if told.yes_or_no("mine"):
            rows = rows.held_by(user, today)
        told.nothing_else({each.name for each in _FILTERS})
        told.check()
        return _json({"rounds": reports.rounds_told(rows, today, user.scope)})

    @extend_schema(
        operation_id="round_post",
        tags=["rounds"],
        request=RoundInput,
        responses={201: RoundOutput, **problems(400, 401, 403, 409)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Give a round. Who inspects on all of its days in all of its communities can have it.

        409 `round_overlaps` where another inspector has an estate and a kind of it on one of
        these days, unless it is `shared`.
        """
        user = person(request)
        if not policy.may_give_rounds(user):
            raise NotYoursToGive
        row = services.give_round(wish=services.read_round(request.data, by=user), by=user)
        return _told(row, request, 201)


class OneRound(APIView):
    @extend_schema(
        operation_id="round_get",
        tags=["rounds"],
        responses={200: RoundOutput, **problems(401, 404)},
    )
    def get(self, request: Request, id: int) -> HttpResponse:
        row = Round.objects.visible_to(person(request)).current().filter(pk=id).first()
        if row is None:
            raise Http404
        return _told(row, request)

    @extend_schema(
        operation_id="round_put",
        tags=["rounds"],
        request=RoundInput,
        responses={200: RoundOutput, **problems(400, 401, 403, 404, 409)},
    )
    def put(self, request: Request, id: int) -> HttpResponse:
        """Change a round, hand it over, or take back that it was cancelled."""
        row, user = _mine(request, id), person(request)
        wish = services.read_round(request.data, by=user)
        return _told(services.change_round(row=row, wish=wish, by=user), request)

    @extend_schema(
        operation_id="round_delete",
        tags=["rounds"],
        responses={200: RoundOutput, **problems(401, 403, 404)},
    )
    def delete(self, request: Request, id: int) -> HttpResponse:
        """Cancel a round; answers what it was. Put again, it is there again."""
        row = services.cancel_round(row=_mine(request, id), by=person(request))
        return _told(row, request)


def _mine(request: Request, id: int) -> Round:
    """Seen by this person, who gives rounds; cancelled ones too."""
    user = person(request)
    found = Round.objects.visible_to(user).filter(pk=id).first()
    if found is None:
        raise Http404
    if not policy.may_give_rounds(user):
        raise NotYoursToGive
    return found


def _told(row: Round, request: Request, status: int = 200) -> HttpResponse:
    rows = Round.objects.filter(pk=row.pk)
    (told,) = reports.rounds_told(rows, scope=person(request).scope)
    return _json(told, status)


def _json(told: Any, status: int = 200) -> HttpResponse:
    body = orjson.dumps(told, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, status=status, content_type="application/json")
