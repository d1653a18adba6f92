"""Entering what was measured, once and for good."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign import policy
from campaign.errors import (
    IndicatorDerived,
    IndicatorNotFound,
    NotYoursToEnter,
    PlaceNotFound,
    ValueEnteredDifferently,
    ValueInvalid,
)
from campaign.metrics import METRICS
from campaign.models import Indicator, Value
from campaign.services.fields import CampaignFields
from campaign.standing import PERCENT, Level, Recurrence
from geo.models import Community, Estate, PropertyCompany
from inspections.services import content
from inspections.services.fields import BIGGEST_ID
from people.models import User

LONGEST_SOURCE = 200
_PLACES = ("community", "estate", "company")
_FIELDS = {
    "indicator",
    "numerator",
    "denominator",
    "measured_on",
    "period",
    "source",
    "attachment",
    *_PLACES,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Of what a value is: nothing named is the whole subdistrict. `lies_in`: communities, None
    where it is all of them."""

    community: Community | None = None
    estate: Estate | None = None
    company: PropertyCompany | None = None
    lies_in: frozenset[int] | None = None

    @property
    def level(self) -> Level:
        if self.company:
            return Level.COMPANY
        if self.estate:
            return Level.ESTATE
        return Level.COMMUNITY if self.community else Level.SUBDISTRICT


def enter_value(*, id: UUID, body: bytes, by: User) -> tuple[Value, bool]:
    """The value, and whether this sending wrote it: the same again is answered the same.

    Raises BodyUnreadable, NotYoursToEnter, IndicatorNotFound, PlaceNotFound, IndicatorDerived,
    ValueInvalid; ValueEnteredDifferently where the id stands for something else.
    """
    sent, canonical = content.read(body)
    digest = sha256(canonical).hexdigest()
    known = _known(id, digest, by)
    if known:
        return known, False
    try:
        return _entered(id, sent, digest, by), True
    except IntegrityError:
        # Of two at once, the other was faster.
        known = _known(id, digest, by)
        if known is None:
            raise
        return known, False


def _known(id: UUID, digest: str, by: User) -> Value | None:
    known = Value.objects.filter(pk=id).first()
    if known and (known.content_sha256 != digest or known.by_id != by.pk):
        raise ValueEnteredDifferently
    return known


@transaction.atomic
def _entered(id: UUID, sent: dict[str, Any], digest: str, by: User) -> Value:
    if not policy.may_enter_somewhere(by):
        raise NotYoursToEnter
    fields = CampaignFields(sent)
    fields.nothing_else(_FIELDS)
    indicator = _indicator(fields)
    place = place_of(fields, by)
    if not policy.may_enter(by, indicator, place.lies_in):
        raise NotYoursToEnter
    if indicator.metric in METRICS:
        raise IndicatorDerived
    columns = _columns(fields, indicator, place)
    columns["attachment"] = fields.attachment("attachment", by)
    if fields.wrong:
        raise ValueInvalid(fields=fields.wrong)
    return Value.objects.create(
        id=id,
        indicator=indicator,
        community=place.community,
        estate=place.estate,
        company=place.company,
        by=by,
        content_sha256=digest,
        **columns,
    )


def _indicator(fields: CampaignFields) -> Indicator:
    """Raises IndicatorNotFound, ValueInvalid."""
    pk = fields.whole("indicator", most=BIGGEST_ID)
    if pk is None:
        raise ValueInvalid(fields=fields.wrong)
    rows = Indicator.objects.asked_on(timezone.localdate()).select_related("action__programme")
    indicator = rows.prefetch_related("action__responsibilities").filter(pk=pk).first()
    if indicator is None:
        raise IndicatorNotFound
    return indicator


def place_of(fields: CampaignFields, by: User) -> Place:
    """Raises PlaceNotFound, ValueInvalid."""
    told = [name for name in _PLACES if fields.content.get(name) is not None]
    if len(told) > 1:
        for name in told:
            fields.blame(name, _("One place: a community, an estate or a company."))
        raise ValueInvalid(fields=fields.wrong)
    if not told:
        return Place()
    name = told[0]
    pk = fields.whole(name, most=BIGGEST_ID)
    if pk is None:
        raise ValueInvalid(fields=fields.wrong)
    place = _FINDING[name](pk, by)
    if place is None:
        raise PlaceNotFound(place=name)
    return place


def _community(pk: int, by: User) -> Place | None:
    row = Community.objects.visible_to(by).current().filter(pk=pk).first()
    return Place(community=row, lies_in=frozenset({row.pk})) if row else None


def _estate(pk: int, by: User) -> Place | None:
    # It does not move while this is written.
    rows = Estate.objects.visible_to(by).current().select_related("community")
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        return None
    return Place(community=row.community, estate=row, lies_in=frozenset({row.community_id}))


def _company(pk: int, by: User) -> Place | None:
    row = PropertyCompany.objects.visible_to(by).filter(pk=pk, retired_at=None).first()
    if row is None:
        return None
    estates = Estate.objects.current().filter(company=row).order_by()
    return Place(company=row, lies_in=frozenset(estates.values_list("community", flat=True)))


_FINDING = {"community": _community, "estate": _estate, "company": _company}


def _columns(fields: CampaignFields, indicator: Indicator, place: Place) -> dict[str, Any]:
    """What is wrong stands in the fields."""
    finer = indicator.level == Level.SUBDISTRICT and place.level == Level.COMMUNITY
    if place.level != indicator.level and not finer:
        asked = indicator.get_level_display()
        fields.blame("indicator", _("This is asked of each: %s.") % asked)
    columns = _number(fields, rate=indicator.unit == PERCENT)
    columns |= _times(fields, monthly=indicator.recurrence == Recurrence.MONTHLY)
    columns["source"] = fields.text("source", most=LONGEST_SOURCE)
    if not columns["source"] and "source" not in fields.wrong:
        fields.blame("source", _("This is needed."))
    return columns


def _number(fields: CampaignFields, *, rate: bool) -> dict[str, Any]:
    n, of = fields.amount("numerator"), fields.amount("denominator")
    if n is None and "numerator" not in fields.wrong:
        fields.blame("numerator", _("This is needed."))
    if rate and of is None and "denominator" not in fields.wrong:
        fields.blame("denominator", _("This is needed."))
    if not rate and of is not None:
        fields.blame("denominator", _("This is a count: it is of nothing."))
    if n is not None and of is not None and n > of:
        fields.blame("numerator", _("More than there are."))
    return {"numerator": n, "denominator": of}


def _times(fields: CampaignFields, *, monthly: bool) -> dict[str, Any]:
    measured_on = fields.day("measured_on")
    if measured_on and measured_on > timezone.localdate():
        fields.blame("measured_on", _("This day has not come yet."))
    told = fields.content.get("period") is not None
    if told and not monthly:
        fields.blame("period", _("This is not asked by month."))
        return {"measured_on": measured_on, "period": None}
    period = fields.month("period") if told else None
    if monthly and not told and measured_on:
        period = measured_on.replace(day=1)
    if period and measured_on and period > measured_on:
        fields.blame("period", _("This month had not begun on that day."))
    return {"measured_on": measured_on, "period": period}
