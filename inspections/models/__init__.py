"""What was seen: kinds as published, inspections, findings, and what was refused."""

from inspections.models.case_left import CaseLeft
from inspections.models.case_spans import CaseSpan
from inspections.models.cases import Case, Handler, Move, MoveStanding, SavedFilter, Source
from inspections.models.complaints import Channel, Complainant, ComplainantReading, Complaint
from inspections.models.findings import Finding
from inspections.models.hooks import Hook, Telling
from inspections.models.hotspots import HotSpots, HotSpotsState
from inspections.models.inspections import Inspection, LocationSource, Placed
from inspections.models.keeping import Hold, Kept, Purge, Retention, SealedFile
from inspections.models.kind_versions import KindVersion
from inspections.models.masks import MaskedCopy
from inspections.models.papers import Delivery, LastNumber, Paper, PaperKind, Series
from inspections.models.photos import Agreement, Photo, Taken, Upload
from inspections.models.proposals import Proposal, Standing
from inspections.models.refused import Refused
from inspections.models.rounds import Round
from inspections.models.rules import (
    DispatchRule,
    Escalation,
    LadderRule,
    Limit,
    Measure,
    OfficeDay,
    Rung,
    Step,
    Trigger,
)
from inspections.models.summaries import (
    ClosedSpan,
    EstateMonth,
    FindingCell,
    FindingSpot,
    FoundAgain,
    ItemMonth,
)

__all__ = [
    "Agreement",
    "Case",
    "CaseLeft",
    "CaseSpan",
    "Channel",
    "ClosedSpan",
    "Complainant",
    "ComplainantReading",
    "Complaint",
    "Delivery",
    "DispatchRule",
    "Escalation",
    "EstateMonth",
    "Finding",
    "FindingCell",
    "FindingSpot",
    "FoundAgain",
    "Handler",
    "Hold",
    "Hook",
    "HotSpots",
    "HotSpotsState",
    "Inspection",
    "ItemMonth",
    "Kept",
    "KindVersion",
    "LadderRule",
    "LastNumber",
    "Limit",
    "LocationSource",
    "MaskedCopy",
    "Measure",
    "Move",
    "MoveStanding",
    "OfficeDay",
    "Paper",
    "PaperKind",
    "Photo",
    "Placed",
    "Proposal",
    "Purge",
    "Refused",
    "Retention",
    "Round",
    "Rung",
    "SavedFilter",
    "SealedFile",
    "Series",
    "Source",
    "Standing",
    "Step",
    "Taken",
    "Telling",
    "Trigger",
    "Upload",
]
