"""Taking a complaint: it opens a case, or belongs to one that is open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from inspections import policy
from inspections.clocks import Matter, Step
from inspections.errors import (
    CaseIsEnded,
    ComplaintEntered,
    NotYoursToTake,
    RecordedDifferently,
)
from inspections.models import Case, Complainant, Complaint, Source
from inspections.services import photos
from inspections.services.cases import opening
from inspections.services.cases.clocks import set_clocks
from inspections.services.complaints.reading import (
    ComplaintWish,
    fingerprint,
    read_complaint,
)
from inspections.timetable import timetable
from people.models import User

_TAKING = 7_241_003  # the key of the lock under which complaints are taken


@transaction.atomic
def take_complaint(*, id: UUID, sent: dict[str, Any], by: User) -> tuple[Complaint, bool]:
    """The complaint, and whether this sending wrote it: the same again is answered the same.

    `sent` is in canonical form. Raises ComplaintInvalid, ExcludedGround, NotYoursToTake,
    ComplaintEntered, CaseIsEnded, or RecordedDifferently for an id with other content.
    """
    take_turn()
    known = Complaint.objects.filter(pk=id).first()
    if known is not None:
        if known.content_sha256 != fingerprint(sent):
            raise RecordedDifferently
        return known, False
    now = timezone.now()
    wish = read_complaint(sent, by=by, now=now)
    may_take(wish, by)
    if wish.outside_number:
        same = Complaint.objects.filter(channel=wish.channel, outside_number=wish.outside_number)
        if entered := same.values_list("pk", flat=True).first():
            raise ComplaintEntered(complaint=entered)
    return write(id, wish, by=by, now=now), True


def take_turn() -> None:
    """One after the other: of two with one number, the second sees the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TAKING])


def may_take(wish: ComplaintWish, by: User) -> None:
    if not policy.may_take_complaint(by, wish.community.pk):
        raise NotYoursToTake
    if wish.join is not None:
        # It stays as it is until the complaint is written.
        case = Case.objects.select_for_update(no_key=True).get(pk=wish.join.pk)
        if case.ended_at is not None:
            raise CaseIsEnded(case=case.pk)


def write(
    id: UUID,
    wish: ComplaintWish,
    *,
    by: User,
    now: datetime,
    file: str = "",
    line: int | None = None,
) -> Complaint:
    case = wish.join or _opened(id, wish, now)
    complaint = Complaint.objects.create(
        id=id,
        case=case,
        channel=wish.channel,
        outside_number=wish.outside_number,
        community=wish.community,
        estate=wish.estate,
        place=wish.place,
        place_told=wish.place_told,
        text=wish.text,
        received_at=wish.received_at,
        entered_at=now,
        entered_by=by,
        reply_due_at=_reply_due_at(case, wish.received_at, now),
        content_sha256=wish.sha256,
        file=file,
        line=line,
    )
    if wish.photos:
        photos.declare({id: wish.photos}, sender=by, of="complaint")
    if wish.complainant:
        Complainant.objects.create(complaint=complaint, **wish.complainant)
    if wish.join is not None:
        # Written anew, as far as its readers are concerned: it tells how many complained.
        Case.objects.filter(pk=case.pk).update(source=F("source"))
    return complaint


def _opened(id: UUID, wish: ComplaintWish, now: datetime) -> Case:
    estate_middle = wish.estate.geom.point_on_surface if wish.estate and wish.estate.geom else None
    case = Case(
        id=Case.id_of(id),
        source=Source.COMPLAINT,
        community=wish.community,
        estate=wish.estate,
        place=wish.place or estate_middle,
        title=wish.title,
        severity=wish.severity,
        simple=wish.simple,
        reported_at=min(wish.received_at, now),
        opened_at=now,
        step_began_at=now,
    )
    set_clocks(case, (), now)
    opening.insert([case])
    return case


def _reply_due_at(case: Case, received_at: datetime, now: datetime) -> datetime | None:
    """By the limit that holds as it is entered, counted from when it was received."""
    told = timetable()
    matter = Matter(
        kind=case.kind,
        item=case.item,
        severity=case.severity,
        simple=case.simple,
        reported_at=received_at,
        received_at=received_at,
    )
    limit = told.limits.of(Step.REPLY, matter, now)
    return limit.deadline(received_at, told.working).at if limit else None
