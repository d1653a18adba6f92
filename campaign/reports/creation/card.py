"""Everything about one enrolled estate, as of a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from campaign.creation.history import Turn, history
from campaign.creation.stages import Allowed, Need, lacking, moves_from
from campaign.creation.walk import facts
from campaign.gathering import standards_by
from campaign.models import Enrolment, LiftedVeto, Sheet
from campaign.reports.creation.listing import Listed, listed
from inspections.models import Case


@dataclass(frozen=True, slots=True)
class May:
    move: Allowed
    lacking: list[Need]


@dataclass(frozen=True, slots=True)
class Card:
    listed: Listed
    may: list[May]
    history: list[Turn]
    sheets: list[Sheet]
    # Of cases that are named: who has it in hand, and its deadline.
    cases: dict[UUID, Case]
    lifted: dict[UUID, LiftedVeto]
    few: bool
    rests_on: int


def card(row: Enrolment, day: date) -> Card:
    told, paces, _target = listed([row], row.programme, day, whole=True)
    one = told[0]
    prefetch_related_objects(one.enrolled.moves, "by", "attachments__by")
    may = []
    if one.scored:
        known = facts(one.scored, one.enrolled.walk, one.enrolled.evidence, day, one.open_cases)
        may = [May(move, lacking(move, known)) for move in moves_from(one.stage)]
    turns = history(standards_by(day), one.enrolled.evidence, one.enrolled.walk, day)
    sheets = Sheet.objects.filter(enrolment=row, day__lte=day).select_related("standard", "sender")
    named: set[Any] = {each.case for each in one.missing if each.case}
    cases = Case.objects.filter(pk__in=named).select_related("company", "unit", "community")
    lifted = LiftedVeto.objects.filter(veto__enrolment=row, on__lte=day)
    return Card(
        listed=one,
        may=may,
        history=turns,
        sheets=list(sheets.order_by("-day", "-recorded_at", "pk")),
        cases={each.pk: each for each in cases},
        lifted={each.veto_id: each for each in lifted},
        few=paces.few,
        rests_on=paces.rests_on,
    )
