"""Taking in what tablets send: held once, or refused and kept."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from inspections.errors import ExcludedGround, Refusal, Waits
from inspections.models import Refused
from inspections.services import proposals, recording, refusals, rows
from inspections.services.outcomes import Outcome, Outcomes, Taken, answer_known
from inspections.services.sent import INSPECTION, PROPOSAL, Sent
from people.models import User

_ARRIVING = 7_241_002  # the key of the lock between those that record and those that look back
# Proposals first: an inspection sent with one may name it.
_KNOWN = {PROPOSAL: proposals.known, INSPECTION: rows.known}
_WRITES = {PROPOSAL: proposals.propose, INSPECTION: recording.record}


class _Alone(Exception):
    """What others wait for arrived: it is taken in again, with nobody beside it."""


def take(sent: Sequence[Sent], *, sender: User) -> list[Outcome]:
    """What became of each, in the order sent. One that is refused holds up no other.

    A known id is answered before anything is checked again: with the first answer if the same
    person sends the same content, otherwise refused, and both are kept. What names another entry
    that has not arrived is kept, and recorded when that comes.
    """
    outcomes: dict[int, Outcome] = {}
    ahead = dict(enumerate(sent))
    while ahead:
        # Of two with one id, the second meets the first as one already known.
        turn = {each.id: n for n, each in reversed(ahead.items())}
        settled = _take({id: ahead.pop(n) for id, n in turn.items()}, sender)
        outcomes |= {turn[id]: outcome for id, outcome in settled.items()}
    return [outcomes[n] for n in range(len(sent))]


def _take(sent: dict[UUID, Sent], sender: User) -> Outcomes:
    try:
        outcomes = _taken(sent, sender, alone=any(each.looks_back for each in sent.values()))
    except _Alone:
        outcomes = _taken(sent, sender, alone=True)
    for id, outcome in outcomes.items():
        if isinstance(outcome, Waits):
            outcomes[id] = _park(sent[id], sender)
    return outcomes


@transaction.atomic
def _taken(sent: dict[UUID, Sent], sender: User, *, alone: bool) -> Outcomes:
    _hold_arrivals(alone=alone)
    outcomes = _turn(sent, sender, alone=alone)
    refused = [
        (sent[id], outcome)
        for id, outcome in outcomes.items()
        if isinstance(outcome, Refusal) and not isinstance(outcome, Waits)
    ]
    if refused:
        refusals.keep(refused, sender=sender)
    return outcomes


@transaction.atomic
def _park(sent: Sent, sender: User) -> Outcome:
    _hold_arrivals(alone=True)
    # What it waits for may have arrived while this waited for its turn.
    outcome = _turn({sent.id: sent}, sender, alone=True)[sent.id]
    if isinstance(outcome, Waits) and refusals.on_excluded_ground(sent):
        outcome = ExcludedGround()
    if isinstance(outcome, Waits):
        return refusals.keep_waiting(sent, outcome, sender=sender)
    if isinstance(outcome, Refusal):
        refusals.keep([(sent, outcome)], sender=sender)
    return outcome


def _hold_arrivals(*, alone: bool) -> None:
    """Those that only record hold it together. What names another entry, or parks, or lets go
    what was parked, holds it alone: it then sees what they wrote, and the next of them see what
    it did."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s)", [_ARRIVING])


def _turn(sent: dict[UUID, Sent], sender: User, *, alone: bool) -> Outcomes:
    """Entries of one sender, each id once. Within a transaction."""
    outcomes: Outcomes = {}
    for type, write in _WRITES.items():
        mine = {id: each for id, each in sent.items() if each.type == type}
        if not mine:
            continue
        outcomes |= answer_known(mine, _KNOWN[type](mine), sender)
        fresh = {id: each for id, each in mine.items() if id not in outcomes}
        if fresh:
            outcomes |= write(fresh, sender=sender, now=timezone.now())
        # Sent twice at the same moment: the other one was recorded while this was looked at.
        twin = {id: each for id, each in fresh.items() if id not in outcomes}
        if twin:
            outcomes |= answer_known(twin, _KNOWN[type](twin), sender)
    arrived = [id for id in sent if _is_new(outcomes[id])]
    if arrived and _welcome(arrived, sender, alone=alone):
        # What is in force may be another one by now.
        for type, known in _KNOWN.items():
            here = [id for id in arrived if sent[id].type == type]
            outcomes |= {id: Taken(held.recorded, now=True) for id, held in known(here).items()}
    return outcomes


def _welcome(arrived: list[UUID], sender: User, *, alone: bool) -> bool:
    """Earlier refusals of these are settled, and what waited for them is recorded: whether any
    did."""
    unsettled = refusals.unsettled(arrived, sender=sender)
    waited = [row for row in unsettled if row.waits_for in arrived]
    if waited and not alone:
        raise _Alone
    waiting_on = {row.pk for row in waited if _still_waits(row)}
    refusals.settle(row for row in unsettled if row.pk not in waiting_on)
    return bool(waited)


def _still_waits(row: Refused) -> bool:
    """After another try: it may name a second entry that has not arrived."""
    sent = refusals.sent_of(row)
    outcome = _turn({sent.id: sent}, row.sender, alone=True)[sent.id]
    if isinstance(outcome, Waits):
        refusals.wait_on(row, outcome)
        return True
    if isinstance(outcome, Refusal):
        refusals.keep([(sent, outcome)], sender=row.sender)
    return False


def _is_new(outcome: Outcome) -> bool:
    return isinstance(outcome, Taken) and outcome.now
