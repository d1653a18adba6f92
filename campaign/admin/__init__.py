"""The registers of the campaign."""

from campaign.admin import attachments, baselines, creation, programmes, reminders, values

__all__ = ["attachments", "baselines", "creation", "programmes", "reminders", "values"]
