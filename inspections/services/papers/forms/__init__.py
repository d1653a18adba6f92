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


def add_form(kind: PaperKind, form: PaperForm) -> None:
    """A kind whose figures an app above this one counts: once, by its `AppConfig.ready`."""
    FORMS[kind] = form


__all__ = ["FORMS", "Composing", "Entry", "Officer", "PaperForm", "Row", "add_form"]
