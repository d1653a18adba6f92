"""What was written since a cursor, by layer: to be told as it is now, or as gone."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from geo.models import Asset, Building, Change, Exit
from geo.querysets import unseen_in
from inspections.api.pack.snapshot import Moment
from inspections.models import Case, Finding, Photo

# Of more than these, all is told anew: it costs no more, and no list of ids.
MOST = 20_000

_BY_UUID = {"findings", "rechecks"}

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
        for name in (
            *("communities", "estates", "buildings", "exits", "assets"),
            *("findings", "rechecks"),
        )
    }
    whole = set()
    for layer, key, is_whole in lines:
        if layer == "*":
            return None
        changed[layer].add(UUID(key) if layer in _BY_UUID else int(key))
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
    _cases(changed, written, whole, communities)
    return changed if sum(map(len, changed.values())) <= MOST else None


def _cases(changed: Ids, written: Q, whole: set[Any], communities: Collection[int]) -> None:
    """A finding says how its case stands, and a case shows what its findings and moves show."""
    shown = Photo.objects.filter(written, move__isnull=False).values("move__case")
    found = Finding.objects.filter(pk__in=changed["findings"], case__isnull=False)
    for rows in (Q(written), Q(estate__in=whole), Q(pk__in=shown), Q(pk__in=found.values("case"))):
        there = Case.objects.filter(rows, community__in=communities)
        changed["rechecks"] |= _ids(there.order_by()[: MOST + 1])
    of_cases = Finding.objects.filter(case__in=changed["rechecks"], community__in=communities)
    changed["findings"] |= _ids(of_cases.order_by()[: MOST + 1])


def _ids(rows: Any) -> set[Any]:
    return set(rows.values_list("pk", flat=True))
