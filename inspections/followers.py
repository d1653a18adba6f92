"""What becomes of records, proposals, rounds and cases when rows of the register become one.

Called inside the transaction of the merge. What was sent stays what it was (`content`); where it
belongs follows the register.
"""

from collections.abc import Mapping

from django.db.models import Model

from geo.models import Asset, Building, Estate
from inspections.models import Case, Complaint, Finding, Inspection, Paper, Proposal, Round

Moved = Mapping[type[Model], int]


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    to = {"estate": kept, "community": kept.community_id}
    for each in Round.objects.filter(estates=twin):
        each.estates.add(kept)
        each.estates.remove(twin)
    return {
        Inspection: Inspection.objects.filter(estate=twin).update(**to),
        Finding: Finding.objects.filter(estate=twin).update(**to),
        Proposal: Proposal.objects.filter(estate=twin).update(**to),
        Case: Case.objects.filter(estate=twin).update(**to),
        Complaint: Complaint.objects.filter(estate=twin).update(**to),
        Paper: Paper.objects.filter(estate=twin).update(**to),
    }


def follow_building(kept: Building, twin: Building) -> Moved:
    return {Inspection: Inspection.objects.filter(building=twin).update(building=kept)}


def follow_asset(kept: Asset, twin: Asset) -> Moved:
    return {
        Inspection: Inspection.objects.filter(asset=twin).update(asset=kept),
        Finding: Finding.objects.filter(asset=twin).update(asset=kept),
        Proposal: Proposal.objects.filter(asset=twin).update(asset=kept),
        Case: Case.objects.filter(asset=twin).update(asset=kept),
    }
