"""What a complaint says, and where it belongs: every fault is named at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from django.contrib.gis.geos import Point
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from shapely.geometry import Point as Shape

from geo import proposing
from geo.models import Community, Estate, ExcludedArea
from geo.srid import WGS84
from inspections.errors import ComplaintInvalid, ExcludedGround
from inspections.models import Case, Channel
from inspections.services import content, declared
from inspections.services.fields import Fields
from inspections.services.photos import Named
from people.models import User

FIELDS = frozenset(
    {
        "channel",
        "outside_number",
        "title",
        "text",
        "estate",
        "place",
        "place_told",
        "received_at",
        "severity",
        "simple",
        "complainant",
        "join",
        "photos",
    }
)
COMPLAINANT = frozenset({"name", "phone", "address", "wants_reply"})
# What is read by whoever has the case in hand says nothing of what a resident wrote, unless
# somebody put it into words of their own.
UNTITLED = "居民投诉"
LEAST_SEVERE = 3
_MOST_AHEAD = timedelta(minutes=5)  # clocks differ


@dataclass(frozen=True, slots=True)
class ComplaintWish:
    """A complaint as it is told, its places found in the register. `join`: the case it belongs
    to; without one it opens its own. `photos`: those that the resident sent."""

    channel: str
    outside_number: str
    title: str
    text: str
    community: Community
    estate: Estate | None
    place: Point | None
    place_told: str
    received_at: datetime
    severity: int
    simple: bool
    complainant: dict[str, Any] | None
    join: Case | None
    photos: tuple[Named, ...]
    sha256: str


def canonical(body: bytes) -> dict[str, Any]:
    """Raises BodyUnreadable."""
    sent, _form = content.read(body)
    return canonical_of(sent)


def canonical_of(sent: dict[str, Any]) -> dict[str, Any]:
    """Its moment as an instant in UTC, whatever the offset it was told in."""
    at = content.instant(sent.get("received_at"))
    return sent | ({"received_at": at.isoformat()} if at else {})


def fingerprint(sent: dict[str, Any]) -> str:
    """Equal for equal content. Keyed: a plain hash would tell who complained to whoever tries
    telephone numbers, long after they were deleted."""
    form = orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)
    return salted_hmac("inspections.complaint", form, algorithm="sha256").hexdigest()


def read_complaint(sent: dict[str, Any], *, by: User, now: datetime) -> ComplaintWish:
    """Raises ComplaintInvalid naming every field that is wrong, or ExcludedGround."""
    fields = Fields(sent)
    fields.nothing_else(FIELDS)
    channel = fields.choice("channel", Channel.values, needed=True)
    text = fields.text("text", most=4000)
    if not text and "text" not in fields.wrong:
        fields.blame("text", _("This is needed."))
    estate = _estate(fields, by)
    place = _place(fields)
    community = estate.community if estate else None
    if place is not None and estate is None and "estate" not in sent:
        community, estate = _around(fields, place, by)
    elif estate is None and not fields.wrong.keys() & {"estate", "place"}:
        fields.blame("estate", _("An estate or a place on the map is needed."))
    severity = fields.whole("severity", most=LEAST_SEVERE, needed=False) or LEAST_SEVERE
    received_at = fields.instant("received_at")
    if received_at is not None and received_at > now + _MOST_AHEAD:
        fields.blame("received_at", _("This is still to come."))
    told = {
        "outside_number": fields.text("outside_number", most=60),
        "title": fields.text("title", most=200) or UNTITLED,
        "place_told": fields.text("place_told", most=200),
        "simple": yes_or_no(fields, "simple"),
        "complainant": _complainant(fields),
        "join": _case(fields, by),
        "photos": _photos(fields),
    }
    if fields.wrong or community is None or received_at is None:
        raise ComplaintInvalid(fields=fields.wrong)
    return ComplaintWish(
        channel=channel,
        text=text,
        community=community,
        estate=estate,
        place=place,
        received_at=received_at,
        severity=severity,
        sha256=fingerprint(sent),
        **told,  # type: ignore[arg-type]
    )


def yes_or_no(fields: Fields, name: str, *, unsaid: bool = False) -> bool:
    told = fields.content.get(name, unsaid)
    if not isinstance(told, bool):
        fields.blame(name, _("true or false."))
        return unsaid
    return told


def _estate(fields: Fields, by: User) -> Estate | None:
    wanted = fields.whole("estate", most=2**63 - 1, needed=False)
    if wanted is None:
        return None
    rows = Estate.objects.visible_to(by).select_related("community")
    found = rows.filter(pk=wanted).first()
    while found and found.merged_into_id:
        found = found.merged_into
    if found is None or found.retired_at is not None:
        fields.blame("estate", _("There is no such estate in your area."))
        return None
    return found


def _place(fields: Fields) -> Point | None:
    told = fields.point("place")
    if told is None:
        return None
    if ExcludedArea.objects.current().touching(Shape(told)).exists():
        raise ExcludedGround
    return Point(*told, srid=WGS84)


def _around(fields: Fields, place: Point, by: User) -> tuple[Community | None, Estate | None]:
    """The estate that the place lies in, and the community: else the nearest by its boundary."""
    theirs = Community.objects.visible_to(by).current()
    inside = Estate.objects.visible_to(by).current().filter(geom__intersects=place)
    estate = inside.select_related("community").order_by("pk").first()
    if estate is not None:
        return estate.community, estate
    found = proposing.community_at(Shape(place.coords), Community.objects.current())
    if found is None or not theirs.filter(pk=found.pk).exists():
        fields.blame("place", _("This place lies in no community of yours."))
        return None, None
    return found, None


def _complainant(fields: Fields) -> dict[str, Any] | None:
    told = fields.content.get("complainant")
    if told is None:
        return None
    if not isinstance(told, dict):
        fields.blame("complainant", _("Name, telephone and address are needed here."))
        return None
    within = Fields(told, wrong=fields.wrong, within="complainant.")
    within.nothing_else(COMPLAINANT)
    who = {
        "name": within.text("name", most=60),
        "phone": within.text("phone", most=30),
        "address": within.text("address", most=200),
        "wants_reply": yes_or_no(within, "wants_reply", unsaid=True),
    }
    return who if any((who["name"], who["phone"], who["address"])) else None


def _photos(fields: Fields) -> tuple[Named, ...]:
    photos = declared.read(fields)
    for n, each in enumerate(photos):
        for name, told in (("item", each.item), ("pair", each.pair)):
            if told:
                fields.blame(f"photos.{n}.{name}", _("Not of a photo that a resident sent."))
    return photos


def _case(fields: Fields, by: User) -> Case | None:
    wanted = fields.uuid("join")
    if wanted is None:
        return None
    found = Case.objects.visible_to(by).filter(pk=wanted).first()
    while found and found.joined_to is not None:
        found = found.joined_to
    if found is None:
        fields.blame("join", _("There is no such case in your area."))
    return found
