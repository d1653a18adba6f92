"""What becomes of values when rows of the register turn out to be one. Called inside the
transaction of the merge; a value of an estate that moves goes along by its key."""

from collections.abc import Mapping

from django.db.models import Model

from campaign.models import Baseline, Value
from geo.models import Community, Estate, PropertyCompany

Moved = Mapping[type[Model], int]


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    rows = Value.objects.filter(estate=twin)
    return {Value: rows.update(estate=kept, community=kept.community_id)}


def follow_company(kept: PropertyCompany, twin: PropertyCompany) -> Moved:
    return {Value: Value.objects.filter(company=twin).update(company=kept)}


def follow_community(kept: Community, twin: Community) -> Moved:
    """Those of an estate went along with it."""
    Baseline.objects.filter(community=twin).update(community=kept)
    return {Value: Value.objects.filter(community=twin, estate=None).update(community=kept)}
