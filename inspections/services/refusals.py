"""What was not accepted: kept with its code, so that nothing is lost."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from geo import geojson
from geo.errors import GeometryRefused
from geo.models import ExcludedArea
from inspections.errors import ExcludedGround, Refusal, Waits
from inspections.models import Refused
from inspections.services.sent import MOVE, Sent
from people.models import User

_UNSETTLED = """
SELECT id FROM inspections_refused WHERE settled_at IS NULL AND waits_for = ANY(%s)
 UNION
SELECT id FROM inspections_refused WHERE settled_at IS NULL AND entry = ANY(%s) AND sender_id = %s
"""
# Kept with what waits, and not told: how the tablet's clock stood when it was sent.
_CLOCK = "clock_offset_s"


@transaction.atomic
def keep(refused: Sequence[tuple[Sent, Refusal]], *, sender: User) -> None:
    """Each once, however often it is sent; its body within what one person may fill.

    Of an excluded area nothing is kept but the id, the hash, the time and the code; nor is a
    body, refused for whatever reason, that says it was there.
    """
    room = _room(sender)
    rows = []
    for sent, refusal in refused:
        secret = isinstance(refusal, ExcludedGround) or on_excluded_ground(sent)
        fits = not secret and len(sent.body) <= room
        room -= len(sent.body) if fits else 0
        rows.append(_row(sent, refusal, sender, keeps_body=fits, secret=secret))
    Refused.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def keep_waiting(sent: Sent, refusal: Waits, *, sender: User) -> Waits:
    """What the sender is told: that it is kept until what it waits for arrives, if there is
    room."""
    fits = len(sent.body) <= _room(sender)
    row = _row(sent, refusal if fits else refusal.without_room(), sender, keeps_body=fits)
    if fits:
        row.waits_for = refusal.waits_for
        row.details[_CLOCK] = sent.clock_offset_s
    Refused.objects.bulk_create([row], ignore_conflicts=True)
    return refusal


def wait_on(row: Refused, refusal: Waits) -> None:
    """It waits for another entry now."""
    row.code, row.message = refusal.code, str(refusal.message)
    row.details = _plain(refusal.details) | {_CLOCK: row.details.get(_CLOCK)}
    row.waits_for = refusal.waits_for
    row.save(update_fields=["code", "message", "details", "waits_for"])


def sent_of(row: Refused) -> Sent:
    """What waits, as it was sent."""
    return Sent(
        UUID(row.entry),
        bytes(row.body or b""),
        type=row.type,
        told_device=row.device,
        clock_offset_s=row.details.get(_CLOCK),
        told_case=row.waits_for if row.type == MOVE else None,
    )


def _room(sender: User) -> int:
    """Bytes that this person may still fill."""
    # One at a time for a person: otherwise many at once would overfill it.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=sender.pk)
    kept = Refused.objects.filter(sender=sender, body__isnull=False).aggregate(n=Sum("body_bytes"))
    most: int = settings.REFUSED_MAX_BYTES
    return most - (kept["n"] or 0)


def _row(
    sent: Sent, refusal: Refusal, sender: User, *, keeps_body: bool, secret: bool = False
) -> Refused:
    return Refused(
        entry=str(sent.id),
        sender=sender,
        code=refusal.code,
        message=str(refusal.message),
        details={} if secret else _plain(refusal.details),
        body=sent.body if keeps_body else None,
        body_sha256=sha256(sent.body).hexdigest(),
        body_bytes=0 if secret else len(sent.body),
        type=sent.type,
        device=sent.device,
        number=sent.number,
    )


def keep_unread(sent: Sent, refusal: Refusal, *, told_bytes: int, sender: User) -> None:
    """What was too large to be read: that it came, and how large it said it was."""
    Refused.objects.bulk_create(
        [
            Refused(
                entry=str(sent.id),
                sender=sender,
                code=refusal.code,
                message=str(refusal.message),
                details=_plain(refusal.details),
                body_sha256="",
                body_bytes=told_bytes,
                type=sent.type,
                device=sent.device,
            )
        ],
        ignore_conflicts=True,
    )


def unsettled(ids: Iterable[UUID], cases: Iterable[UUID], *, sender: User) -> list[Refused]:
    """Earlier refusals of these entries, and what waited for them or for these cases."""
    wanted = list(ids)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        entries = [str(id) for id in wanted]
        cursor.execute(_UNSETTLED, [[*wanted, *cases], entries, sender.pk])
        found = [id for (id,) in cursor]
    # Nearly always none.
    rows = Refused.objects.filter(pk__in=found).order_by("received_at", "pk")
    return list(rows) if found else []


def settle(rows: Iterable[Refused]) -> None:
    pks = [row.pk for row in rows]
    if pks:
        Refused.objects.filter(pk__in=pks).update(settled_at=timezone.now())


def on_excluded_ground(sent: Sent) -> bool:
    """It says that it was where nothing may be recorded, whatever else is wrong with it."""
    try:
        shape = geojson.read(sent.shape, geojson.TYPES)
    except GeometryRefused:
        return False
    return ExcludedArea.objects.current().touching(shape).exists()


def _plain(details: dict[str, object]) -> dict[str, object]:
    told: dict[str, object] = json.loads(json.dumps(details, cls=DjangoJSONEncoder))
    return told
