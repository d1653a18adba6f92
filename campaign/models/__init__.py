"""What was set out to be done, by when, and how far it is."""

from campaign.models.attachments import Attachment
from campaign.models.baselines import Baseline
from campaign.models.creation import DeclaredVeto, Enrolment, LiftedVeto, Sheet, StageMove
from campaign.models.ledgers import LedgerRow
from campaign.models.programmes import Action, Indicator, Programme, Responsibility
from campaign.models.reminders import (
    Letter,
    Mail,
    RemindedDay,
    Reminder,
    ReminderRule,
    ReminderWish,
)
from campaign.models.reports import Report, ReportCell, ReportMatter, ReportMove
from campaign.models.standards import Standard
from campaign.models.targets import Target
from campaign.models.values import Value

__all__ = [
    "Action",
    "Attachment",
    "Baseline",
    "DeclaredVeto",
    "Enrolment",
    "Indicator",
    "LedgerRow",
    "Letter",
    "LiftedVeto",
    "Mail",
    "Programme",
    "RemindedDay",
    "Reminder",
    "ReminderRule",
    "ReminderWish",
    "Report",
    "ReportCell",
    "ReportMatter",
    "ReportMove",
    "Responsibility",
    "Sheet",
    "StageMove",
    "Standard",
    "Target",
    "Value",
]
