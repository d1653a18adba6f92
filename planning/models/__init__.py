"""Plans, what is proposed in them, and what became of it."""

from planning.models.demand import Assumption, EbikeCount
from planning.models.life import Document, Step, Vote
from planning.models.plans import Plan
from planning.models.proposals import (
    Canopy,
    Edit,
    Level,
    Outline,
    Place,
    Power,
    Proposal,
)
from planning.models.rules import SiteRule
from planning.models.selections import SelectionRun, SelectionState

__all__ = [
    "Assumption",
    "Canopy",
    "Document",
    "EbikeCount",
    "Edit",
    "Level",
    "Outline",
    "Place",
    "Plan",
    "Power",
    "Proposal",
    "SelectionRun",
    "SelectionState",
    "SiteRule",
    "Step",
    "Vote",
]
