"""Of what moment the data is that the board is made from."""

from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from django.db.models import Max
from django.utils import timezone

from geo import writes
from geo.models import AssetType
from geo.scope import Scope
from inspections import kinds, reports
from inspections.models import Inspection

# The groups of `geo.models.WriteCount` that indicators are counted from beside those of the
# leaders' page: what stands here, and what the register has of lamps and charging sites.
WRITTEN = ("campaign", AssetType.LIGHT.value, AssetType.CHARGING_SITE.value)
_MOST_SCOPES = 10_000


class _Known(NamedTuple):
    written: object
    since: datetime
    expiry: datetime | None

    def holds(self, written: object, now: datetime) -> bool:
        if self.written != written or now < self.since:
            return False
        return self.expiry is None or now <= self.expiry


_known: dict[Scope, _Known] = {}


def campaign_version(scope: Scope) -> str:
    """Another one as soon as something is written that this scope sees and that may move a light,
    an inspection has become too old, or the day ends. As `inspections.reports.data_version`, of
    which it is made: answered from memory, and to be asked for before the rows are read."""
    counts = writes.counts(scope)
    told = (reports.data_version(scope), next_expiry(scope), *map(counts.get, WRITTEN))
    mark = blake2b(repr(told).encode(), digest_size=5).hexdigest()
    return f"{timezone.localdate():%Y%m%d}-{mark}"


def next_expiry(scope: Scope) -> datetime | None:
    """When the next estate will not have been inspected in time any more, by any kind, that was
    until now: no row says so, only the clock. Read anew once it is past, or an inspection was
    written."""
    now = timezone.now()
    counts = writes.counts(scope)
    written = (counts.get("inspections"), counts.get("estates"))
    known = _known.get(scope)
    if known is None or not known.holds(written, now):
        if len(_known) >= _MOST_SCOPES:
            _known.clear()
        known = _known[scope] = _Known(written, now, _next(scope, now))
    return known.expiry


def _next(scope: Scope, now: datetime) -> datetime | None:
    every = {kind.slug: kind.due_every for kind in kinds.all()}
    rows = Inspection.objects.visible_in(scope).in_force()
    # Older ones have expired, whatever came after them.
    recent = rows.filter(recorded_at__gte=now - max(every.values(), default=now - now))
    last = recent.order_by().values_list("estate", "kind").annotate(at=Max("recorded_at"))
    ends = (at + every[kind] for _, kind, at in last if kind in every)
    return min((end for end in ends if end >= now), default=None)
