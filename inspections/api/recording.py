"""The addresses at which tablets deliver what was recorded."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import services
from inspections.api import bodies, entries, layers
from inspections.api.lists import FeatureList, FeatureOne
from inspections.api.schema import OneSchema, problems
from inspections.api.serializers import (
    EntriesInput,
    EntriesOutput,
    ProposalHeld,
    ProposalInput,
    RecordInput,
    RecordOutput,
)
from inspections.errors import BodyUnreadable, RecordInvalid
from inspections.services import Sent
from people.api.authentication import person

MOST_ENTRIES = 200


class Inspections(FeatureList):
    layer = layers.Inspections()

    @extend_schema(
        operation_id="inspections_put",
        request=EntriesInput,
        responses={200: EntriesOutput, **problems(400, 401, 403, 411, 413)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Record several inspections in one request, each as if it had been put by itself.

        What becomes of one says nothing of the others: each has its own status and answer. Only
        when the list itself can't be read is nothing taken.
        """
        sent = _entries(bodies.whole(request._request), request)
        outcomes = entries.take_several(sent, person(request))
        told = [
            {"id": each.id, "status": status, "answer": answer}
            for each, (status, answer) in zip(sent, map(entries.answered, outcomes), strict=True)
        ]
        return entries.as_json({"entries": told})


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
        return _put(request, id, services.INSPECTION)


class Proposal(APIView):
    @extend_schema(
        operation_id="proposal_put",
        tags=["proposals"],
        request=ProposalInput,
        responses={
            201: ProposalHeld,
            200: ProposalHeld,
            **problems(400, 401, 403, 404, 409, 411, 413, 422),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Propose a place that the register lacks, by the id that its maker gave it.

        Its row stands in the register at once, unconfirmed. Sent again, it tells what the clerk
        decided. Other entries name it by the proposal's id.
        """
        return _put(request, id, services.PROPOSAL)


def _put(request: Request, id: UUID, type: str) -> HttpResponse:
    status, answer = entries.answered(entries.take_one(request, id, type))
    return entries.as_json(answer, status)


def _entries(body: bytes, request: Request) -> list[Sent]:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as e:
        raise BodyUnreadable from e
    listed = told.get("entries") if isinstance(told, dict) else None
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST_ENTRIES:
        raise RecordInvalid(fields={"entries": _("A list of 1 to %d entries.") % MOST_ENTRIES})
    return [_entry(n, each, request) for n, each in enumerate(listed)]


def _entry(n: int, told: object, request: Request) -> Sent:
    try:
        if not isinstance(told, dict) or told.keys() != {"id", "record"}:
            raise ValueError
        return entries.sent_by(request, UUID(told["id"]), orjson.dumps(told["record"]))
    except (ValueError, AttributeError, TypeError) as e:
        raise RecordInvalid(fields={f"entries.{n}": _("An id and a record are needed.")}) from e
