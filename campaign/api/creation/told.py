"""Rows of 创建 as the API tells them."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from campaign.api.told import attachment, number
from campaign.creation.evidence import Grade
from campaign.creation.forecast import Spread
from campaign.creation.history import FORMS
from campaign.creation.missing import WHOM, Missing
from campaign.creation.score import ItemScore, Vetoed, What, Why, of_sheet
from campaign.creation.stages import BROUGHT, PROGRESS, TITLES, WORDS, Stage, words_of
from campaign.creation.standard import Item, Rule, Standard
from campaign.models import DeclaredVeto, Enrolment, Sheet, StageMove, Target
from campaign.reports.creation.card import Card, May
from campaign.reports.creation.listing import Listed
from campaign.reports.creation.tablet import Fillable
from inspections import kinds
from inspections.models import CaseSpan
from inspections.models.cases import Handler


def goal(row: Target | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"op": row.op or None, "number": number(row.number), "deadline": row.deadline}


def spread(told: Spread) -> dict[str, Any]:
    return {"low": told.low, "likely": told.likely, "high": told.high}


def points(told: Fraction | None) -> float | None:
    return None if told is None else round(float(told), 2)


def enrolment(each: Listed) -> dict[str, Any]:
    row, scored = each.enrolled.row, each.scored
    return {
        **_place(row),
        "person": row.person,
        "enrolled_on": row.enrolled_on,
        **stage(each.stage),
        "stage_since": each.enrolled.walk.last.on,
        "progress": PROGRESS[each.stage],
        "score": points(scored.score) if scored else None,
        "veto": bool(scored and scored.vetoes),
        "passes": each.passes,
        "missing": len(each.missing),
        "forecast": spread(each.spread),
    }


def removed(row: Enrolment) -> dict[str, Any]:
    """One of `removed_by`."""
    on, reason = row.removed_on, row.removed_why  # type: ignore[attr-defined]
    estate = {"id": row.estate_id, "name": row.estate.name}
    return {"id": str(row.pk), "estate": estate, "on": on, "reason": reason}


def _place(row: Enrolment) -> dict[str, Any]:
    estate = row.estate
    community, company = estate.community, estate.company
    return {
        "id": str(row.pk),
        "estate": {"id": estate.pk, "name": estate.name},
        "community": {
            "id": community.pk,
            "zh": community.name,
            "en": community.name_en or community.name,
        },
        "company": company and {"id": company.pk, "name": company.name},
    }


def tablet(standard: Standard | None, several: list[Fillable]) -> dict[str, Any]:
    return {
        "standards": [_standard(standard)] if standard else [],
        "enrolments": [
            {
                **_place(each.enrolled.row),
                "programme": each.enrolled.row.programme.code,
                "stage": each.enrolled.walk.stage.value,
                "score": points(each.scored.score) if each.scored else None,
                "standard": standard.version if standard else None,
                "forms": each.forms,
                "grades": each.grades,
            }
            for each in several
        ],
    }


def _standard(told: Standard) -> dict[str, Any]:
    return {
        "version": told.version,
        "zh": told.zh,
        "en": told.en,
        "holds_from": told.holds_from,
        "pass_mark": points(told.pass_mark),
        "categories": [
            {
                "code": category.code,
                "zh": category.zh,
                "en": category.en,
                "items": [_asked(item) for item in category.items],
            }
            for category in told.categories
        ],
    }


def _asked(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "zh": item.zh,
        "en": item.en,
        "points": points(item.points),
        "sheet": not item.codes,
        "codes": list(item.codes),
        "lasts_days": item.lasts_days,
        "may_not_apply": item.may_not_apply,
        "evidence_zh": item.evidence_zh,
        "evidence_en": item.evidence_en,
    }


def stage(at: Stage) -> dict[str, Any]:
    zh, en = TITLES[at]
    return {"stage": at.value, "stage_zh": zh, "stage_en": en}


def card(told: Card) -> dict[str, Any]:
    each = told.listed
    scored = each.scored
    by_item = {one.item.code: one for one in scored.items} if scored else {}
    categories = scored.standard.categories if scored else ()
    return {
        **enrolment(each),
        "programme": each.enrolled.row.programme.code,
        "rests_on": told.rests_on,
        "few": told.few,
        "open_cases": each.open_cases,
        "version": scored.standard.version if scored else None,
        "pass_mark": points(scored.standard.pass_mark) if scored else None,
        "earned": points(scored.earned) if scored else None,
        "applicable": points(scored.applicable) if scored else None,
        "categories": [
            {
                "code": category.code,
                "zh": category.zh,
                "en": category.en,
                "weight": points(category.weight),
                "earned": points(sum((one.earned for one in items), Fraction())),
                "applicable": points(sum((one.applicable for one in items), Fraction())),
                "items": [_item(one) for one in items],
            }
            for category in categories
            for items in [[by_item[item.code] for item in category.items]]
        ],
        "vetoes": [_veto(one, told) for one in scored.vetoes] if scored else [],
        "missing": [_missing(one, told.cases) for one in told.missing],
        "stages": [_listed(each.enrolled.row), *(move(one) for one in each.enrolled.moves)],
        "may": [_may(one) for one in told.may],
        "sheets": [sheet(one) for one in told.sheets],
        "history": [
            {
                "day": turn.day,
                "score": points(turn.score),
                "veto": turn.veto,
                "stage": turn.stage.value,
                "zh": turn.zh,
                "en": turn.en,
            }
            for turn in told.history
        ],
    }


def _item(one: ItemScore) -> dict[str, Any]:
    return {
        **_asked(one.item),
        "earned": points(one.earned),
        "applies": one.applies,
        "state": one.state.value,
        "expires_on": one.expires_on,
        "why": [_why(each) for each in one.why],
    }


def _why(each: Why) -> dict[str, Any]:
    zh, en = _words(each)
    return {
        "what": each.what.value,
        "id": str(each.id),
        "zh": zh,
        "en": en,
        "day": each.day,
        "case": each.case and str(each.case),
    }


def _words(each: Why) -> tuple[str, str]:
    if each.what == What.SHEET:
        return FORMS[each.code]
    if each.what == What.INSPECTION:
        return "现场检查", "Looked at on site"
    zh, en = item_words(each.code)
    if each.what == What.CASE:
        return f"复查不合格：{each.code} {zh}", f"Re-check failed: {each.code} {en}"
    return f"{each.code} {zh}", f"{each.code} {en}"


def item_words(code: str) -> tuple[str, str]:
    for kind in kinds.all():
        for item in kind.items:
            if item.code == code:
                return item.zh, item.en
    return "", ""


def _veto(one: Vetoed, told: Card) -> dict[str, Any]:
    """Who declared it, and what proves it, where no inspection did."""
    by_hand = told.declared.get(one.id)
    zh, en = one.veto.zh, one.veto.en
    if one.code:
        words = item_words(one.code)
        zh, en = f"{zh}：{one.code} {words[0]}", f"{en}: {one.code} {words[1]}"
    return {
        "id": str(one.id),
        "code": one.veto.code,
        "rule": one.veto.rule.value,
        "zh": zh,
        "en": en,
        "since": one.since,
        "case": one.case and str(one.case),
        "number": one.number,
        "until": one.until,
        "note": one.note,
        "by_name": str(by_hand.by) if by_hand else "",
        "attachment": attachment(by_hand.attachment) if by_hand and by_hand.attachment else None,
    }


def declarable(told: Card) -> list[dict[str, str]]:
    """What no inspection tells, by the standard that holds."""
    scored = told.listed.scored
    return [
        {"code": veto.code, "zh": veto.zh, "en": veto.en}
        for veto in (scored.standard.vetoes if scored else ())
        if veto.rule == Rule.DECLARED
    ]


def _missing(one: Missing, cases: dict[UUID, CaseSpan]) -> dict[str, Any]:
    span = cases.get(one.case) if one.case else None
    zh, en = WHOM[one.whom]
    if span and (name := _handler(span)):
        zh = en = name
    return {
        "zh": one.zh,
        "en": one.en,
        "whom": one.whom.value,
        "whom_zh": zh,
        "whom_en": en,
        "by": one.by,
        "item": one.item or None,
        "points": points(one.points),
        "case": one.case and str(one.case),
    }


def _handler(span: CaseSpan) -> str:
    """Of earlier stretches only the company is known."""
    if span.company:
        return str(span.company)
    case = span.case
    if span.until is None and case.handler == Handler.UNIT:
        return str(case.unit)
    return str(case.community) if span.until is None and case.handler == Handler.COMMUNITY else ""


def _listed(row: Enrolment) -> dict[str, Any]:
    """Being on the list is the first stage, and no move of its own."""
    zh, en = TITLES[Stage.LISTED]
    return {
        "id": str(row.pk),
        "to": Stage.LISTED.value,
        "zh": zh,
        "en": en,
        "on": row.enrolled_on,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "note": "",
        "reason": "",
        "announcement": "",
        "removed": False,
        "attachments": [],
    }


def move(row: StageMove) -> dict[str, Any]:
    zh, en = words_of(Stage(row.to), removed=row.removed)
    return {
        "id": str(row.pk),
        "to": row.to,
        "zh": zh,
        "en": en,
        "on": row.on,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "note": row.note,
        "reason": row.reason,
        "announcement": row.announcement,
        "removed": row.removed,
        "attachments": [attachment(each) for each in row.attachments.all()],
    }


def _may(one: May) -> dict[str, Any]:
    zh, en = TITLES[one.move.to]
    return {
        "to": one.move.to.value,
        "zh": zh,
        "en": en,
        "needs": [need.value for need in one.move.needs if need in BROUGHT],
        "lacking": [
            {"code": need.value, "zh": WORDS[need][0], "en": WORDS[need][1]} for need in one.lacking
        ],
    }


def sheet(row: Sheet) -> dict[str, Any]:
    grades = {code: Grade(told["grade"]) for code, told in row.answers.items()}
    zh, en = FORMS[row.form]
    return {
        "id": str(row.pk),
        "form": row.form,
        "zh": zh,
        "en": en,
        "day": row.day,
        "by": row.sender.username,
        "by_name": str(row.sender),
        "score": points(of_sheet(row.standard.described, grades)),
        "version": row.standard.version,
    }


def declared(row: DeclaredVeto) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "code": row.code,
        "since": row.since,
        "note": row.note,
        "attachment": attachment(row.attachment) if row.attachment else None,
    }
