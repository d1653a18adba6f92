"""What becomes of inspections and findings when rows of the register become one.

Called inside the transaction of the merge. What was sent stays what it was (`content`); where it
belongs follows the register.
"""

from collections.abc import Mapping

from django.db.models import Model

from geo.models import Asset, Estate
from inspections.models import Finding, Inspection

Moved = Mapping[type[Model], int]


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    to = {"estate": kept, "community": kept.community_id}
    return {
        Inspection: Inspection.objects.filter(estate=twin).update(**to),
        Finding: Finding.objects.filter(estate=twin).update(**to),
    }


def follow_asset(kept: Asset, twin: Asset) -> Moved:
    return {
        Inspection: Inspection.objects.filter(asset=twin).update(asset=kept),
        Finding: Finding.objects.filter(asset=twin).update(asset=kept),
    }
