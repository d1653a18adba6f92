"""How far the database has been written, as it was at most a moment ago.

Tiles and figures name this in their ETag. It is read before the rows are, so a reply may hold
more than its tag says, and never less.
"""

from collections.abc import Mapping
from decimal import Decimal
from time import monotonic

from django.conf import settings
from django.db.models import Sum

from geo.models import WriteCount
from geo.scope import Scope

Counts = Mapping[str, Decimal]

_MOST_SCOPES = 10_000
_read: dict[Scope, tuple[float, Counts]] = {}


def counts(scope: Scope) -> Counts:
    """Group of rows → a number that grows with every write the scope could see.

    A write counts in every process after `settings.FRESH_SECONDS` at the latest.
    """
    now = monotonic()
    read_at, known = _read.get(scope, (0.0, {}))
    if read_at and now - read_at < settings.FRESH_SECONDS:
        return known
    rows = WriteCount.objects.seen_in(scope).values_list("group").annotate(Sum("n"))
    fresh = dict(rows.order_by())
    if len(_read) >= _MOST_SCOPES:
        _read.clear()
    # As of before the reading: another thread may meanwhile have read what is newer.
    _read[scope] = (now, fresh)
    return fresh
