"""What every write of 创建 begins with."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError

from campaign import policy
from campaign.errors import EnrolmentNotFound, NotYoursToEnrol
from campaign.metrics import announced
from campaign.models import Enrolment, Responsibility
from campaign.models.creation import Entered
from campaign.models.programmes import Part
from campaign.services.fields import CampaignFields
from geo.scope import Scope
from inspections.errors import RecordedDifferently, Refusal
from inspections.services import content
from people.models import User

E = TypeVar("E", bound=Entered)


def once(
    model: type[E],
    id: UUID,
    body: bytes,
    by: User,
    write: Callable[[CampaignFields, str], E],
    **where: UUID,
) -> tuple[E, bool]:
    """The row, and whether this sending wrote it: the same again is answered the same. `where`:
    what the address says of it beside the body.

    Raises BodyUnreadable, RecordedDifferently, and what `write` raises.
    """
    sent, canonical = content.read(body)
    digest = sha256(canonical).hexdigest()

    def known() -> E | None:
        row = model._default_manager.filter(pk=id).first()
        asked = {"content_sha256": digest, "by_id": by.pk, **where}
        if row and any(getattr(row, name) != told for name, told in asked.items()):
            raise RecordedDifferently
        return row

    row = known()
    if row:
        return row, False
    try:
        return write(CampaignFields(sent), digest), True
    except (IntegrityError, Refusal):
        # Of two at once, the other was faster: what this one asked for is so by now.
        row = known()
        if row is None:
            raise
        return row, False


def lead_units(programme: int) -> frozenset[int]:
    """Of the action that the announced estates are counted for: it leads 创建."""
    rows = Responsibility.objects.filter(
        action__programme=programme, action__indicators__metric=announced.SLUG, part=Part.LEAD
    )
    return frozenset(rows.exclude(unit=None).values_list("unit", flat=True))


def enrolment_of(id: UUID, scope: Scope, *, lock: bool = False) -> Enrolment:
    """One within that scope. Raises EnrolmentNotFound."""
    rows = Enrolment.objects.visible_in(scope).select_related("programme", "estate__community")
    if lock:
        rows = rows.select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=id).first()
    if row is None:
        raise EnrolmentNotFound
    return row


def kept_by(id: UUID, by: User) -> Enrolment:
    """One whose list this person keeps, locked. Raises EnrolmentNotFound, NotYoursToEnrol."""
    row = enrolment_of(id, by.scope, lock=True)
    if not policy.may_keep_creation(by, lead_units(row.programme_id)):
        raise NotYoursToEnrol
    return row
