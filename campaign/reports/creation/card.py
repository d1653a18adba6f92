"""Everything about one enrolled estate, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.utils import timezone

from campaign.creation.history import Turn, history
from campaign.creation.missing import Missing, in_order
from campaign.creation.stages import Allowed, Need, lacking
from campaign.creation.walk import facts
from campaign.gathering import standards_by
from campaign.models import DeclaredVeto, Enrolment, Sheet
from campaign.reports.creation.listing import Listed, listed
from inspections.models import CaseSpan
from inspections.overview.asked import end_of


@dataclass(frozen=True, slots=True)
class May:
    move: Allowed
    lacking: list[Need]


@dataclass(frozen=True, slots=True)
class Card:
    """`missing`: as of the list, each of a case by its own deadline."""

    listed: Listed
    missing: list[Missing]
    may: list[May]
    history: list[Turn]
    sheets: list[Sheet]
    # Of cases that something is missing for: how they stood.
    cases: dict[UUID, CaseSpan]
    # Of vetoes that somebody declared.
    declared: dict[UUID, DeclaredVeto]
    few: bool
    rests_on: int


def card(row: Enrolment, day: date) -> Card:
    told, paces, _target = listed([row], row.programme, day, whole=True)
    one = told[0]
    prefetch_related_objects(one.enrolled.moves, "by", "attachments__by")
    may = []
    if one.scored:
        known = facts(one.scored, one.enrolled.walk, one.enrolled.evidence, day, one.open_cases)
        may = [May(move, lacking(move, known)) for move in one.enrolled.walk.moves()]
    turns = history(standards_by(day), one.enrolled.evidence, one.enrolled.walk, day)
    sheets = Sheet.objects.about(row).filter(day__lte=day).select_related("standard", "sender")
    cases = _cases({each.case for each in one.missing if each.case}, day)
    declared = DeclaredVeto.objects.about(row).filter(since__lte=day)
    return Card(
        listed=one,
        missing=in_order(_by_its_deadline(each, cases) for each in one.missing),
        may=may,
        history=turns,
        sheets=list(sheets.order_by("-day", "-recorded_at", "pk")),
        cases=cases,
        declared={each.pk: each for each in declared.select_related("by", "attachment__by")},
        few=paces.few,
        rests_on=paces.rests_on,
    )


def _cases(ids: Iterable[UUID], day: date) -> dict[UUID, CaseSpan]:
    """As each stood at the end of that day: what was settled later is not yet so."""
    rows = CaseSpan.objects.open_at(min(end_of(day), timezone.now())).filter(case__in=list(ids))
    told = rows.select_related("company", "case__unit", "case__community")
    return {each.case_id: each for each in told}


def _by_its_deadline(lack: Missing, cases: dict[UUID, CaseSpan]) -> Missing:
    span = cases.get(lack.case) if lack.case else None
    return replace(lack, by=timezone.localdate(span.due_at)) if span and span.due_at else lack
