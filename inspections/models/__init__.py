"""What was seen: kinds as published, inspections, findings, and what was refused."""

from inspections.models.findings import Finding
from inspections.models.inspections import Inspection, LocationSource, Placed
from inspections.models.kind_versions import KindVersion
from inspections.models.photos import Agreement, Photo, Taken, Upload
from inspections.models.proposals import Proposal, Standing
from inspections.models.refused import Refused
from inspections.models.rounds import Round
from inspections.models.summaries import EstateMonth, FindingCell

__all__ = [
    "Agreement",
    "EstateMonth",
    "Finding",
    "FindingCell",
    "Inspection",
    "KindVersion",
    "LocationSource",
    "Photo",
    "Placed",
    "Proposal",
    "Refused",
    "Round",
    "Standing",
    "Taken",
    "Upload",
]
