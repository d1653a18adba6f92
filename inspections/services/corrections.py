"""Corrections: another entry stands in for an earlier one, and one of a chain is in force."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from inspections import policy
from inspections.errors import CorrectsUnknown, NotYoursToCorrect
from inspections.models import Finding, Inspection
from inspections.services import rows
from inspections.services.cases import following
from inspections.services.cases.making import Hand
from inspections.services.rows import Ready, Recorded
from people.models import User


def insert(ready: Ready, *, by: User) -> Recorded | None:
    """None if it was there already. Within a transaction, and alone."""
    supersedes = ready.entry.supersedes
    corrected = Inspection.objects.filter(pk__in=[supersedes]).only("root").first()
    if corrected is None:
        raise CorrectsUnknown(supersedes=supersedes)
    # Corrections of one chain come one after the other: each decides anew which is in force.
    first = Inspection.objects.select_for_update(no_key=True).get(pk=corrected.root)
    if not policy.may_correct(by, first, ready.entry.recorded_at):
        raise NotYoursToCorrect
    written = rows.insert([replace(ready, root=first.pk, in_force=False)])
    if not written:
        return None
    return replace(written[0], in_force=_settle(first.pk, ready.received_at) == written[0].id)


def _settle(root: UUID, now: datetime) -> UUID:
    """The latest of those that nothing corrects is in force, with its findings: the same one in
    whatever order they arrived. By the tablets' clocks; of equal times, by id."""
    chain = Inspection.objects.filter(root=root)
    told = list(chain.values_list("recorded_at", "pk", "supersedes"))
    corrected = {supersedes for _, _, supersedes in told}
    _, winner = max((at, pk) for at, pk, _ in told if pk not in corrected)
    # Off before on: never are two of a chain in force.
    chain.exclude(pk=winner).filter(in_force=True).update(in_force=False)
    chain.filter(pk=winner, in_force=False).update(in_force=True)
    found = Finding.objects.filter(inspection__in=chain).values_list("pk", flat=True)
    following.settle(found, Hand(now))
    return winner
