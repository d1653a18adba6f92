"""What a tablet needs to fill in sheets with no network."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from campaign import policy
from campaign.creation.evidence import Form
from campaign.creation.score import Scored
from campaign.creation.stages import Stage
from campaign.creation.standard import Standard, in_force
from campaign.gathering import Enrolled, gather, standards_by
from campaign.models import Enrolment, Sheet
from people.models import User


@dataclass(frozen=True, slots=True)
class Fillable:
    """`grades`: of every item the one that was given last: grade, note, form and day."""

    enrolled: Enrolled
    scored: Scored | None
    forms: list[Form]
    grades: dict[str, dict[str, Any]]


def for_tablet(user: User, day: date) -> tuple[Standard | None, list[Fillable]]:
    """The standard that holds, and estates that were not announced yet where this person may fill
    in a sheet."""
    rows = Enrolment.objects.visible_to(user).listed_by(day).order_by("estate__name", "pk")
    forms = {
        row: policy.forms_of(user, row.estate.community_id, row.estate.company_id)
        for row in rows.select_related("estate__community", "estate__company", "programme")
    }
    mine = [row for row, several in forms.items() if several]
    standards = standards_by(day)
    grades = _grades(mine, day)
    return in_force(standards, day), [
        Fillable(each, each.scored(standards, day), forms[each.row], grades.get(each.row.pk, {}))
        for each in gather(mine, standards, day)
        if each.walk.stage != Stage.ANNOUNCED
    ]


def _grades(rows: list[Enrolment], day: date) -> dict[UUID, dict[str, dict[str, Any]]]:
    """By enrolment and item."""
    sheets = Sheet.objects.filter(enrolment__in=rows, day__lte=day).defer("content")
    told: dict[UUID, dict[str, dict[str, Any]]] = {}
    for sheet in sheets.order_by("day", "recorded_at", "pk"):
        of = {"form": sheet.form, "day": sheet.day}
        known = told.setdefault(sheet.enrolment_id, {})
        known |= {code: {**answer, **of} for code, answer in sheet.answers.items()}
    return told
