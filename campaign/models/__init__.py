"""What was set out to be done, by when, and how far it is."""

from campaign.models.attachments import Attachment
from campaign.models.baselines import Baseline
from campaign.models.programmes import Action, Indicator, Programme, Responsibility
from campaign.models.reminders import (
    Letter,
    Mail,
    RemindedDay,
    Reminder,
    ReminderRule,
    ReminderWish,
)
from campaign.models.targets import Target
from campaign.models.values import Value

__all__ = [
    "Action",
    "Attachment",
    "Baseline",
    "Indicator",
    "Letter",
    "Mail",
    "Programme",
    "RemindedDay",
    "Reminder",
    "ReminderRule",
    "ReminderWish",
    "Responsibility",
    "Target",
    "Value",
]
