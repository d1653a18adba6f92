"""Every reading of the campaign that is more than rows."""

from campaign.reports.board import board

__all__ = ["board"]
