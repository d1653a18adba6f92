"""Score sheets as tablets send them: an entry like an inspection, and kept when it is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import policy
from campaign.creation.evidence import Form, Grade
from campaign.creation.standard import Item
from campaign.errors import CreationInvalid, NotYoursToFill, StandardNotFound
from campaign.models import Sheet, Standard
from campaign.services.creation.asked import enrolment_of
from campaign.services.fields import CampaignFields
from inspections.policy import scope_of_record
from inspections.services.entry_types import EntryType
from inspections.services.fields import BIGGEST_NUMBER, Fields
from inspections.services.many import each_of
from inspections.services.outcomes import Known, Outcomes, Taken, each
from inspections.services.sent import Sent
from people.models import User

SHEET = "sheet"
_FIELDS = {
    "enrolment",
    "form",
    "day",
    "standard",
    "answers",
    "recorded_at",
    "device",
    "number",
}
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What the server holds of a sheet."""

    id: UUID
    enrolment: UUID
    form: str
    day: date
    standard: str


def known(ids: Iterable[UUID]) -> dict[UUID, Known]:
    rows = Sheet.objects.filter(pk__in=each_of(ids)).select_related("standard")
    return {row.pk: Known(_told(row), row.sender_id, row.content_sha256) for row in rows}


def fill(sent: dict[UUID, Sent], *, sender: User, now: datetime) -> Outcomes:
    """What became of each. Within a transaction."""
    outcomes: Outcomes = {}
    rows = each(sent, lambda one: _filled(one, sender, now), outcomes)
    return outcomes | {id: Taken(_told(row), now=True) for id, row in rows.items()}


def own(sender: User) -> QuerySet[Any]:
    return Sheet.objects.filter(sender=sender)


TYPE = EntryType(SHEET, known, fill, own)


def _filled(one: Sent, sender: User, now: datetime) -> Sheet:
    """Raises BodyUnreadable, CreationInvalid, EnrolmentNotFound, StandardNotFound,
    NotYoursToFill."""
    fields = CampaignFields(one.content)
    fields.nothing_else(_FIELDS)
    enrolment = fields.uuid("enrolment", needed=True)
    form = fields.choice("form", [each.value for each in Form], needed=True)
    day = fields.day("day")
    version = fields.needed("standard", most=20)
    told_at = fields.instant("recorded_at", needed=False)
    fields.uuid("device")
    fields.whole("number", most=BIGGEST_NUMBER, needed=False)
    if day and day > timezone.localdate():
        fields.blame("day", _("This day has not come yet."))
    if fields.wrong or enrolment is None or day is None:
        raise CreationInvalid(fields=fields.wrong)
    recorded_at = told_at or now
    # A tablet may have been away for long: who was moved meanwhile loses nothing.
    row = enrolment_of(enrolment, scope_of_record(sender, recorded_at))
    estate = row.estate
    if not policy.may_fill(sender, Form(form), estate.community_id, estate.company_id, recorded_at):
        raise NotYoursToFill
    if day < row.enrolled_on:
        fields.blame("day", _("The estate was not on the list yet."))
    standard = Standard.objects.filter(version=version).first()
    if standard is None:
        raise StandardNotFound
    answers = _answers(fields, standard.described.graded)
    if fields.wrong:
        raise CreationInvalid(fields=fields.wrong)
    return Sheet.objects.create(
        id=one.id,
        enrolment=row,
        form=form,
        day=day,
        standard=standard,
        answers=answers,
        sender=sender,
        recorded_at=recorded_at,
        received_at=now,
        content=one.content,
        content_sha256=one.sha256,
        device=one.device,
        number=one.number,
    )


def _answers(fields: CampaignFields, asked: dict[str, Item]) -> dict[str, dict[str, str]]:
    """As told: what is left out was not graded. What is wrong stands in the fields."""
    told = fields.content.get("answers")
    if not isinstance(told, dict) or not told:
        fields.blame("answers", _("Grade at least one item."))
        return {}
    answers = {}
    for code, answer in told.items():
        item = asked.get(code)
        inner = Fields(answer if isinstance(answer, dict) else {}, fields.wrong, f"answers.{code}.")
        if item is None:
            inner.blame("grade", _("Sheets of this version do not ask this."))
            continue
        inner.nothing_else({"grade", "note"})
        grade = inner.choice("grade", [each.value for each in Grade], needed=True)
        if grade == Grade.NA and not item.may_not_apply:
            inner.blame("grade", _("This applies to every estate."))
        answers[code] = {"grade": grade, "note": inner.text("note", most=_LONGEST_NOTE)}
    return answers


def _told(row: Sheet) -> FilledIn:
    return FilledIn(row.pk, row.enrolment_id, row.form, row.day, row.standard.version)
