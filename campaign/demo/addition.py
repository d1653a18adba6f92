"""What is registered with the demonstration."""

from campaign.models import Baseline, Value
from campaign.services.loading import load_actions
from inspections.demo.additions import Addition, Made


def _add(made: Made) -> None:
    """The notice, and its units in the register by now."""
    load_actions()


def _files() -> set[str]:
    return set()


ADDITION = Addition(add=_add, emptied=(Baseline, Value), files=_files)
