"""The registers of the campaign."""

from campaign.admin import baselines, programmes, values

__all__ = ["baselines", "programmes", "values"]
