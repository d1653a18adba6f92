"""Whether anything is other than a moment ago: asked every other second by every open page."""

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections import reports
from inspections.api import fresh
from inspections.api.overview.who import leader
from inspections.api.schema import problems
from people.api.remembered import Remembered


class VersionOutput(Serializer[Any]):
    version = fields.CharField(help_text="of the data, within one's scope")
    everywhere_ms = fields.IntegerField(
        help_text="so long after the first who tells a version, every web process knows it"
    )


class Version(APIView):
    authentication_classes = [Remembered]

    @extend_schema(
        operation_id="overview_version_get",
        tags=["overview"],
        responses={200: VersionOutput, **problems(401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """With an ETag; costs the database nothing while nothing is written."""
        scope = leader(request).scope
        version = reports.data_version(scope)
        told = {"version": version, "everywhere_ms": round(settings.FRESH_SECONDS * 1000)}
        tag = fresh.tag_of(scope, (), told)
        return fresh.answer(request, tag, "application/json", lambda: orjson.dumps(told))
