"""A month's report: typed cell by cell, submitted, looked through."""

from campaign.services.month.moving import default_day, default_source, move
from campaign.services.month.saving import Wish, read, save, take
from campaign.services.month.workbook import take_workbook

__all__ = ["Wish", "default_day", "default_source", "move", "read", "save", "take", "take_workbook"]
