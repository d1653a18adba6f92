"""An estate comes onto the list of a programme."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import policy
from campaign.errors import (
    AlreadyEnrolled,
    CreationInvalid,
    NotYoursToEnrol,
    PlaceNotFound,
    ProgrammeNotFound,
    TakenOff,
)
from campaign.models import Enrolment, Programme
from campaign.services.creation.asked import lead_units, once
from campaign.services.fields import CampaignFields
from geo.models import Estate
from inspections.services.fields import BIGGEST_ID
from people.models import User

_FIELDS = {"programme", "estate", "person", "enrolled_on"}
_LONGEST_CODE = 60
_LONGEST_NAME = 60


def enrol(*, id: UUID, body: bytes, by: User) -> tuple[Enrolment, bool]:
    """Raises BodyUnreadable, RecordedDifferently, ProgrammeNotFound, NotYoursToEnrol,
    PlaceNotFound, CreationInvalid, AlreadyEnrolled, TakenOff."""
    return once(Enrolment, id, body, by, lambda fields, digest: _enrolled(id, fields, digest, by))


@transaction.atomic
def _enrolled(id: UUID, fields: CampaignFields, digest: str, by: User) -> Enrolment:
    fields.nothing_else(_FIELDS)
    today = timezone.localdate()
    code = fields.needed("programme", most=_LONGEST_CODE)
    pk = fields.whole("estate", most=BIGGEST_ID)
    person = fields.needed("person", most=_LONGEST_NAME)
    enrolled_on = fields.day("enrolled_on")
    if enrolled_on and enrolled_on > today:
        fields.blame("enrolled_on", _("This day has not come yet."))
    if fields.wrong or enrolled_on is None or pk is None:
        raise CreationInvalid(fields=fields.wrong)
    programme = Programme.objects.issued_by(today).filter(code=code).first()
    if programme is None:
        raise ProgrammeNotFound
    if not policy.may_keep_creation(by, lead_units(programme.pk)):
        raise NotYoursToEnrol
    rows = Estate.objects.visible_to(by).current().select_for_update(of=("self",), no_key=True)
    estate = rows.filter(pk=pk).first()
    if estate is None:
        raise PlaceNotFound(place="estate")
    if estate.company_id is None:
        raise CreationInvalid(fields={"estate": _("This estate has no property company.")})
    there = Enrolment.objects.filter(programme=programme, estate=estate)
    if there.removed_by(today).exists():
        raise TakenOff
    if there.exists():
        raise AlreadyEnrolled
    return Enrolment.objects.create(
        id=id,
        programme=programme,
        estate=estate,
        person=person,
        enrolled_on=enrolled_on,
        by=by,
        content_sha256=digest,
    )
