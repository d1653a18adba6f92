"""Tablets: what each last told of itself, and what a lost one is still let through with."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from people.models import Device, User

# How often it is noted that a device was here.
NOTED_EVERY = timedelta(minutes=1)

_UUID = "[0-9a-fA-F-]{36}"
# A revoked device still delivers what it holds: nothing that was recorded is lost with it.
_DELIVERS = (
    ("PUT", re.compile(rf"/api/v1/(inspections|proposals|devices)/{_UUID}/")),
    ("POST", re.compile("/api/v1/inspections/")),
    ("", re.compile("/api/v1/uploads/.*")),
)


def delivers(method: str, path: str) -> bool:
    """It brings what was recorded, by any method or by this."""
    return any(verb in ("", method) and way.fullmatch(path) for verb, way in _DELIVERS)


def is_revoked(device: UUID) -> bool:
    return Device.objects.filter(pk=device, revoked_at__isnull=False).exists()


def note_contact(device: UUID, *, person: User | None) -> None:
    """That it was here, with whom: written at most once a minute, and only of those known."""
    now = timezone.now()
    mine = Device.objects.filter(pk=device)
    known = mine.values_list("last_contact_at", "person").first()
    if known is None:
        return
    last, who = known
    if now - last < NOTED_EVERY and (person is None or person.pk == who):
        return
    mine.update(last_contact_at=now, **({"person": person} if person else {}))


@transaction.atomic
def report(*, id: UUID, person: User, told: Mapping[str, Any]) -> Device:
    """What a device says of itself; at its first word it is listed.

    `told` are fields of the model, and `wiped`: of a revoked one, that nothing is left on it.
    """
    now = timezone.now()
    values = {name: value for name, value in told.items() if name != "wiped"}
    device, new = Device.objects.select_for_update(no_key=True).get_or_create(
        pk=id, defaults={**values, "person": person}
    )
    if not new:
        for name, value in values.items():
            setattr(device, name, value)
        device.person, device.last_contact_at = person, now
        device.save()
    if told.get("wiped"):
        note_wiped(id)
    return device


def note_wiped(device: UUID) -> None:
    """A revoked device says that nothing is left on it. Its id alone is believed: it is a secret
    of the device and the office, and who was signed out by the wiping can't sign in."""
    now = timezone.now()
    revoked = Device.objects.filter(pk=device, revoked_at__isnull=False)
    revoked.filter(wiped_at=None).update(wiped_at=now)
    revoked.update(last_contact_at=now)


def clock_offset_s(told: datetime | None) -> float | None:
    """The server's clock less the device's."""
    return round((timezone.now() - told).total_seconds(), 3) if told else None
