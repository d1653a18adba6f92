"""The kinds of paper, one file each."""

from inspections.models import PaperKind
from inspections.services.papers.forms import bulletin, notice, recheck, record, reminder, talk
from inspections.services.papers.forms.base import Composing, Entry, Officer, PaperForm, Row

FORMS: dict[str, PaperForm] = {
    PaperKind.RECORD: record.FORM,
    PaperKind.NOTICE: notice.FORM,
    PaperKind.RECHECK: recheck.FORM,
    PaperKind.REMINDER: reminder.FORM,
    PaperKind.TALK: talk.FORM,
    PaperKind.BULLETIN: bulletin.FORM,
}

__all__ = ["FORMS", "Composing", "Entry", "Officer", "PaperForm", "Row"]
