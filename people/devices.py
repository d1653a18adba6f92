"""Tablets: what each last told of itself, and what a lost one is still let through with."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction
from django.utils import timezone

from people import policy
from people.errors import DeviceWiped, NotYourDevice
from people.models import Device, User

# How often it is noted that a device was here.
NOTED_EVERY = timedelta(minutes=1)

_UUID = "[0-9a-fA-F-]{36}"
# A revoked device still delivers what it holds: nothing that was recorded is lost with it.
_DELIVERS = (
    ("PUT", re.compile(rf"/api/v1/(inspections|proposals|devices|campaign/sheets)/{_UUID}/")),
    ("PUT", re.compile(rf"/api/v1/cases/{_UUID}/moves/{_UUID}/")),
    ("POST", re.compile("/api/v1/inspections/")),
    ("", re.compile("/api/v1/uploads/.*")),
)


def delivers(method: str, path: str) -> bool:
    """It brings what was recorded, by any method or by this."""
    return any(verb in ("", method) and way.fullmatch(path) for verb, way in _DELIVERS)


def known(id: UUID) -> Device | None:
    """One that has reported: what every request asks of it."""
    few = ("revoked_at", "last_contact_at", "person")
    return Device.objects.only(*few).filter(pk=id).first()


def note_contact(device: Device, *, person: User | None) -> None:
    """That it was here, with whom: written at most once a minute."""
    now = timezone.now()
    same = person is None or person.pk == device.person_id
    if same and now - device.last_contact_at < NOTED_EVERY:
        return
    who = {"person": person} if person else {}
    Device.objects.filter(pk=device.pk).update(last_contact_at=now, **who)


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


def note_wiped(id: UUID) -> None:
    """A revoked device says that nothing is left on it. Its id alone is believed: it is a secret
    of the device and the office, and who was signed out by the wiping can't sign in."""
    now = timezone.now()
    revoked = Device.objects.filter(pk=id, revoked_at__isnull=False)
    revoked.filter(wiped_at=None).update(wiped_at=now)
    revoked.update(last_contact_at=now)


def clock_offset_s(told: datetime | None) -> float | None:
    """The server's clock less the device's."""
    return round((timezone.now() - told).total_seconds(), 3) if told else None


@transaction.atomic
def name_device(*, device: Device, name: str, by: User) -> Device:
    """What stands on its back: the office tells its tablets apart by it."""
    device = _kept(device, by)
    device.name = name.strip()
    return _save(device, by, "name")


@transaction.atomic
def revoke_device(*, device: Device, by: User) -> Device:
    """It still delivers what waits on it, and then deletes everything that it holds."""
    device = _kept(device, by)
    if device.revoked_at is None:
        device.revoked_at, device.revoked_by = timezone.now(), by
        _save(device, by, "revoked_at", "revoked_by")
    return device


@transaction.atomic
def restore_device(*, device: Device, by: User) -> Device:
    """Undo `revoke_device`, until the tablet has heard of it and is empty."""
    device = _kept(device, by)
    if device.wiped_at is not None:
        raise DeviceWiped
    device.revoked_at = device.revoked_by = None
    return _save(device, by, "revoked_at", "revoked_by")


def _kept(device: Device, by: User) -> Device:
    if not policy.may_keep_register(by):
        raise NotYourDevice
    return Device.objects.select_for_update(no_key=True).get(pk=device.pk)


def _save(device: Device, by: User, *names: str) -> Device:
    with pghistory.context(user=by.pk):
        device.save(update_fields=names)
    return device
