"""Every reading of the campaign that is more than rows."""

from campaign.reports.board import board
from campaign.reports.rows import rows_behind
from campaign.reports.version import campaign_version

__all__ = ["board", "campaign_version", "rows_behind"]
