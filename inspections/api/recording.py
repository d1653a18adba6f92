"""The addresses at which tablets deliver what was recorded."""

import logging
from typing import Any
from uuid import UUID

import orjson
from django.db import DatabaseError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import services
from inspections.api import bodies, errors, layers
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
from inspections.errors import BodyTooLarge, BodyUnreadable, Failed, RecordInvalid, Refusal
from inspections.services import Outcome, Sent
from people.api import devices
from people.api.authentication import person
from people.models import User

MOST_ENTRIES = 200

log = logging.getLogger(__name__)


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
        sender = person(request)
        try:
            outcomes = services.take(sent, sender=sender)
        except DatabaseError:
            # One that breaks the statement is found by taking each alone.
            outcomes = [_alone(each, sender) for each in sent]
        told = [
            {"id": each.id, "status": status, "answer": answer}
            for each, (status, answer) in zip(sent, map(_answer, outcomes), strict=True)
        ]
        return _json({"entries": told}, 200)


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
    sender = person(request)
    try:
        body = bodies.whole(request._request)
    except BodyTooLarge as refusal:
        length = bodies.promised_bytes(request._request)
        unread = _sent(request, id, b"", type)
        services.keep_unread(unread, refusal, told_bytes=length, sender=sender)
        raise
    outcome = services.take([_sent(request, id, body, type)], sender=sender)[0]
    if isinstance(outcome, Refusal):
        raise outcome
    status, answer = _answer(outcome)
    return _json(answer, status)


def _sent(request: Request, id: UUID, body: bytes, type: str = services.INSPECTION) -> Sent:
    return Sent(
        id,
        body,
        type=type,
        told_device=devices.device_of(request._request),
        clock_offset_s=devices.clock_offset_s(request._request),
    )


def _entries(body: bytes, request: Request) -> list[Sent]:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError as e:
        raise BodyUnreadable from e
    entries = told.get("entries") if isinstance(told, dict) else None
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_ENTRIES:
        raise RecordInvalid(fields={"entries": _("A list of 1 to %d entries.") % MOST_ENTRIES})
    return [_entry(n, each, request) for n, each in enumerate(entries)]


def _entry(n: int, told: object, request: Request) -> Sent:
    try:
        if not isinstance(told, dict) or told.keys() != {"id", "record"}:
            raise ValueError
        return _sent(request, UUID(told["id"]), orjson.dumps(told["record"]))
    except (ValueError, AttributeError, TypeError) as e:
        raise RecordInvalid(fields={f"entries.{n}": _("An id and a record are needed.")}) from e


def _alone(sent: Sent, sender: User) -> Outcome:
    try:
        return services.take([sent], sender=sender)[0]
    except DatabaseError:
        log.exception("entry %s could not be taken", sent.id)
        return Failed()


def _answer(outcome: Outcome) -> tuple[int, Any]:
    if isinstance(outcome, Refusal):
        return outcome.status, errors.body(outcome.code, outcome.message, outcome.details)
    return 201 if outcome.now else 200, outcome.recorded


def _json(told: Any, status: int) -> HttpResponse:
    body = orjson.dumps(told, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, status=status, content_type="application/json")
