"""Cases of faults that were recorded before there were any."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from inspections.models import Finding
from inspections.querysets import Findings
from inspections.services.cases import following
from inspections.services.cases.making import Hand
from inspections.services.turns import hold_arrivals

_AT_ONCE = 500


def without_case() -> int:
    return _without().count()


def open_cases_of_before() -> Iterator[int]:
    """How many found theirs, part after part, each in a transaction of its own. Open faults only:
    of those that were closed nothing is to be done. Again there is nothing left to open."""
    while True:
        with transaction.atomic():
            hold_arrivals(alone=True)
            # Oldest first: those seen again go to the first one's case.
            rows = _without().order_by("recorded_at", "pk")[:_AT_ONCE]
            ids = list(rows.values_list("pk", flat=True))
            if ids:
                following.settle(ids, Hand(timezone.now()))
        if not ids:
            return
        yield len(ids)


def _without() -> Findings[Finding]:
    return Finding.objects.in_force().open().filter(case=None, advisory=False)
