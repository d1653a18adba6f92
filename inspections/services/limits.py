"""Limits of time: set from now on, never rewritten, so that what began before keeps its own."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from inspections.models import Limit

_HEADING = ("step", "kind", "item", "severity", "simple")


@transaction.atomic
def set_limit(limit: Limit) -> Limit:
    """In place of the one that says the same of the same, for what begins from now on."""
    now = timezone.now()
    heading = {name: getattr(limit, name) for name in _HEADING}
    Limit.objects.filter(**heading, retired_at=None).update(retired_at=now)
    limit.since, limit.retired_at = now, None
    limit.save(force_insert=True)
    return limit


def retire_limits(limits: "QuerySet[Limit]") -> int:
    """What begins from now on goes by the ones that say less. Answers how many there were."""
    return limits.filter(retired_at=None).update(retired_at=timezone.now())
