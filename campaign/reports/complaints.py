"""Complaints month by month: received, handled, the same day, and against the baseline."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campaign.metrics import METRICS, Counts, Place, Share, Span
from campaign.metrics.reduction import SLUG, received
from campaign.models import Baseline, Indicator
from campaign.reports.ground import ground_on
from campaign.standing.duties import due_on, months
from geo.scope import Scope

_RATES = {
    "handled": "complaint_handled_rate",
    "same_day": "same_day_rate",
    "same_day_reply": "same_day_reply_rate",
}


def complaints(scope: Scope, year: int, day: date) -> dict[str, Any]:
    """As `GET /api/v1/campaign/complaints/` tells it. Every number is a metric's, of its days.
    Months that begin before the baselines are over have nothing to be compared with; of the year
    the others are."""
    begins, ends = date(year, 1, 1), min(date(year, 12, 31), day)
    communities = ground_on(scope, day).communities
    held = list(Baseline.objects.visible_in(scope).filter(metric=SLUG).holding_on(day))
    compared = max((_month_after(each.until) for each in held), default=begins)
    columns = [each["id"] for each in communities]
    return {
        "year": year,
        "communities": communities,
        "baselines": [_baseline(each) for each in held],
        "months": [
            {
                "month": f"{first:%Y-%m}",
                **_told(scope, first, min(due_on(first), ends), day, columns, compared),
            }
            for first in months(begins, ends)
        ],
        "compared_since": compared if held else None,
        "total": _told(scope, begins, ends, day, columns, max(compared, begins)),
    }


def complaints_card(scope: Scope, month: date, day: date) -> dict[str, Any] | None:
    """Under which action they stand, and how many came in the month; None where no notice that is
    out asks for them."""
    rows = Indicator.objects.asked_on(day).filter(metric=_RATES["handled"])
    asks = rows.select_related("action").order_by("-action__programme__issued_on", "pk").first()
    if asks is None:
        return None
    span = Span(month, due_on(month), day)
    return {
        "action": asks.action.code,
        "action_zh": asks.action.zh,
        "action_en": asks.action.en,
        "received": sum(received(scope, span, span.begins, span.ends).values()),
    }


def _told(
    scope: Scope,
    since: date,
    until: date,
    day: date,
    communities: list[int],
    compared: date,
) -> dict[str, Any]:
    span = Span(since, until, day)
    came = received(scope, span, span.begins, span.ends)
    rates = {name: METRICS[slug].count(scope, span) for name, slug in _RATES.items()}
    fewer: Counts = {}
    if until >= compared:
        fewer = METRICS[SLUG].count(scope, replace(span, since=max(since, compared)))
    return {
        "since": since,
        "until": until,
        "whole": _figures(came, rates, fewer, None),
        "places": {str(each): _figures(came, rates, fewer, each) for each in communities},
    }


def _month_after(day: date) -> date:
    return due_on(day.replace(day=1)) + timedelta(days=1)


def _figures(
    came: Mapping[int, int], rates: Mapping[str, Counts], fewer: Counts, community: int | None
) -> dict[str, Any]:
    less = _sum(fewer, community)
    return {
        "received": sum(came.values()) if community is None else came.get(community, 0),
        **{name: _share(_sum(counts, community)) for name, counts in rates.items()},
        "fewer": _share(less),
    }


def _sum(counts: Counts, community: int | None) -> Share | None:
    """As the board adds up: what is told of the whole goes for all."""
    whole = [share for place, share in counts.items() if _is_whole(place)]
    told = [share for place, share in counts.items() if community in (None, place.community)]
    if community is None and whole:
        told = whole
    return sum(told[1:], told[0]) if told else None


def _is_whole(place: Place) -> bool:
    return place.community is None and place.company is None


def _share(of: Share | None) -> dict[str, float] | None:
    return None if of is None else {"n": float(of.n), "of": float(of.of or Decimal(0))}


def _baseline(of: Baseline) -> dict[str, Any]:
    return {
        "community": of.community_id,
        "since": of.since,
        "until": of.until,
        "number": of.number,
        "source": of.source,
        "holds_from": of.holds_from,
    }
