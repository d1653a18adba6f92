"""What is registered with the demonstration."""

from campaign.demo import creation
from campaign.models import Attachment, Baseline, Enrolment, Value
from campaign.services.loading import load_actions
from inspections.demo.additions import Addition, Made


def _add(made: Made) -> None:
    """The notice, and its units in the register by now."""
    load_actions()
    creation.enrol(made)


def _files() -> set[str]:
    return set(Attachment.objects.values_list("file", flat=True))


ADDITION = Addition(add=_add, emptied=(Baseline, Value, Attachment, Enrolment), files=_files)
