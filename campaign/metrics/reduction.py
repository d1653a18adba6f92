"""Fewer complaints than before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth
from django.utils import timezone

from campaign.metrics.counting import WHOLE, Counts, Place, Share, Span, metric, share
from campaign.models import Baseline
from geo.scope import Scope
from inspections.models import Complaint
from inspections.overview.asked import begin_of_day, end_of

SLUG = "complaint_reduction"
_HUNDREDTH = Decimal("0.01")


@metric(
    SLUG,
    says_zh="按基期日均量，期间本应收到的物业信访投诉中，少收到的；多收到的为负。基期由街道设定，"
    "未设定的不显示。",
    says_en="Of the complaints that would have come in the period at the daily pace of the"
    " baseline, how many did not come; below nought where more came. The office sets the baseline;"
    " without one there is no figure.",
    baselined=True,
)
def fewer(scope: Scope, span: Span) -> Counts:
    """The whole subdistrict's is told to who sees all of it."""
    held = baselines(scope, span)
    if not held.rows or span.days < 1:
        return {}
    return held.fewer(received(scope, span, span.begins, span.ends), span)


@dataclass(frozen=True, slots=True)
class Baselines:
    """Those that hold; `before`: what came in the whole's days, by community, where Xuntu counts
    it. `everything`: of a scope that sees all."""

    rows: Sequence[Baseline]
    before: Mapping[int, int]
    everything: bool

    def fewer(self, now: Mapping[int, int], span: Span) -> Counts:
        """`now`: what came in the span, by community."""
        told: dict[Place, Share] = {}
        own = {each.community_id: each for each in self.rows}
        whole = own.pop(None, None)
        if whole is not None:
            for community, count in self.before.items():
                told[Place(community, None)] = _fewer(count, now.get(community, 0), whole, span)
            if self.everything:
                counted = whole.number is None
                everywhere = sum(self.before.values()) if counted else whole.number
                told[WHOLE] = _fewer(everywhere or 0, sum(now.values()), whole, span)
        for each in own.values():
            if each.community_id is not None and each.number is not None:
                n = now.get(each.community_id, 0)
                told[Place(each.community_id, None)] = _fewer(each.number, n, each, span)
        return {place: each for place, each in told.items() if each.of}


def baselines(scope: Scope, span: Span) -> Baselines:
    """Those that hold on the span's day."""
    held = Baseline.objects.visible_in(scope).filter(metric=SLUG).holding_on(span.as_of)
    rows = list(held)
    whole = next((each for each in rows if each.community_id is None), None)
    before: Mapping[int, int] = {}
    if whole is not None and whole.number is None:
        ends = min(end_of(whole.until), span.at)
        before = received(scope, span, begin_of_day(whole.since), ends)
    return Baselines(rows, before, scope.everything)


def received(scope: Scope, span: Span, begins: datetime, ends: datetime) -> dict[int, int]:
    """By community, whatever became of them: from `begins` on and before `ends`, as known at the
    moment of the span."""
    rows = _received(scope, span, begins, ends)
    return dict(rows.values_list("community").annotate(n=Count("pk")))


def received_by_month(scope: Scope, span: Span) -> dict[date, dict[int, int]]:
    """As `received`, of each month of the span, by its first."""
    zone = timezone.get_default_timezone()
    month = TruncMonth("received_at", output_field=DateField(), tzinfo=zone)
    rows = _received(scope, span, span.begins, span.ends).values("community", month=month)
    told: dict[date, dict[int, int]] = {}
    for row in rows.annotate(n=Count("pk")):
        told.setdefault(row["month"], {})[row["community"]] = row["n"]
    return told


def _received(scope: Scope, span: Span, begins: datetime, ends: datetime) -> Any:
    rows = Complaint.objects.visible_in(scope).filter(entered_at__lt=span.at)
    return rows.filter(received_at__gte=begins, received_at__lt=ends).order_by()


def _fewer(before: int, now: int, baseline: Baseline, span: Span) -> Share:
    expected = (Decimal(before) * span.days / baseline.days).quantize(_HUNDREDTH)
    return share(expected - now, expected)
