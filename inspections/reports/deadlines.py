"""What changes by time alone: a reply that tells what is overdue is another one from the next
deadline on, though nothing was written."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from geo import writes
from geo.scope import Scope
from inspections.models import Case

_MOST_SCOPES = 10_000


class _Known(NamedTuple):
    written: object
    since: datetime
    crossing: datetime | None

    def holds(self, written: object, now: datetime) -> bool:
        if self.written != written or now < self.since:
            return False
        return self.crossing is None or now <= self.crossing


_known: dict[Scope, _Known] = {}


def next_crossing(scope: Scope) -> datetime | None:
    """The next deadline of an open case, or of the step it is in, that this scope sees; None
    where all are past. It belongs into the tag of every reply that tells what is overdue or
    late, see `inspections.api.fresh.tag_of`.

    Read anew only once it is past, or a case was written.
    """
    now = timezone.now()
    written = writes.counts(scope).get("cases")
    known = _known.get(scope)
    if known is None or not known.holds(written, now):
        if len(_known) >= _MOST_SCOPES:
            _known.clear()
        known = _known[scope] = _Known(written, now, _next(scope, now))
    return known.crossing


def _next(scope: Scope, now: datetime) -> datetime | None:
    rows = Case.objects.visible_in(scope).open().order_by()
    whole = rows.filter(due_at__gte=now).order_by("due_at").values_list("due_at")[:1]
    step = rows.filter(step_due_at__gte=now).order_by("step_due_at").values_list("step_due_at")[:1]
    found = whole.union(step, all=True)
    return min((at for (at,) in found if at is not None), default=None)
