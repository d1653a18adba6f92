"""How a tablet says which one it is, and what it tells of itself."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from people import devices
from people.api.authentication import person
from people.models import PositionDatum
from people.shell import shell

_BIGGEST = 2**63 - 1
_MOST_UNSENT = 2**31 - 1


def device_of(request: HttpRequest) -> UUID | None:
    """The device that a request says it comes from."""
    try:
        return UUID(request.headers.get("X-Device", ""))
    except ValueError:
        return None


def clock_offset_s(request: HttpRequest) -> float | None:
    """The server's clock less that of the device that sent this, where it tells its own."""
    try:
        told = datetime.fromisoformat(request.headers.get("X-Device-Clock", ""))
    except ValueError:
        return None
    return devices.clock_offset_s(told if told.tzinfo else None)


def says_wiped(request: HttpRequest, device: UUID) -> bool:
    """It tells of this device that nothing is left on it."""
    if request.path != f"/api/v1/devices/{device}/":
        return False
    try:
        told = json.loads(request.body)
    except (ValueError, OSError):
        return False
    return isinstance(told, dict) and told.get("wiped") is True


class StorageTold(Serializer[Any]):
    used = fields.IntegerField(min_value=0, max_value=_BIGGEST, required=False, allow_null=True)
    quota = fields.IntegerField(min_value=0, max_value=_BIGGEST, required=False, allow_null=True)
    persisted = fields.BooleanField(required=False, allow_null=True)


class DeviceInput(Serializer[Any]):
    app_version = fields.CharField(max_length=40, allow_blank=True)
    unsent = fields.IntegerField(min_value=0, max_value=_MOST_UNSENT)
    unsent_bytes = fields.IntegerField(min_value=0, max_value=_BIGGEST)
    clock = fields.DateTimeField(help_text=_("the tablet's own, with its offset from UTC"))
    user_agent = fields.CharField(required=False, allow_blank=True, trim_whitespace=False)
    storage = StorageTold(required=False)
    position_datum = fields.ChoiceField(PositionDatum.choices, required=False)
    wiped = fields.BooleanField(
        required=False, help_text=_("of a revoked one: nothing is left on it")
    )


class DeviceOutput(Serializer[Any]):
    server_time = fields.DateTimeField()
    clock_offset_s = fields.FloatField(help_text=_("the server's clock less the tablet's"))
    app_version = fields.CharField(help_text=_("the newest"))
    revoked = fields.BooleanField()
    name = fields.CharField(allow_blank=True, help_text=_("by which the office knows it"))


class OneDevice(APIView):
    @extend_schema(
        operation_id="device_put",
        tags=["devices"],
        request=DeviceInput,
        responses=DeviceOutput,
    )
    def put(self, request: Request, id: UUID) -> Response:
        """What a tablet tells of itself, by the id it made; and whether it is still wanted."""
        sent = DeviceInput(data=request.data)
        sent.is_valid(raise_exception=True)
        device = devices.report(id=id, person=person(request), told=_told(sent.validated_data))
        return Response(
            {
                "server_time": timezone.now(),
                "clock_offset_s": device.clock_offset_s,
                "app_version": shell().version,
                "revoked": device.revoked_at is not None,
                "name": device.name,
            }
        )


def _told(sent: dict[str, Any]) -> dict[str, Any]:
    storage = sent.get("storage", {})
    told = {
        "app_version": sent["app_version"],
        "unsent": sent["unsent"],
        "unsent_bytes": sent["unsent_bytes"],
        "clock_offset_s": devices.clock_offset_s(sent["clock"]),
        "storage_used": storage.get("used"),
        "storage_quota": storage.get("quota"),
        "persisted": storage.get("persisted"),
        "wiped": sent.get("wiped", False),
    }
    if "user_agent" in sent:
        told["user_agent"] = sent["user_agent"][:300]
    if "position_datum" in sent:
        told["position_datum"] = sent["position_datum"]
    return told
