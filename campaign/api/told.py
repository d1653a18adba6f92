"""Rows as the API tells them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from campaign.metrics import METRICS
from campaign.models import Attachment, Indicator, Target, Value
from campaign.standing import said

NOT_SET = {"says_zh": "未设目标", "says_en": "no target set"}
_SIGNS = {">=": "≥", "<=": "≤", "=": "="}


def number(told: Decimal | None) -> int | float | None:
    """As people write it: 20, not 20.00."""
    if told is None:
        return None
    return int(told) if told == told.to_integral_value() else float(told)


def target(row: Target | None, unit: str) -> dict[str, Any]:
    """Without a number: no target set, whatever the deadline."""
    if row is None:
        nothing = ("op", "number", "deadline", "holds_from")
        return dict.fromkeys(nothing) | {"note": "", **NOT_SET}
    says = NOT_SET
    if row.number is not None:
        zh, en = said(row.number, unit)
        says = {"says_zh": f"{_SIGNS[row.op]} {zh}", "says_en": f"{_SIGNS[row.op]} {en}"}
    return {
        "op": row.op or None,
        "number": number(row.number),
        "deadline": row.deadline,
        "holds_from": row.holds_from,
        "note": row.note,
        **says,
    }


def indicators(rows: QuerySet[Indicator], day: date) -> list[dict[str, Any]]:
    """Each with the target that holds on that day."""
    known = list(rows.select_related("action__programme"))
    holding = Target.objects.filter(indicator__in=[row.pk for row in known]).holding_on(day)
    targets = {each.indicator_id: each for each in holding}
    return [indicator(row, targets.get(row.pk)) for row in known]


def indicator(row: Indicator, held_to: Target | None) -> dict[str, Any]:
    counted = METRICS.get(row.metric)
    return {
        "id": row.pk,
        "code": row.code,
        "zh": row.zh,
        "en": row.en,
        "programme": row.action.programme.code,
        "action": row.action.code,
        "metric": row.metric,
        "unit": row.unit,
        "level": row.level,
        "recurrence": row.recurrence,
        "since": row.begins_on,
        "note_zh": row.note_zh,
        "note_en": row.note_en,
        "derived": counted is not None,
        "says_zh": counted.says_zh if counted else "",
        "says_en": counted.says_en if counted else "",
        "target": target(held_to, row.unit),
    }


def value(row: Value, *, counts: bool) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "indicator": row.indicator_id,
        "code": row.indicator.code,
        "numerator": number(row.numerator),
        "denominator": number(row.denominator),
        "measured_on": row.measured_on,
        "period": f"{row.period:%Y-%m}" if row.period else None,
        "community": row.community_id if row.estate_id is None else None,
        "estate": row.estate_id,
        "company": row.company_id,
        "place": str(row.estate or row.company or row.community or "") or None,
        "source": row.source,
        "attachment": attachment(row.attachment) if row.attachment else None,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "taken_back_at": row.taken_back_at,
        "counts": counts,
    }


def attachment(row: Attachment) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "name": row.name,
        "media_type": row.media_type,
        "size": row.size,
        "sha256": row.sha256,
        "by": row.by.username,
        "by_name": str(row.by),
        "at": row.at,
        "address": reverse("campaign-attachment", args=[row.pk]),
    }
