"""Vetoes that somebody declares, and lifts."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign.creation.standard import Rule
from campaign.errors import CreationInvalid, VetoLiftedDifferently, VetoNotFound
from campaign.gathering import standards_by
from campaign.models import DeclaredVeto, LiftedVeto
from campaign.services.creation.asked import kept_by, once
from campaign.services.fields import CampaignFields
from inspections.services import content
from people.models import User

_LONGEST = 500


def declare(*, enrolment: UUID, id: UUID, body: bytes, by: User) -> tuple[DeclaredVeto, bool]:
    """Raises BodyUnreadable, RecordedDifferently, EnrolmentNotFound, NotYoursToEnrol,
    CreationInvalid."""

    @transaction.atomic
    def write(fields: CampaignFields, digest: str) -> DeclaredVeto:
        row = kept_by(enrolment, by)
        fields.nothing_else({"code", "since", "note", "attachment"})
        today = timezone.localdate()
        known = {
            veto.code
            for standard in standards_by(today)
            for veto in standard.vetoes
            if veto.rule == Rule.DECLARED
        }
        code = fields.choice("code", sorted(known), needed=True)
        since = fields.day("since")
        if since and since > today:
            fields.blame("since", _("This day has not come yet."))
        note = fields.needed("note", most=_LONGEST)
        attachment = fields.attachment("attachment", by)
        if fields.wrong or since is None:
            raise CreationInvalid(fields=fields.wrong)
        return DeclaredVeto.objects.create(
            id=id,
            enrolment=row,
            code=code,
            since=since,
            note=note,
            attachment=attachment,
            by=by,
            content_sha256=digest,
        )

    return once(DeclaredVeto, id, body, by, write, enrolment_id=enrolment)


@transaction.atomic
def lift(*, enrolment: UUID, veto: UUID, body: bytes, by: User) -> tuple[LiftedVeto, bool]:
    """Raises BodyUnreadable, EnrolmentNotFound, NotYoursToEnrol, VetoNotFound, CreationInvalid,
    VetoLiftedDifferently."""
    row = kept_by(enrolment, by)
    declared = DeclaredVeto.objects.about(row).filter(pk=veto).first()
    if declared is None:
        raise VetoNotFound
    fields = CampaignFields(content.read(body)[0])
    fields.nothing_else({"on", "note"})
    on = fields.day("on")
    note = fields.needed("note", most=_LONGEST)
    if on and on > timezone.localdate():
        fields.blame("on", _("This day has not come yet."))
    if on and on < declared.since:
        fields.blame("on", _("It had not begun on that day."))
    if fields.wrong or on is None:
        raise CreationInvalid(fields=fields.wrong)
    known = LiftedVeto.objects.filter(veto=declared).first()
    if known is None:
        return LiftedVeto.objects.create(veto=declared, on=on, note=note, by=by), True
    if (known.on, known.note) != (on, note):
        raise VetoLiftedDifferently
    return known, False
