"""Answering a complaint, and reading who made it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections import policy
from inspections.errors import ComplaintAnswered, ComplaintInvalid, NotYoursToTake
from inspections.models import Complainant, ComplainantReading, Complaint
from people.models import User

LONGEST = 4000


@transaction.atomic
def answer_complaint(*, complaint: Complaint, text: object, by: User) -> Complaint:
    """What was said to whoever complained; the same again changes nothing.

    Raises ComplaintAnswered where other words were told before.
    """
    if not policy.may_take_complaint(by, complaint.community_id):
        raise NotYoursToTake
    words = text.strip() if isinstance(text, str) else ""
    if not words or len(words) > LONGEST or "\0" in words:
        raise ComplaintInvalid(fields={"text": _("Words, at most %d characters.") % LONGEST})
    row = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.replied_at is not None:
        if row.reply != words:
            raise ComplaintAnswered
        return row
    row.reply, row.replied_at, row.replied_by = words, timezone.now(), by
    row.save(update_fields=["reply", "replied_at", "replied_by"])
    return row


@transaction.atomic
def read_complainant(*, complaint: Complaint, by: User) -> Complainant | None:
    """Who complained, with every reading noted before it is told: this one too. None where
    nobody was named, or their details were deleted in time."""
    if not policy.may_take_complaint(by, complaint.community_id):
        raise NotYoursToTake
    who = Complainant.objects.filter(complaint=complaint).first()
    if who is not None:
        ComplainantReading.objects.create(complaint=complaint, by=by)
    return who
