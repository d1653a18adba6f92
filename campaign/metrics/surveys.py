"""Estates whose hazards were surveyed."""

from collections import defaultdict

from campaign.metrics.counting import Counts, Place, Span, metric, share
from geo.models import Estate
from geo.scope import Scope
from inspections.overview import Asked
from inspections.overview.board import due


@metric(
    "hazard_survey",
    says_zh="当日由物业企业管理的在用小区中，各类检查都在其周期内检查过的。",
    says_en="Of the estates in use that a property company manages, those inspected by every kind"
    " of inspection within its own interval before that day.",
    of_moment=True,
)
def surveyed(scope: Scope, span: Span) -> Counts:
    managed = set(
        Estate.objects.visible_in(scope)
        .filter(company__isnull=False)
        .order_by()
        .values_list("pk", flat=True)
    )
    done: dict[Place, bool] = defaultdict(lambda: True)
    for each in due(scope, Asked(as_of=span.as_of, now=span.now), None):
        if each.estate in managed:
            done[Place(each.community, each.estate)] &= each.done
    return {place: share(int(all_), 1) for place, all_ in done.items()}
