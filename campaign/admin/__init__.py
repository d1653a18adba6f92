"""The registers of the campaign."""

from campaign.admin import attachments, baselines, programmes, values

__all__ = ["attachments", "baselines", "programmes", "values"]
