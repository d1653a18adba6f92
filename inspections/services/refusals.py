"""What was not accepted: kept with its code, so that nothing is lost."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from geo.models import ExcludedArea
from geo.srid import WGS84
from inspections.errors import (
    BodyUnreadable,
    CorrectsUnknown,
    ExcludedGround,
    NoRoomToWait,
    Refusal,
)
from inspections.models import Refused
from inspections.services.entries import Sent
from inspections.services.many import each_of, each_of_as_text
from people.models import User


@transaction.atomic
def keep(refused: Sequence[tuple[Sent, Refusal]], *, sender: User) -> None:
    """Each once, however often it is sent; its body within what one person may fill.

    Of an excluded area nothing is kept but the id, the hash, the time and the code; nor is a
    body, refused for whatever reason, that says it was there.
    """
    room = _room(sender)
    rows = []
    for sent, refusal in refused:
        secret = isinstance(refusal, ExcludedGround) or _on_excluded_ground(sent)
        fits = not secret and len(sent.body) <= room
        room -= len(sent.body) if fits else 0
        rows.append(_row(sent, refusal, sender, keeps_body=fits, secret=secret))
    Refused.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def keep_waiting(sent: Sent, refusal: CorrectsUnknown, *, sender: User) -> CorrectsUnknown:
    """What the sender is told: that it is kept until what it corrects arrives, if there is room."""
    if len(sent.body) > _room(sender):
        refusal = NoRoomToWait(**refusal.details)
        Refused.objects.bulk_create(
            [_row(sent, refusal, sender, keeps_body=False)], ignore_conflicts=True
        )
        return refusal
    row = _row(sent, refusal, sender, keeps_body=True)
    row.waits_for = refusal.details["supersedes"]
    Refused.objects.bulk_create([row], ignore_conflicts=True)
    return refusal


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
    )


def keep_unread(id: UUID, refusal: Refusal, *, told_bytes: int, sender: User) -> None:
    """What was too large to be read: that it came, and how large it said it was."""
    Refused.objects.bulk_create(
        [
            Refused(
                entry=str(id),
                sender=sender,
                code=refusal.code,
                message=str(refusal.message),
                details=_plain(refusal.details),
                body_sha256="",
                body_bytes=told_bytes,
            )
        ],
        ignore_conflicts=True,
    )


def unsettled(ids: Iterable[UUID], *, sender: User) -> list[Refused]:
    """Earlier refusals of these entries, and corrections that waited for them."""
    wanted = list(ids)
    if not wanted:
        return []
    open_ = Refused.objects.filter(settled_at=None)
    waiting = open_.filter(waits_for__in=each_of(wanted))
    own = open_.filter(entry__in=each_of_as_text(wanted), sender=sender)
    return list(waiting.union(own).order_by("received_at", "pk"))


def settle(rows: Iterable[Refused]) -> None:
    pks = [row.pk for row in rows]
    if pks:
        Refused.objects.filter(pk__in=pks).update(settled_at=timezone.now())


def _on_excluded_ground(sent: Sent) -> bool:
    try:
        position = sent.position
    except BodyUnreadable:
        return False
    if position is None:
        return False
    return ExcludedArea.objects.current().holding(Point(*position, srid=WGS84)).exists()


def _plain(details: dict[str, object]) -> dict[str, object]:
    told: dict[str, object] = json.loads(json.dumps(details, cls=DjangoJSONEncoder))
    return told
