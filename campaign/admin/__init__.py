"""The registers of the campaign."""

from campaign.admin import programmes, values

__all__ = ["programmes", "values"]
