"""Fewer complaints than before."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Count

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
    held = Baseline.objects.visible_in(scope).filter(metric=SLUG).holding_on(span.as_of)
    baselines = {each.community_id: each for each in held}
    if not baselines or span.days < 1:
        return {}
    now = received(scope, span, span.begins, span.ends)
    told: dict[Place, Share] = {}
    whole = baselines.pop(None, None)
    if whole is not None:
        before = _before(scope, span, whole) if whole.number is None else {}
        for community, count in before.items():
            told[Place(community, None)] = _fewer(count, now.get(community, 0), whole, span)
        if scope.everything:
            everywhere = sum(before.values()) if whole.number is None else whole.number
            told[WHOLE] = _fewer(everywhere, sum(now.values()), whole, span)
    for own in baselines.values():
        if own.community_id is not None and own.number is not None:
            n = now.get(own.community_id, 0)
            told[Place(own.community_id, None)] = _fewer(own.number, n, own, span)
    return {place: each for place, each in told.items() if each.of}


def _before(scope: Scope, span: Span, baseline: Baseline) -> dict[int, int]:
    ends = min(end_of(baseline.until), span.at)
    return received(scope, span, begin_of_day(baseline.since), ends)


def received(scope: Scope, span: Span, begins: datetime, ends: datetime) -> dict[int, int]:
    """By community, whatever became of them: from `begins` on and before `ends`, as known at the
    moment of the span."""
    rows = Complaint.objects.visible_in(scope).filter(entered_at__lt=span.at)
    rows = rows.filter(received_at__gte=begins, received_at__lt=ends).order_by()
    return dict(rows.values_list("community").annotate(n=Count("pk")))


def _fewer(before: int, now: int, baseline: Baseline, span: Span) -> Share:
    expected = (Decimal(before) * span.days / baseline.days).quantize(_HUNDREDTH)
    return share(expected - now, expected)
