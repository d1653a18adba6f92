"""Street lamps that work."""

from django.db.models import Exists, OuterRef, Q, Subquery

from campaign.metrics.counting import Counts, Place, Span, metric, number, share
from geo.models import Asset, AssetType, Estate
from geo.scope import Scope
from inspections import kinds
from inspections.models import Finding, Inspection

LIGHTING = "lighting"
# 单盏不亮; 连续3盏及以上不亮; 频闪、昏暗.
OUT = ("ZM-01", "ZM-02", "ZM-03")


@metric(
    "lamp_ok_rate",
    says_zh="照明检查周期内检查过的小区，台账路灯中当日没有未销号的不亮、频闪隐患"
    "（ZM-01、ZM-02、ZM-03）的；隐患未指明灯杆的，每条计一盏。周期内没有检查过的小区不计。",
    says_en="Of the lamps of the register in estates whose lighting was inspected within its own"
    " interval before that day, those without a finding open then of being out or flickering"
    " (ZM-01, ZM-02, ZM-03). A finding that names no lamp counts as one. Estates that nobody"
    " looked at in time are left out.",
    of_moment=True,
)
def lit(scope: Scope, span: Span) -> Counts:
    at = span.at
    there = Q(retired_at=None) | Q(retired_at__gte=at)
    dark = Finding.objects.in_force().open_before(at).filter(item__in=OUT)
    lamps = Asset.objects.of_type(AssetType.LIGHT).filter(there, estate=OuterRef("pk"))
    rows = (
        Estate.objects.visible_in(scope)
        .filter(there)
        .annotate(
            looked=Subquery(Inspection.objects.last_of_kind(LIGHTING, before=at)),
            lamps=number(lamps),
            out=number(lamps.filter(Exists(dark.filter(asset=OuterRef("pk"))))),
            unnamed=number(dark.filter(asset=None, estate=OuterRef("pk"))),
        )
    )
    looked = rows.filter(looked__gte=at - kinds.get(LIGHTING).due_every, lamps__gt=0).order_by()
    return {
        Place(community, estate): share(max(lamps - out - unnamed, 0), lamps)
        for community, estate, lamps, out, unnamed in looked.values_list(
            "community", "pk", "lamps", "out", "unnamed"
        )
    }
