"""How far a thing is that was asked for: plain Python, told numbers and days."""

from campaign.standing.duties import Duty, due_on, duties, late_since, months
from campaign.standing.lights import (
    WORST_FIRST,
    Figure,
    Goal,
    Light,
    Standing,
    expected,
    meets,
    standing,
)
from campaign.standing.terms import PERCENT, Compare, Level, Recurrence
from campaign.standing.units import said

__all__ = [
    "PERCENT",
    "WORST_FIRST",
    "Compare",
    "Duty",
    "Figure",
    "Goal",
    "Level",
    "Light",
    "Recurrence",
    "Standing",
    "due_on",
    "duties",
    "expected",
    "late_since",
    "meets",
    "months",
    "said",
    "standing",
]
