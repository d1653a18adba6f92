"""The registers of the campaign."""

from campaign.admin import programmes

__all__ = ["programmes"]
