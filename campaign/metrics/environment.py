"""Whether estates are clean and whole, as the fourth kind of inspection found them."""

from django.db.models import OuterRef, Q, Subquery

from campaign.metrics.counting import Counts, Place, Span, metric, number, share
from geo.models import Estate
from geo.scope import Scope
from inspections import kinds
from inspections.models import Finding, Inspection

ENVIRONMENT = "environment"
# 路面明显坑洼, 路面明显积水, 公共设施明显损坏, 道路破损.
DEFECTS = ("HJ-03", "HJ-04", "HJ-05", "HJ-06")
# 生活垃圾未定点投放, 未及时清运.
WASTE = ("HJ-01", "HJ-02")


@metric(
    "env_defects_open",
    says_zh="当日未销号的路面坑洼、积水、公共设施损坏、道路破损隐患（HJ-03 至 HJ-06）数。"
    "环境卫生检查周期内没有检查过、也没有未销号隐患的小区不计。",
    says_en="Findings of potholes, standing water, damaged public facilities and broken roads"
    " (HJ-03 to HJ-06) that were open on that day. An estate without any counts as having none"
    " only where its environment was inspected within its own interval.",
    of_moment=True,
)
def defects(scope: Scope, span: Span) -> Counts:
    return {place: share(n, None) for place, n in _open(scope, span, DEFECTS)}


@metric(
    "waste_ok_rate",
    says_zh="环境卫生检查周期内检查过的小区中，当日没有未销号的生活垃圾未定点投放、未及时清运隐患"
    "（HJ-01、HJ-02）的。有此类未销号隐患的小区，不论何时检查都计。",
    says_en="Of the estates whose environment was inspected within its own interval before that"
    " day, those without an open finding of household waste out of place or not removed in time"
    " (HJ-01, HJ-02). An estate with such a finding counts whenever it was inspected.",
    of_moment=True,
)
def waste_ok(scope: Scope, span: Span) -> Counts:
    return {place: share(int(n == 0), 1) for place, n in _open(scope, span, WASTE)}


def _open(scope: Scope, span: Span, items: tuple[str, ...]) -> list[tuple[Place, int]]:
    """Open findings of each estate that was looked at in time, or has any."""
    at = span.at
    found = Finding.objects.in_force().open_before(at).filter(item__in=items)
    looked = Inspection.objects.last_of_kind(ENVIRONMENT, before=at)
    rows = (
        Estate.objects.visible_in(scope)
        .filter(Q(retired_at=None) | Q(retired_at__gte=at))
        .annotate(open=number(found.filter(estate=OuterRef("pk"))), looked=Subquery(looked))
        .filter(Q(looked__gte=at - kinds.get(ENVIRONMENT).due_every) | Q(open__gt=0))
    )
    return [
        (Place(community, estate), n)
        for community, estate, n in rows.order_by().values_list("community", "pk", "open")
    ]
