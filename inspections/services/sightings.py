"""Findings seen again: which one of them counts, the same whatever arrived first.

A finding that names an earlier one as the same counts only where that one can't stand for it: not
held, corrected away, not older, or closed before this was recorded. Where the earlier one was
itself only seen again, the one it goes back to stands for both. Older is by (recorded_at, id), so
that no circle of names can hide everything in it.

Whoever changes what is in force, or closes a finding, settles those in the same transaction, and
alone (`arrivals`): two that do not see each other would each leave the other's as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from inspections.models import Finding
from inspections.services.many import each_of


@dataclass(slots=True)
class _Seen:
    id: UUID
    same_as: UUID | None
    recorded_at: datetime
    closed_at: datetime | None
    in_force: bool
    recorded: bool  # its inspection is in force


@dataclass(frozen=True, slots=True)
class Stands:
    """All that were looked at, and of those that are recorded the one that stands for each."""

    family: frozenset[UUID]
    behind: dict[UUID, UUID]


def settle(changed: Iterable[UUID]) -> Stands:
    """Of these findings, and of all that name them, put in force those that count."""
    family = _family(set(changed))
    behind = _behind(family)
    counts = {id for id, first in behind.items() if id == first}
    off = [each.id for each in family.values() if each.in_force and each.id not in counts]
    on = [id for id in counts if not family[id].in_force]
    for ids, in_force in ((off, False), (on, True)):
        if ids:
            Finding.objects.filter(pk__in=each_of(ids)).update(in_force=in_force)
    return Stands(frozenset(family), behind)


def times_seen_again(findings: Iterable[UUID]) -> dict[UUID, int]:
    """How many records in force name each as seen again; of the others nothing."""
    named = Finding.objects.filter(same_as__in=each_of(findings), inspection__in_force=True)
    return dict(named.order_by().values_list("same_as").annotate(Count("pk")))


def _family(changed: set[UUID]) -> dict[UUID, _Seen]:
    """These, those that name them and so on, and all that any of them goes back to."""
    family: dict[UUID, _Seen] = {}
    found = _read(Finding.objects.filter(pk__in=each_of(changed)))
    while found:
        family |= found
        later = _read(Finding.objects.filter(same_as__in=each_of(found)))
        found = {id: each for id, each in later.items() if id not in family}
    while wanted := {
        each.same_as for each in family.values() if each.same_as and each.same_as not in family
    }:
        earlier = _read(Finding.objects.filter(pk__in=each_of(wanted)))
        family |= earlier
        if len(earlier) < len(wanted):
            # What is not held is named once, and asked for no more.
            for each in family.values():
                if each.same_as in wanted - earlier.keys():
                    each.same_as = None
    return family


def _read(rows: QuerySet[Finding]) -> dict[UUID, _Seen]:
    told = rows.order_by().values_list(
        "pk", "same_as", "recorded_at", "closed_at", "in_force", "inspection__in_force"
    )
    return {row[0]: _Seen(*row) for row in told}


def _behind(family: dict[UUID, _Seen]) -> dict[UUID, UUID]:
    goes_back_to: dict[UUID, _Seen] = {}
    for each in sorted(family.values(), key=lambda each: (each.recorded_at, each.id)):
        # Older ones are known by now; one that is not older is not there.
        first = goes_back_to.get(each.same_as) if each.same_as else None
        if first is None or (first.closed_at and first.closed_at < each.recorded_at):
            first = each
        if each.recorded:
            goes_back_to[each.id] = first
    return {id: first.id for id, first in goes_back_to.items()}
