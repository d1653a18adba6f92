"""What is registered with the demonstration."""

from campaign.demo import creation, ledgers, values
from campaign.models import (
    Attachment,
    Baseline,
    Enrolment,
    LedgerRow,
    Letter,
    RemindedDay,
    Report,
    Value,
)
from campaign.services.loading import load_actions
from inspections.demo.additions import Addition, Made


def _add(made: Made) -> None:
    """The notice, its units in the register by now, and what was done about it."""
    load_actions()
    creation.enrol(made)
    values.tell(made)
    ledgers.keep(made)


def _files() -> set[str]:
    return set(Attachment.objects.values_list("file", flat=True))


ADDITION = Addition(
    add=_add,
    emptied=(Baseline, Value, LedgerRow, Attachment, Enrolment, Report, Letter, RemindedDay),
    files=_files,
)
