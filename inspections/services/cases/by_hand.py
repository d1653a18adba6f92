"""Opening a case by hand: of joint enforcement, of the city's platform, or of what was noted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from shapely.geometry import Point as Shape

from geo import proposing
from geo.models import Community, Estate, ExcludedArea
from geo.srid import WGS84
from inspections import policy
from inspections.errors import CaseInvalid, CaseOpenedDifferently, ExcludedGround, NotYoursToOpen
from inspections.models import Case, Finding, Source
from inspections.services import content
from inspections.services.cases import following, opening
from inspections.services.cases.making import Hand
from inspections.services.fields import BIGGEST_ID, Fields
from inspections.services.kinds import kind_of
from inspections.services.many import each_of
from inspections.services.turns import hold_arrivals
from people.models import User

FIELDS = frozenset(
    {"source", "outside_number", "estate", "place", "title", "severity", "simple", "findings"}
)
SOURCES = (Source.JOINT.value, Source.PLATFORM.value, Source.INSPECTION.value)
MOST_FINDINGS = 100
_LONGEST_TITLE = 200
_LONGEST_NUMBER = 60
_SEVERITIES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class _Wish:
    source: str
    outside_number: str
    community: Community
    estate: Estate | None
    place: Point | None
    title: str
    severity: int
    simple: bool
    findings: Sequence[Finding]


@transaction.atomic
def open_case(*, id: UUID, body: bytes, by: User) -> tuple[Case, bool]:
    """The case, and whether this sending opened it: the same again is answered the same.

    Raises BodyUnreadable, CaseInvalid, ExcludedGround, NotYoursToOpen, or CaseOpenedDifferently
    for an id that another case has.
    """
    # Which findings are of no case stays as it is until these have theirs.
    hold_arrivals(alone=True)
    told, _canonical = content.read(body)
    known = Case.objects.filter(pk=id).first()
    if known is not None:
        asked = (told.get("source"), told.get("outside_number", ""))
        same = asked == (known.source, known.outside_number)
        if not same or not Case.objects.visible_to(by).filter(pk=id).exists():
            raise CaseOpenedDifferently
        return known, False
    wish = _read(told, by)
    if not policy.may_open_case(by, wish.community.pk):
        raise NotYoursToOpen
    now = timezone.now()
    opening.open_cases([_case(id, wish, now)], now)
    if wish.findings:
        ids = [each.pk for each in wish.findings]
        Finding.objects.filter(pk__in=each_of(ids)).update(case=id)
        following.settle(ids, Hand(now))
    return Case.objects.get(pk=id), True


def _case(id: UUID, wish: _Wish, now: datetime) -> Case:
    first = wish.findings[0] if wish.findings else None
    return Case(
        id=id,
        source=wish.source,
        outside_number=wish.outside_number,
        community=wish.community,
        estate=wish.estate,
        asset_id=first.asset_id if first else None,
        kind=first.kind if first else "",
        item=first.item if first else "",
        title=wish.title,
        severity=wish.severity,
        simple=wish.simple,
        place=wish.place,
        reported_at=now,
        opened_at=now,
        step_began_at=now,
    )


def _read(told: dict[str, object], by: User) -> _Wish:
    fields = Fields(told)
    fields.nothing_else(FIELDS)
    source = fields.choice("source", SOURCES, needed=True)
    outside_number = fields.text("outside_number", most=_LONGEST_NUMBER)
    _check_number(fields, source, outside_number)
    findings = _findings(fields, by)
    if source == Source.INSPECTION and not findings and "findings" not in fields.wrong:
        fields.blame("findings", _("Which of what was noted it is about."))
    estate = _estate(fields, findings, by)
    point = fields.point("place")
    community = estate.community if estate else _community(fields, point, by)
    severity = told.get("severity")
    if severity is None and findings:
        severity = min(each.severity for each in findings)
    if type(severity) is not int or severity not in _SEVERITIES:
        fields.blame("severity", _("1, 2 or 3."))
    simple = told.get("simple", False)
    if not isinstance(simple, bool):
        fields.blame("simple", _("Yes or no."))
    title = fields.text("title", most=_LONGEST_TITLE) or _title(findings)
    if not title and "title" not in fields.wrong:
        fields.blame("title", _("Say what it is about."))
    if fields.wrong or community is None:
        raise CaseInvalid(fields=fields.wrong)
    if point and ExcludedArea.objects.current().touching(Shape(point)).exists():
        raise ExcludedGround
    return _Wish(
        source=source,
        outside_number=outside_number,
        community=community,
        estate=estate,
        place=_place(point, findings, estate),
        title=title,
        severity=int(severity),  # type: ignore[call-overload]
        simple=bool(simple),
        findings=findings,
    )


def _check_number(fields: Fields, source: str, number: str) -> None:
    if source == Source.PLATFORM and not number and "outside_number" not in fields.wrong:
        fields.blame("outside_number", _("The platform's number is needed."))
    if number and Case.objects.filter(outside_number=number).exists():
        fields.blame("outside_number", _("A case with this number is known already."))


def _findings(fields: Fields, by: User) -> Sequence[Finding]:
    """Those for note that no case is about yet: any other has a case of its own."""
    told = fields.content.get("findings", [])
    try:
        ids = [UUID(each) for each in told]
    except (TypeError, ValueError, AttributeError):
        ids = []
    if not isinstance(told, list) or len(ids) != len(told) or len(ids) > MOST_FINDINGS:
        fields.blame("findings", _("A list of at most %d findings, by their ids.") % MOST_FINDINGS)
        return ()
    rows = Finding.objects.visible_to(by).in_force().open()
    rows = rows.filter(pk__in=each_of(ids), advisory=True, case=None)
    found = list(rows.select_related("estate", "inspection__kind_version").order_by("pk"))
    if len(found) < len(set(ids)):
        fields.blame("findings", _("Only what was noted, is open, and of no case yet."))
    if len({each.community_id for each in found}) > 1:
        fields.blame("findings", _("Of one community only."))
    return found


def _estate(fields: Fields, findings: Sequence[Finding], by: User) -> Estate | None:
    wanted = fields.whole("estate", most=BIGGEST_ID, needed=False)
    if wanted is None:
        of_all = {each.estate for each in findings}
        return of_all.pop() if len(of_all) == 1 else None
    rows = Estate.objects.visible_to(by).current().select_related("community")
    estate = rows.filter(pk=wanted).first()
    if estate is None:
        fields.blame("estate", _("This estate is not in your area."))
    elif any(each.community_id != estate.community_id for each in findings):
        fields.blame("estate", _("Of one community only."))
    return estate


def _community(fields: Fields, point: tuple[float, float] | None, by: User) -> Community | None:
    if "estate" in fields.wrong or "place" in fields.wrong:
        return None
    if point is None:
        fields.blame("estate", _("An estate or a place is needed."))
        return None
    found = proposing.community_at(Shape(point), Community.objects.current())
    theirs = Community.objects.visible_to(by).current()
    if found is None or not theirs.filter(pk=found.pk).exists():
        fields.blame("place", _("This place is not in your area."))
        return None
    return found


def _place(
    point: tuple[float, float] | None, findings: Sequence[Finding], estate: Estate | None
) -> Point | None:
    if point:
        return Point(*point, srid=WGS84)
    if findings:
        return findings[0].place
    return estate.geom.point_on_surface if estate and estate.geom else None


def _title(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    first = findings[0]
    return kind_of(first.inspection.kind_version).item(first.item).zh[:_LONGEST_TITLE]
