"""What a paper is about: its cases, what was found, whose it is, read at one moment."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from geo.models import Community, Estate, Office, PropertyCompany
from geo.placing import Asked, place
from inspections.models import Case, Finding, Handler, Move, Paper, PaperKind, Photo
from inspections.services.evidence.masks import shared_copies
from inspections.services.kinds import kind_of
from inspections.services.papers import findings
from inspections.services.placing import facts_of

T = TypeVar("T")

# What was told by the last look at it, whoever looked.
_CHECKS = {"pass_check": "passed", "close": "passed", "fail_check": "failed", "reopen": "failed"}


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as it may be given away: its picture, the hash of its original, its time."""

    id: UUID
    file: str
    sha256: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the list 隐患清单: a finding, or a case that has none.

    `result`: of the last check, "passed", "failed" or "". `waiting`: photos of which no picture
    is made yet.
    """

    id: UUID
    case: UUID
    place: str
    what: str
    code: str
    severity: int
    found_at: datetime
    basis: str = ""
    case_number: int = 0
    title: str = ""
    due: date | None = None
    shots: tuple[Shot, ...] = ()
    after: tuple[Shot, ...] = ()
    result: str = ""
    checked_at: datetime | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Addressee:
    name: str = ""
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """`community`, `estate` and `company` where all cases have the same one."""

    issuer: str
    demonstration: bool
    cases: tuple[Case, ...] = ()
    faults: tuple[Fault, ...] = ()
    community: Community | None = None
    estate: Estate | None = None
    company: PropertyCompany | None = None
    addressee: Addressee = Addressee()
    one_addressee: bool = True
    inspectors: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def here(self) -> str:
        """How the office calls itself in the text."""
        return "街道" if self.issuer.endswith("街道办事处") else "单位"

    @property
    def communities(self) -> set[int]:
        return {each.community_id for each in self.cases}

    @property
    def shots(self) -> list[Shot]:
        return [shot for fault in self.faults for shot in (*fault.shots, *fault.after)]


def issuer() -> str:
    """Who a paper is from: a subdistrict's office signs with its whole name."""
    name = Office.current_name()
    return f"{name}办事处" if name.endswith("街道") else name


def matter_of(cases: Sequence[Case], *, with_checks: bool = False) -> Matter:
    """Within a transaction, so that all of it is of one moment. `with_checks`: with what was seen
    when it was looked at again, and its photos."""
    together = _together(cases)
    found = _findings(together)
    checks = _checks(together) if with_checks else {}
    companies, units = [_company(each) for each in together], [each.unit for each in together]
    company, unit = _same(companies), _same(units)
    pictures = _Pictures(found, checks.values())
    faults = {case.pk: [_bare(case)] for case in together}
    for finding, fault in zip(found, _faults(found, pictures), strict=True):
        case = next(each for each in together if each.pk == finding.case_id)
        told = replace(fault, case_number=case.number, title=case.title, due=_due(case))
        faults[case.pk] = [*(each for each in faults[case.pk] if each.id != case.pk), told]
    for id, check in checks.items():
        first, *others = [_checked(each, check) for each in faults[id]]
        faults[id] = [replace(first, after=pictures.of_check(check)), *others]
    return Matter(
        issuer=issuer(),
        demonstration=Office.is_demonstration(),
        cases=tuple(together),
        faults=tuple(fault for case in together for fault in faults[case.pk]),
        community=_same([each.community for each in together]),
        estate=_same([each.estate for each in together]),
        company=company,
        addressee=(
            Addressee(company.name, company.credit_code)
            if company
            else Addressee(unit.name if unit else "")
        ),
        one_addressee=len({*companies}) == 1 and len({*units}) == 1,
        inspectors=_inspectors(found),
        notices=_notices(together) if with_checks else (),
    )


def office_matter(community: Community | None) -> Matter:
    """Of no case: of a community, or of the whole office."""
    return Matter(issuer(), Office.is_demonstration(), community=community)


def _together(cases: Sequence[Case]) -> list[Case]:
    rows = Case.objects.filter(pk__in=[each.pk for each in cases])
    rows = rows.select_related("community", "estate__company", "company", "unit", "asset")
    return list(rows.order_by("number"))


def _findings(cases: Sequence[Case]) -> list[Finding]:
    """Those in force; what was only seen again says nothing new."""
    rows = Finding.objects.filter(case__in=cases, in_force=True).select_related(
        "inspection__kind_version",
        "inspection__building",
        "inspection__inspector",
        "asset",
        "estate",
    )
    return list(rows.order_by("recorded_at", "item", "pk"))


def _checks(cases: Sequence[Case]) -> dict[UUID, Move]:
    rows = Move.objects.made().filter(case__in=cases, name__in=_CHECKS)
    return {each.case_id: each for each in rows.order_by("version")}


class _Pictures:
    """What may be given away of the photos; the newest masked copy where there is one."""

    def __init__(self, found: Iterable[Finding], checks: Iterable[Move]) -> None:
        self._by_record: dict[UUID, list[Photo]] = defaultdict(list)
        self._by_move: dict[UUID, list[Photo]] = defaultdict(list)
        named = Photo.objects.filter(declared_at__isnull=False).order_by("taken_at", "pk")
        for photo in named.filter(inspection__in={each.inspection_id for each in found}):
            self._by_record[photo.entry].append(photo)
        for photo in named.filter(move__in=[each.pk for each in checks]):
            self._by_move[photo.entry].append(photo)
        every = [*self._by_record.values(), *self._by_move.values()]
        self._files = shared_copies(photo for photos in every for photo in photos)

    def of_finding(self, finding: Finding) -> tuple[tuple[Shot, ...], int]:
        """Its own, or where it has none those of the whole record; and how many are not made."""
        of_record = self._by_record[finding.inspection_id]
        own = [each for each in of_record if each.item == finding.item]
        return self._shots(own or [each for each in of_record if not each.item])

    def of_check(self, check: Move) -> tuple[Shot, ...]:
        return self._shots(self._by_move[check.pk])[0]

    def _shots(self, photos: list[Photo]) -> tuple[tuple[Shot, ...], int]:
        made = [each for each in photos if each.pk in self._files]
        shots = (Shot(each.pk, self._files[each.pk], each.sha256, each.taken_at) for each in made)
        return tuple(shots), len(photos) - len(made)


def _faults(found: Sequence[Finding], pictures: _Pictures) -> list[Fault]:
    asked = [Asked(each.estate_id, each.asset_id) for each in found]
    told = []
    for finding, where in zip(found, place(asked, Estate.objects.all()), strict=True):
        record = finding.inspection
        said = findings.told(
            kind_of(record.kind_version),
            finding.item,
            record.answers,
            facts_of(where) if where else {},
        )
        shots, waiting = pictures.of_finding(finding)
        told.append(
            Fault(
                id=finding.pk,
                case=finding.case_id or finding.pk,
                place=_place(finding),
                what=said.what,
                code=finding.item,
                basis=said.basis,
                severity=finding.severity,
                found_at=finding.recorded_at,
                shots=shots,
                waiting=waiting,
            )
        )
    return told


def _checked(fault: Fault, check: Move) -> Fault:
    return replace(fault, result=_CHECKS[check.name], checked_at=check.made_at)


def _bare(case: Case) -> Fault:
    """Of what came by another way: the matter as the office has put it, never a complaint's own
    words."""
    return Fault(
        id=case.pk,
        case=case.pk,
        case_number=case.number,
        title=case.title,
        place=_line(case.estate, case.asset),
        what=case.title,
        code=case.item,
        severity=case.severity,
        found_at=case.reported_at,
        due=_due(case),
    )


def _company(case: Case) -> PropertyCompany | None:
    """That has it in hand, or that manages the estate; a unit's or a community's case has none."""
    if case.handler in {Handler.UNIT, Handler.COMMUNITY}:
        return None
    return case.company or (case.estate.company if case.estate else None)


def _same(told: Iterable[T | None]) -> T | None:
    every = list(told)
    return every[0] if every and all(each == every[0] for each in every) else None


def _notices(cases: Sequence[Case]) -> tuple[str, ...]:
    """The numbers of those that were sent about these cases and stand."""
    rows = Paper.objects.in_force().filter(kind=PaperKind.NOTICE, cases__in=cases)
    return tuple(
        str(each) for each in rows.select_related("series").distinct().order_by("issued_at")
    )


def _inspectors(found: Iterable[Finding]) -> tuple[str, ...]:
    """Who found most first."""
    seen = Counter(str(each.inspection.inspector) for each in found)
    return tuple(name for name, _ in seen.most_common())


def _place(finding: Finding) -> str:
    record = finding.inspection
    building = record.building.number if record.building else ""
    return _line(finding.estate, building, record.floor, record.zone, finding.asset)


def _line(*parts: Any) -> str:
    return " ".join(str(each) for each in parts if each)


def _due(case: Case) -> date | None:
    return timezone.localdate(case.due_at) if case.due_at else None
