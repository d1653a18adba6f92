"""What was set out to be done, by when, and how far it is."""

from campaign.models.programmes import Action, Indicator, Programme, Responsibility
from campaign.models.targets import Target

__all__ = ["Action", "Indicator", "Programme", "Responsibility", "Target"]
