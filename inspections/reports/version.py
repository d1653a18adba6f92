"""Of what moment the data is that the leaders' page and its papers are made from."""

from hashlib import blake2b

from django.utils import timezone

from geo import writes
from geo.scope import Scope
from inspections.reports.deadlines import next_crossing

# The groups of `geo.models.WriteCount` that measures, maps and boards are made from.
WRITTEN = ("findings", "inspections", "cases", "estates", "communities")


def data_version(scope: Scope) -> str:
    """Another one as soon as something is written that this scope sees, a deadline there passes
    or the day ends; as "20241220-3f9a1c0b27".

    Answered from the process's memory, see `geo.writes`. To be asked for before the rows are
    read: what is made then may hold more than its version says, and never less.
    """
    counts = writes.counts(scope)
    told = (scope.fingerprint, next_crossing(scope), *map(counts.get, WRITTEN))
    mark = blake2b(repr(told).encode(), digest_size=5).hexdigest()
    return f"{timezone.localdate():%Y%m%d}-{mark}"
