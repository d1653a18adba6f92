"""What the signed-in person has to do."""

from hashlib import blake2b
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api import fresh
from inspections.api.schema import problems
from inspections.reports.inbox import inbox_of
from people.api.authentication import person


class DutyTold(Serializer[Any]):
    what = fields.CharField(
        help_text=_(
            "to_take_up, to_answer, due_today, overdue, returned, papers; to_file, to_dispatch, "
            "to_decide, to_check, to_close, proposals, lapsed, escalations, complaints"
        )
    )
    count = fields.IntegerField()
    late = fields.IntegerField(help_text=_("of them, those whose time is over"))
    query = fields.CharField(help_text=_("finds the same in the list"))
    part = fields.BooleanField(help_text=_("counted in another line too"))


class ElsewhereTold(Serializer[Any]):
    page = fields.CharField()
    count = fields.IntegerField()
    late = fields.IntegerField()


class InboxOutput(Serializer[Any]):
    total = fields.IntegerField()
    late = fields.IntegerField()
    todo = DutyTold(many=True, help_text=_("only what there is"))
    elsewhere = ElsewhereTold(many=True, help_text=_("what is done on other pages; not in total"))
    again_at = fields.DateTimeField(help_text=_("when some of it changes by time alone"))


class Inbox(APIView):
    @extend_schema(
        operation_id="inbox", tags=["cases"], responses={200: InboxOutput, **problems(401)}
    )
    def get(self, request: Request) -> HttpResponse:
        """What the signed-in person has to do now, counted; 304 while it is the same."""
        told = inbox_of(person(request), timezone.now())
        body = orjson.dumps(told, option=orjson.OPT_UTC_Z)
        tag = f'W/"{blake2b(body, digest_size=16).hexdigest()}"'
        return fresh.answer(request._request, tag, "application/json", lambda: body)
