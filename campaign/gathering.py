"""What is known of enrolled estates on a day, read in a few statements however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from campaign.creation.evidence import (
    Declared,
    Evidence,
    Failed,
    Fault,
    Filled,
    Form,
    Grade,
    Look,
    Stretch,
)
from campaign.creation.score import Scored, score
from campaign.creation.stages import Stage
from campaign.creation.standard import Rule, in_force
from campaign.creation.standard import Standard as Described
from campaign.creation.walk import Reached, Walk
from campaign.models import DeclaredVeto, Enrolment, Sheet, StageMove, Standard
from inspections import kinds
from inspections.kind.answers import COULD_NOT_CHECK, NOT_APPLICABLE
from inspections.models import CaseSpan, ClosedSpan, Finding, Move
from inspections.overview.asked import end_of
from inspections.workflow import ENDED

# Moves that say that what was put right was not.
FAILING = ("fail_check", "reopen")
# Of each day the newest; or, which is all that a single day needs, the newest of all.
_LOOKS = """
SELECT seen.estate_id, seen.kind, given.key, given.value = %(na)s::jsonb,
       (seen.recorded_at AT TIME ZONE %(zone)s)::date,
       (array_agg(seen.id ORDER BY seen.recorded_at DESC))[1]
  FROM inspections_inspection seen CROSS JOIN LATERAL jsonb_each(seen.answers) given
 WHERE seen.estate_id = ANY(%(estates)s) AND seen.in_force AND seen.recorded_at < %(at)s
   AND given.key = ANY(%(codes)s) AND given.value <> %(unseen)s::jsonb
 GROUP BY 1, 2, 3, 4, 5
"""
_NEWEST = """
SELECT seen.estate_id, seen.kind, given.key, given.value = %(na)s::jsonb,
       (max(seen.recorded_at) AT TIME ZONE %(zone)s)::date,
       (array_agg(seen.id ORDER BY seen.recorded_at DESC))[1]
  FROM inspections_inspection seen CROSS JOIN LATERAL jsonb_each(seen.answers) given
 WHERE seen.estate_id = ANY(%(estates)s) AND seen.in_force AND seen.recorded_at < %(at)s
   AND given.key = ANY(%(codes)s) AND given.value <> %(unseen)s::jsonb
 GROUP BY 1, 2, 3, 4
"""


@dataclass(slots=True)
class Enrolled:
    """An enrolment with what is known of it by a day; `moves` in the order of their days."""

    row: Enrolment
    walk: Walk
    moves: list[StageMove] = field(default_factory=list)
    evidence: Evidence = field(default_factory=Evidence)

    def scored(self, standards: Sequence[Described], day: date) -> Scored | None:
        """By the version of that day; None before there was any."""
        standard = in_force(standards, day)
        return score(standard, self.evidence, day) if standard else None


def standards_by(day: date) -> list[Described]:
    """Every version that holds on that day or held before."""
    return [row.described for row in Standard.objects.holding_by(day)]


def walks_of(rows: Iterable[Enrolment], day: date) -> dict[UUID, tuple[Walk, list[StageMove]]]:
    """One statement."""
    enrolled = {row.pk: row for row in rows}
    moves: dict[UUID, list[StageMove]] = defaultdict(list)
    told = StageMove.objects.filter(enrolment__in=list(enrolled), on__lte=day)
    for each in told.order_by("on", "at", "pk"):
        moves[each.enrolment_id].append(each)
    return {
        pk: (
            Walk(
                (
                    Reached(Stage.LISTED, row.enrolled_on),
                    *(Reached(Stage(move.to), move.on, move.removed) for move in moves[pk]),
                )
            ),
            moves[pk],
        )
        for pk, row in enrolled.items()
    }


def gather(
    rows: Sequence[Enrolment], standards: Sequence[Described], day: date, *, whole: bool = False
) -> list[Enrolled]:
    """In the order of the rows. `whole`: with everything of before, for the days before; else
    what that day's score is made from."""
    walks = walks_of(rows, day)
    enrolled = [Enrolled(row, *walks[row.pk]) for row in rows]
    known = _by_enrolment(enrolled)
    of_estate: dict[int, list[Evidence]] = defaultdict(list)
    for each in enrolled:
        of_estate[each.row.estate_id].append(each.evidence)
    at = min(end_of(day), timezone.now())
    scored = standards if whole else [each for each in (in_force(standards, day),) if each]
    codes = {code for each in scored for code in each.bound_codes}
    _read_looks(of_estate, at, codes, whole=whole)
    vetoing = {code for each in scored for veto in each.vetoes for code in veto.codes}
    danger = any(veto.rule == Rule.DANGER for each in scored for veto in each.vetoes)
    _read_faults(of_estate, at, codes | vetoing, danger=danger, whole=whole)
    _read_failed(of_estate, at, codes)
    _read_sheets(known, day)
    _read_declared(known, day)
    return enrolled


def _by_enrolment(enrolled: Sequence[Enrolled]) -> dict[UUID, Evidence]:
    """Sheets and declared vetoes of an estate that turned out to be one of these are its own, as
    what was seen there is: a fire is no less true for a merge of two rows."""
    of = {(each.row.programme_id, each.row.estate_id): each.evidence for each in enrolled}
    known = {each.row.pk: each.evidence for each in enrolled}
    gone = Enrolment.objects.filter(estate__merged_into__in=[estate for _, estate in of])
    for pk, programme, estate in gone.values_list("pk", "programme", "estate__merged_into"):
        if estate is not None and (programme, estate) in of:
            known[pk] = of[programme, estate]
    return known


def _read_looks(
    of_estate: dict[int, list[Evidence]], at: datetime, codes: Collection[str], *, whole: bool
) -> None:
    of_asset = {kind.slug for kind in kinds.all() if kind.asset is not None}
    told: dict[str, Any] = {
        "na": f'"{NOT_APPLICABLE}"',
        "unseen": f'"{COULD_NOT_CHECK}"',
        "zone": settings.TIME_ZONE,
        "estates": list(of_estate),
        "codes": sorted(codes),
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS if whole else _NEWEST, told)
        for estate, kind, code, na, day, id in cursor:
            look = Look(code, day, not na, kind in of_asset, id)
            for evidence in of_estate[estate]:
                evidence.looks.append(look)


def _read_faults(
    of_estate: dict[int, list[Evidence]],
    at: datetime,
    codes: Collection[str],
    *,
    danger: bool,
    whole: bool,
) -> None:
    """Findings for note (`advisory`) are noted: nothing closes them, and so they cost nothing."""
    rows = Finding.objects.in_force().filter(estate__in=list(of_estate), advisory=False)
    rows = rows.recorded_between(None, at) if whole else rows.open_before(at)
    rows = rows.filter(Q(item__in=codes) | Q(severity=1) if danger else Q(item__in=codes))
    columns = ("pk", "estate", "item", "severity", "recorded_at", "closed_at", "case")
    found = list(rows.values_list(*columns, "case__number"))
    spans: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    closed = ClosedSpan.objects.filter(finding__in=[each[0] for each in found])
    for finding, since, until in closed.order_by("closed_at").values_list(
        "finding", "closed_at", "reopened_at"
    ):
        spans[finding].append((since, until))
    for pk, estate, code, severity, recorded_at, closed_at, case, number in found:
        stretches = _open(recorded_at, spans[pk], closed_at)
        fault = Fault(pk, code, severity, stretches, case, number)
        for evidence in of_estate[estate]:
            evidence.faults.append(fault)


def _open(
    found: datetime, closed: Iterable[tuple[datetime, datetime]], closed_at: datetime | None
) -> tuple[Stretch, ...]:
    """Days at whose ends it was open."""
    stretches, since = [], timezone.localdate(found)
    for began, ended in closed:
        stretches.append(Stretch(since, timezone.localdate(began)))
        since = timezone.localdate(ended)
    stretches.append(Stretch(since, timezone.localdate(closed_at) if closed_at else None))
    return tuple(each for each in stretches if each.until is None or each.since < each.until)


def _read_failed(
    of_estate: dict[int, list[Evidence]], at: datetime, codes: Collection[str]
) -> None:
    made = Move.objects.made().filter(made_at__lt=at)
    failed = made.filter(name__in=FAILING, case__estate__in=list(of_estate), case__item__in=codes)
    told = Q(name__in=FAILING) | Q(state_after__in=[each.value for each in ENDED])
    rows = made.filter(told, case__in=failed.values("case"))
    about: dict[UUID, tuple[int, str, int]] = {}
    so: dict[UUID, list[Stretch]] = defaultdict(list)
    since: dict[UUID, date] = {}
    for case, estate, item, number, name, made_at in rows.order_by("case", "version").values_list(
        "case", "case__estate", "case__item", "case__number", "name", "made_at"
    ):
        day = timezone.localdate(made_at)
        about[case] = estate, item, number
        if name in FAILING:
            since.setdefault(case, day)
        elif case in since:
            so[case].append(Stretch(since.pop(case), day))
    for case, day in since.items():
        so[case].append(Stretch(day, None))
    for case, stretches in so.items():
        estate, item, number = about[case]
        for evidence in of_estate[estate]:
            evidence.failed.append(Failed(case, number, item, tuple(stretches)))


def _read_sheets(known: dict[UUID, Evidence], day: date) -> None:
    rows = Sheet.objects.filter(enrolment__in=list(known), day__lte=day)
    rows = rows.select_related("standard", "sender").defer("content", "standard__description")
    for row in rows.order_by("day", "recorded_at", "pk"):
        grades = {code: Grade(told["grade"]) for code, told in row.answers.items()}
        sheet = Filled(
            row.pk, Form(row.form), row.day, row.standard.version, grades, str(row.sender)
        )
        known[row.enrolment_id].sheets.append(sheet)


def _read_declared(known: dict[UUID, Evidence], day: date) -> None:
    rows = DeclaredVeto.objects.filter(enrolment__in=list(known), since__lte=day)
    for row in rows.select_related("lifted").order_by("since", "at"):
        lifted = getattr(row, "lifted", None)
        told = (lifted.on, row.note, lifted.note) if lifted else (None, row.note)
        known[row.enrolment_id].declared.append(Declared(row.pk, row.code, row.since, *told))


def open_cases(estates: Sequence[int], day: date) -> dict[int, int]:
    """By estate: how many cases of its findings were open at the end of that day."""
    at = min(end_of(day), timezone.now())
    rows = CaseSpan.objects.open_at(at).filter(case__estate__in=estates).exclude(case__kind="")
    told = rows.order_by().values_list("case__estate").annotate(n=Count("pk"))
    return dict(told)
