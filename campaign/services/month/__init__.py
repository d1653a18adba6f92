"""A month's report: typed cell by cell, submitted, looked through."""

from campaign.services.month.moving import move
from campaign.services.month.saving import Wish, read, save, take

__all__ = ["Wish", "move", "read", "save", "take"]
