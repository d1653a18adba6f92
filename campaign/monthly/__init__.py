"""What a place owes of a month, and what is known of it."""

from campaign.monthly.asked import Asked, Cell, Known, Matter
from campaign.monthly.places import Place, Whose

__all__ = ["Asked", "Cell", "Known", "Matter", "Place", "Whose"]
