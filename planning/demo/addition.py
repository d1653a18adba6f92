"""What is registered with the demonstration."""

from inspections.demo.additions import Addition, Made
from planning.demo import ground, plans
from planning.models import Document, Plan


def _add(made: Made) -> None:
    ground.enter(made)
    plans.draw(made)


def _files() -> set[str]:
    return set(Document.objects.values_list("file", flat=True))


ADDITION = Addition(add=_add, emptied=(Plan,), files=_files)
