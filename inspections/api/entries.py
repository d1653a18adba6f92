"""What is common to all addresses that take entries: from the request, and to its answer."""

import logging
from typing import Any
from uuid import UUID

import orjson
from django.db import DatabaseError
from django.http import HttpResponse
from rest_framework.request import Request

from inspections import services
from inspections.api import bodies, errors
from inspections.errors import BodyTooLarge, Failed, Refusal
from inspections.services import Outcome, Sent, Taken
from people.api import devices
from people.api.authentication import person
from people.models import User

log = logging.getLogger(__name__)


def sent_by(
    request: Request,
    id: UUID,
    body: bytes,
    type: str = services.INSPECTION,
    case: UUID | None = None,
) -> Sent:
    return Sent(
        id,
        body,
        type=type,
        told_device=devices.device_of(request._request),
        clock_offset_s=devices.clock_offset_s(request._request),
        told_case=case,
    )


def take_one(request: Request, id: UUID, type: str, case: UUID | None = None) -> Taken:
    """Raises what it was refused with; what was too large to be read is kept as refused too."""
    sender = person(request)
    try:
        body = bodies.whole(request._request)
    except BodyTooLarge as refusal:
        length = bodies.promised_bytes(request._request)
        unread = sent_by(request, id, b"", type, case)
        services.keep_unread(unread, refusal, told_bytes=length, sender=sender)
        raise
    outcome = services.take([sent_by(request, id, body, type, case)], sender=sender)[0]
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def take_several(sent: list[Sent], sender: User) -> list[Outcome]:
    """Where one of them breaks the statement, it is found by taking each alone."""
    try:
        return services.take(sent, sender=sender)
    except DatabaseError:
        return [_alone(each, sender) for each in sent]


def _alone(sent: Sent, sender: User) -> Outcome:
    try:
        return services.take([sent], sender=sender)[0]
    except DatabaseError:
        log.exception("entry %s could not be taken", sent.id)
        return Failed()


def answered(outcome: Outcome) -> tuple[int, Any]:
    if isinstance(outcome, Refusal):
        return outcome.status, errors.body(outcome.code, outcome.message, outcome.details)
    return 201 if outcome.now else 200, outcome.recorded


def as_json(told: Any, status: int = 200) -> HttpResponse:
    body = orjson.dumps(told, option=orjson.OPT_UTC_Z)
    return HttpResponse(body, status=status, content_type="application/json")
