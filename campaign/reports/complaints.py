"""Complaints month by month: received, handled, the same day, and against the baseline."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campaign.metrics import Counts, Place, Share, Span
from campaign.metrics.complaints import RATES, rate_by_month
from campaign.metrics.reduction import baselines, received, received_by_month
from campaign.models import Baseline, Indicator
from campaign.reports.ground import ground_on
from campaign.standing.duties import due_on, months
from geo.scope import Scope

# What a notice that asks for them asks first.
_ASKED = "complaint_handled_rate"


def complaints(scope: Scope, year: int, day: date) -> dict[str, Any]:
    """As `GET /api/v1/campaign/complaints/` tells it. Every number is a metric's, of its days, and
    all are read at once, however many months and communities there are. Months that begin before
    the baselines are over have nothing to be compared with; of the year the others are."""
    begins, ends = date(year, 1, 1), min(date(year, 12, 31), day)
    span = Span(begins, ends, day)
    held = baselines(scope, span)
    compared = max((_month_after(each.until) for each in held.rows), default=begins)
    communities = ground_on(scope, day).communities
    columns = [each["id"] for each in communities]
    came = received_by_month(scope, span)
    rates = {name: rate_by_month(name, scope, span) for name in RATES}

    def told(first: date, until: date, since: date) -> dict[str, Any]:
        """`since`: what is compared with a baseline begins then; `first`: all else."""
        of = [each for each in months(first, until) if each in came]
        now = _summed(came[each] for each in of if each >= since)
        fewer: Counts = {}
        if held.rows and until >= since:
            fewer = held.fewer(now, replace(span, since=since, until=until))
        all_ = _summed(came[each] for each in of)
        shares = {name: _added(rate.get(each, {}) for each in of) for name, rate in rates.items()}
        return {
            "since": first,
            "until": until,
            "whole": _figures(all_, shares, fewer, None),
            "places": {str(each): _figures(all_, shares, fewer, each) for each in columns},
        }

    return {
        "year": year,
        "communities": communities,
        "baselines": [_baseline(each) for each in held.rows],
        "months": [
            {
                "month": f"{first:%Y-%m}",
                **told(first, min(due_on(first), ends), max(first, compared)),
            }
            for first in months(begins, ends)
        ],
        "compared_since": compared if held.rows else None,
        "total": told(begins, ends, max(compared, begins)),
    }


def complaints_card(scope: Scope, month: date, day: date) -> dict[str, Any] | None:
    """Under which action they stand, and how many came in the month; None where no notice that is
    out asks for them."""
    rows = Indicator.objects.asked_on(day).filter(metric=_ASKED)
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


def _summed(counts: Iterable[Mapping[int, int]]) -> Counter[int]:
    told: Counter[int] = Counter()
    for each in counts:
        told.update(each)
    return told


def _added(counts: Iterable[Counts]) -> Counts:
    told: dict[Place, Share] = {}
    for each in counts:
        for place, share in each.items():
            told[place] = told[place] + share if place in told else share
    return told


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
