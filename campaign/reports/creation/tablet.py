"""What a tablet needs to fill in sheets with no network."""

from datetime import date
from typing import Any

from campaign import policy
from campaign.creation.evidence import Form
from campaign.creation.stages import Stage
from campaign.creation.standard import Standard, in_force
from campaign.gathering import gather, standards_by
from campaign.models import Enrolment, Sheet
from people.models import User


def for_tablet(user: User, day: date) -> dict[str, Any]:
    """Estates that are on their way, where this person may fill in a sheet; with the last grade
    of every item, and the versions of the standard that hold, or were filled by."""
    rows = Enrolment.objects.visible_to(user).listed_by(day)
    rows = rows.select_related("estate__community", "estate__company", "programme")
    forms = {row.pk: _forms(user, row) for row in rows}
    mine = [row for row in rows.order_by("estate__name", "pk") if forms[row.pk]]
    standards = standards_by(day)
    holding = in_force(standards, day)
    grades = _grades(mine, day)
    told = []
    for each in gather(mine, standards, day):
        if each.walk.stage == Stage.ANNOUNCED:
            continue
        scored = each.scored(standards, day)
        score = scored.score if scored else None
        estate = each.row.estate
        community, company = estate.community, estate.company
        told.append(
            {
                "id": str(each.row.pk),
                "estate": {"id": estate.pk, "name": estate.name},
                "community": {
                    "id": community.pk,
                    "zh": community.name,
                    "en": community.name_en or community.name,
                },
                "company": company and {"id": company.pk, "name": company.name},
                "programme": each.row.programme.code,
                "stage": each.walk.stage.value,
                "score": None if score is None else float(score),
                "standard": holding.version if holding else None,
                "forms": forms[each.row.pk],
                "grades": grades.get(each.row.pk, {}),
            }
        )
    return {
        "standards": [described(holding)] if holding else [],
        "enrolments": told,
    }


def _forms(user: User, row: Enrolment) -> list[str]:
    estate = row.estate
    return [
        form.value
        for form in Form
        if policy.may_fill(user, form, estate.community_id, estate.company_id)
    ]


def _grades(rows: list[Enrolment], day: date) -> dict[Any, dict[str, Any]]:
    """By enrolment and item the grade that was given last."""
    sheets = Sheet.objects.filter(enrolment__in=rows, day__lte=day).defer("content")
    told: dict[Any, dict[str, Any]] = {}
    for sheet in sheets.order_by("day", "recorded_at", "pk"):
        for code, answer in sheet.answers.items():
            told.setdefault(sheet.enrolment_id, {})[code] = {
                **answer,
                "form": sheet.form,
                "day": sheet.day,
            }
    return told


def described(standard: Standard) -> dict[str, Any]:
    return {
        "version": standard.version,
        "zh": standard.zh,
        "en": standard.en,
        "holds_from": standard.holds_from,
        "pass_mark": float(standard.pass_mark),
        "categories": [
            {
                "code": category.code,
                "zh": category.zh,
                "en": category.en,
                "items": [
                    {
                        "code": item.code,
                        "zh": item.zh,
                        "en": item.en,
                        "points": float(item.points),
                        "sheet": not item.codes,
                        "codes": list(item.codes),
                        "lasts_days": item.lasts_days,
                        "may_not_apply": item.may_not_apply,
                        "evidence_zh": item.evidence_zh,
                        "evidence_en": item.evidence_en,
                    }
                    for item in category.items
                ],
            }
            for category in standard.categories
        ],
    }
