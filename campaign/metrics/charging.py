"""Charging sites that came into use."""

from django.db.models import Count, Q

from campaign.metrics.counting import Counts, Place, Span, metric, share
from geo.models import Asset, AssetType
from geo.scope import Scope


@metric(
    "charging_sites_added",
    says_zh="期间建成、当日仍在用的电动自行车集中充电点（按台账）；原有的不计。",
    says_en="Charging sites of the register that were built in the period and still stood on that"
    " day; those that were there before do not count.",
)
def added(scope: Scope, span: Span) -> Counts:
    """`built_at` is when the register was told, by whomever (decision 34)."""
    still = Q(retired_at=None) | Q(retired_at__gte=span.at)
    rows = Asset.objects.visible_in(scope).of_type(AssetType.CHARGING_SITE)
    rows = rows.filter(still, built_at__gte=span.begins, built_at__lt=span.ends)
    told = rows.order_by().values_list("community", "estate").annotate(n=Count("pk"))
    return {Place(community, estate): share(n, None) for community, estate, n in told}
