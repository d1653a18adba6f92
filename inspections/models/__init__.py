"""What was seen: kinds as published, inspections, findings, and what was refused."""

from inspections.models.findings import Finding
from inspections.models.inspections import Inspection, LocationSource, Placed
from inspections.models.kind_versions import KindVersion
from inspections.models.refused import Refused
from inspections.models.summaries import EstateMonth, FindingCell

__all__ = [
    "EstateMonth",
    "Finding",
    "FindingCell",
    "Inspection",
    "KindVersion",
    "LocationSource",
    "Placed",
    "Refused",
]
