"""The address at which tablets deliver what was recorded."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from inspections import services
from inspections.api import bodies
from inspections.api.lists import FeatureOne, Inspections
from inspections.api.schema import OneSchema, problems
from inspections.api.serializers import RecordInput, RecordOutput
from inspections.errors import BodyTooLarge, Refusal
from inspections.services import Sent
from people.api.authentication import person


class RecordSchema(OneSchema):
    def get_operation_id(self) -> str:
        return "inspection_put" if self.method == "PUT" else super().get_operation_id()

    def get_request_serializer(self) -> Any:
        return RecordInput if self.method == "PUT" else None

    def get_response_serializers(self) -> Any:
        if self.method != "PUT":
            return super().get_response_serializers()
        return {
            201: RecordOutput,
            200: RecordOutput,
            **problems(400, 401, 403, 404, 409, 411, 413, 422),
        }


class Inspection(FeatureOne):
    layer = Inspections.layer
    schema = RecordSchema()

    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Record an inspection, by the id that its maker gave it.

        201 when this sending recorded it; 200, with the same answer, when an equal one had: equal
        whatever the order of members, 4 or 4.0, or the offset in which a time is told.
        """
        try:
            body = bodies.whole(request._request)
        except BodyTooLarge as refusal:
            length = bodies.promised_bytes(request._request)
            services.keep_unread(id, refusal, told_bytes=length, sender=person(request))
            raise
        outcome = services.take([Sent(id, body)], sender=person(request))[0]
        if isinstance(outcome, Refusal):
            raise outcome
        return HttpResponse(
            orjson.dumps(outcome.recorded, option=orjson.OPT_UTC_Z),
            status=201 if outcome.now else 200,
            content_type="application/json",
        )
