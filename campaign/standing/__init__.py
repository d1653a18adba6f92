"""How far a thing is that was asked for: plain Python, told numbers and days."""

from campaign.standing.terms import PERCENT, Compare, Level, Recurrence
from campaign.standing.units import said

__all__ = ["PERCENT", "Compare", "Level", "Recurrence", "said"]
