"""The series of numbers that new papers of a kind take theirs from."""

from django.db import transaction
from django.utils import timezone

from inspections.models import Series


@transaction.atomic
def use_series(row: Series) -> Series:
    """From now on; the one used before goes out of use with its numbers. Waits for whoever is
    taking one."""
    before = Series.objects.select_for_update().filter(kind=row.kind, retired_at=None)
    for each in before.exclude(pk=row.pk):
        each.retired_at = timezone.now()
        each.save(update_fields=["retired_at"])
    row.retired_at = None
    row.save()
    return row
