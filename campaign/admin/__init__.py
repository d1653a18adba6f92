"""The registers of the campaign."""

from campaign.admin import attachments, baselines, programmes, reminders, values

__all__ = ["attachments", "baselines", "programmes", "reminders", "values"]
