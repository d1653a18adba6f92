"""What was written since a cursor, by layer: to be told as it is now, or as gone."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from geo.models import Asset, Building, Change, Exit
from geo.querysets import unseen_in
from inspections.api.pack.snapshot import Moment
from inspections.models import Finding, Photo

# Of more than these, all is told anew: it costs no more, and no list of ids.
MOST = 20_000

Ids = dict[str, set[Any]]


def since(snapshot: str, now: Moment, communities: Collection[int]) -> Ids | None:
    """By layer, ids of rows that may be other than they were: of those communities now, or then.
    None where all is to be told anew."""
    log = Change.objects.of(communities).unseen_in(snapshot, now.before)
    # Each once, however often it was written: those beyond the limit would be missed.
    lines = list(log.values_list("layer", "key", "whole").distinct()[: MOST + 1])
    if len(lines) > MOST:
        return None
    changed: Ids = {
        name: set()
        for name in ("communities", "estates", "buildings", "exits", "assets", "findings")
    }
    whole = set()
    for layer, key, is_whole in lines:
        if layer == "*":
            return None
        changed[layer].add(UUID(key) if layer == "findings" else int(key))
        if is_whole:
            whole.add(int(key))
    changed["buildings"] |= _ids(Building.objects.filter(estate__in=whole))
    changed["exits"] |= _ids(Exit.objects.filter(building__in=changed["buildings"]))
    changed["assets"] |= _ids(Asset.objects.filter(estate__in=whole))
    changed["findings"] |= _ids(Finding.objects.filter(estate__in=whole))
    written = unseen_in(snapshot, now.before)
    # A record that only saw something again is corrected without its findings being written.
    again = Finding.objects.filter(
        written | unseen_in(snapshot, now.before, "inspection__xact"),
        same_as__isnull=False,
        community__in=communities,
    ).values("same_as")
    shown = Photo.objects.filter(written, inspection__isnull=False).values("inspection")
    for rows in (Q(written), Q(pk__in=again), Q(inspection__in=shown)):
        there = Finding.objects.filter(rows, community__in=communities)
        changed["findings"] |= _ids(there.order_by()[: MOST + 1])
    return changed if sum(map(len, changed.values())) <= MOST else None


def _ids(rows: Any) -> set[Any]:
    return set(rows.values_list("pk", flat=True))
