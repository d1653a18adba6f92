"""What the server holds of what one person sent from one tablet, as proof for the tablet."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from inspections.errors import CaseUnknown, CorrectsUnknown, MoveAhead, ProposalUnknown
from inspections.models import Inspection, Move, Photo, Proposal, Refused, Upload
from inspections.services import content
from inspections.services.entry_types import added_types
from inspections.services.refusals import sent_of
from inspections.services.sent import INSPECTION, MOVE, PROPOSAL
from people.models import User

WAITING_CODES = (CorrectsUnknown.code, ProposalUnknown.code, CaseUnknown.code, MoveAhead.code)


@dataclass(frozen=True, slots=True)
class PhotoReceipt:
    id: str
    sha256: str
    bytes: int
    held: bool = False
    received_bytes: int = 0
    # Held as evidence, yet nothing or not all of it can be looked at.
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`status`: "held", "waits" (for another entry) or "refused"; of what was not taken, why."""

    id: UUID
    type: str
    number: int | None
    sha256: str
    bytes: int
    received_at: datetime
    status: str
    code: str | None = None
    message: str | None = None
    photos: list[PhotoReceipt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose receipts. `since`: only what that transaction or a later one wrote, and what photos
    are still to come for. `after`: those that follow this one, by time received and id."""

    person: User
    device: UUID
    since: int | None = None
    after: tuple[datetime, UUID] | None = None


def oldest_running() -> int:
    """The oldest transaction that may still write: what it and later ones wrote is told anew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def receipts(asked: Asked, most: int) -> list[Receipt]:
    """Oldest first, at most so many."""
    held = (*_inspections(asked, most), *_proposals(asked, most), *_moves(asked, most))
    found = [*held, *_added(asked, most), *_refused(asked, most)]
    found.sort(key=lambda each: (each.received_at, each.id))
    return _with_photos(found[:most], asked.person)


def _inspections(asked: Asked, most: int) -> Iterable[Receipt]:
    rows = Inspection.objects.filter(inspector=asked.person, device=asked.device)
    if asked.since is not None:
        # What the worker found of a photo that was held before.
        seen = Photo.objects.filter(inspection=OuterRef("pk"), xact__gte=asked.since)
        rows = rows.filter(Q(xact__gte=asked.since) | Q(photos_missing__gt=0) | Exists(seen))
    for row in _after(rows, asked, most).values_list(
        "pk", "number", "content_sha256", "content", "received_at"
    ):
        yield _held(INSPECTION, *row)


def _proposals(asked: Asked, most: int) -> Iterable[Receipt]:
    rows = Proposal.objects.filter(sender=asked.person, device=asked.device)
    if asked.since is not None:
        photos = Photo.objects.filter(proposal=OuterRef("pk"))
        news = photos.filter(Q(xact__gte=asked.since) | Q(held_at=None))
        rows = rows.filter(Q(xact__gte=asked.since) | Exists(news))
    for row in _after(rows, asked, most).values_list(
        "pk", "number", "content_sha256", "content", "received_at"
    ):
        yield _held(PROPOSAL, *row)


def _moves(asked: Asked, most: int) -> Iterable[Receipt]:
    """Made or kept as proposals, both are here; what became of one is told with its case."""
    rows = Move.objects.filter(by=asked.person, device=asked.device)
    if asked.since is not None:
        seen = Photo.objects.filter(move=OuterRef("pk"), xact__gte=asked.since)
        rows = rows.filter(Q(xact__gte=asked.since) | Q(photos_missing__gt=0) | Exists(seen))
    for row in _after(rows, asked, most).values_list(
        "pk", "number", "content_sha256", "content", "received_at"
    ):
        yield _held(MOVE, *row)


def _added(asked: Asked, most: int) -> Iterable[Receipt]:
    for type in added_types():
        rows = type.own(asked.person).filter(device=asked.device)
        if asked.since is not None:
            rows = rows.filter(xact__gte=asked.since)
        for row in _after(rows, asked, most).values_list(
            "pk", "number", "content_sha256", "content", "received_at"
        ):
            yield _held(type.name, *row)


def _held(
    type: str, id: UUID, number: int | None, sha256: str, told: dict[str, Any], at: datetime
) -> Receipt:
    return Receipt(
        id=id,
        type=type,
        number=number,
        sha256=sha256,
        bytes=len(content.canonical(told)),
        received_at=at,
        status="held",
        photos=_named(told),
    )


def _refused(asked: Asked, most: int) -> Iterable[Receipt]:
    rows = Refused.objects.filter(sender=asked.person, device=asked.device, settled_at=None)
    # There was no room to let it wait: as if it had not come, it is sent again.
    rows = rows.exclude(code__in=WAITING_CODES, waits_for=None)
    if asked.since is not None:
        rows = rows.filter(xact__gte=asked.since)
    for row in _after(rows, asked, most, id="entry"):
        yield Receipt(
            id=UUID(row.entry),
            type=row.type,
            number=row.number,
            sha256=row.body_sha256,
            bytes=row.body_bytes,
            received_at=row.received_at,
            status="waits" if row.waits_for else "refused",
            code=row.code,
            message=row.message,
            photos=_named(sent_of(row).told),
        )


def _after(rows: QuerySet[Any], asked: Asked, most: int, id: str = "pk") -> QuerySet[Any]:
    if asked.after:
        at, last = asked.after
        same = Q(received_at=at, **{f"{id}__gt": str(last)})
        rows = rows.filter(Q(received_at__gt=at) | same)
    return rows.order_by("received_at", F(id))[:most]


def _named(told: dict[str, Any]) -> list[PhotoReceipt]:
    """Photos as the entry names them, where that can be read at all."""
    named = told.get("photos")
    if not isinstance(named, list):
        return []
    return [
        PhotoReceipt(str(each.get("id")), str(each.get("sha256")), _whole(each.get("bytes")))
        for each in named
        if isinstance(each, dict)
    ]


def _whole(told: object) -> int:
    return told if isinstance(told, int) else 0


def _with_photos(found: list[Receipt], person: User) -> list[Receipt]:
    """With what has arrived of each photo."""
    entries = [each.id for each in found if each.photos]
    if not entries:
        return found
    here = Photo.objects.filter(sender=person, entry__in=entries, held_at__isnull=False)
    held = {
        (entry, sha256): problem
        for entry, sha256, problem in here.values_list("entry", "sha256", "problem")
    }
    uploads = Upload.objects.filter(sender=person, entry__in=entries, finished_at=None, problem="")
    begun: dict[tuple[UUID, str], int] = {}
    for entry, photo, offset in uploads.values_list("entry", "photo", "offset"):
        if entry:
            key = (entry, str(photo))
            begun[key] = max(offset, begun.get(key, 0))
    return [
        replace(each, photos=[_arrived(each.id, photo, held, begun) for photo in each.photos])
        for each in found
    ]


def _arrived(
    entry: UUID,
    photo: PhotoReceipt,
    held: dict[tuple[UUID, str], str],
    begun: dict[tuple[UUID, str], int],
) -> PhotoReceipt:
    if (entry, photo.sha256) in held:
        problem = held[entry, photo.sha256]
        return replace(photo, held=True, received_bytes=photo.bytes, problem=problem)
    return replace(photo, received_bytes=begun.get((entry, photo.id), 0))
