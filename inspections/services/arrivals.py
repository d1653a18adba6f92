"""Taking in what tablets send: held once, or refused and kept."""

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from inspections.errors import ExcludedGround, Refusal, Waits
from inspections.models import Case, Refused
from inspections.services import proposals, recording, refusals, rows
from inspections.services.cases import moving
from inspections.services.entry_types import Write, added_types
from inspections.services.outcomes import Known, Outcome, Outcomes, Taken, answer_known
from inspections.services.sent import INSPECTION, MOVE, PROPOSAL, Sent
from inspections.services.turns import hold_arrivals
from people.models import User

# Proposals first: an inspection sent with one may name it; and a move its case.
_KNOWN: dict[str, Callable[[Iterable[UUID]], dict[UUID, Known]]] = {
    PROPOSAL: proposals.known,
    INSPECTION: rows.known,
    MOVE: moving.known,
}
_WRITES: dict[str, Write] = {
    PROPOSAL: proposals.propose,
    INSPECTION: recording.record,
    MOVE: moving.move,
}


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
        in_turn = sorted(turn.items(), key=itemgetter(1))
        settled = _take({id: ahead.pop(n) for id, n in in_turn}, sender)
        outcomes |= {turn[id]: outcome for id, outcome in settled.items()}
    return [outcomes[n] for n in range(len(sent))]


def _take(sent: dict[UUID, Sent], sender: User) -> Outcomes:
    try:
        outcomes = _taken(sent, sender, alone=any(each.looks_back for each in sent.values()))
    except (_Alone, IntegrityError):
        # Of two under one id that no lock held apart, as moves of two cases, the second comes to
        # know the first only by its row: it is looked at anew, with that one there.
        outcomes = _taken(sent, sender, alone=True)
    for id, outcome in outcomes.items():
        if isinstance(outcome, Waits):
            outcomes[id] = _park(sent[id], sender)
    return outcomes


@transaction.atomic
def _taken(sent: dict[UUID, Sent], sender: User, *, alone: bool) -> Outcomes:
    hold_arrivals(alone=alone)
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
    hold_arrivals(alone=True)
    # What it waits for may have arrived while this waited for its turn.
    outcome = _turn({sent.id: sent}, sender, alone=True)[sent.id]
    if isinstance(outcome, Waits) and refusals.on_excluded_ground(sent):
        outcome = ExcludedGround()
    if isinstance(outcome, Waits):
        return refusals.keep_waiting(sent, outcome, sender=sender)
    if isinstance(outcome, Refusal):
        refusals.keep([(sent, outcome)], sender=sender)
    return outcome


def _turn(sent: dict[UUID, Sent], sender: User, *, alone: bool) -> Outcomes:
    """Entries of one sender, each id once. Within a transaction."""
    outcomes: Outcomes = {}
    writes, knows = _writes(), _knows()
    for type, write in writes.items():
        mine = {id: each for id, each in sent.items() if each.type == type}
        if not mine:
            continue
        # Moves are few and their cases locked: they find what is there by themselves.
        if type != MOVE:
            outcomes |= answer_known(mine, knows[type](mine), sender)
        fresh = {id: each for id, each in mine.items() if id not in outcomes}
        if fresh:
            outcomes |= write(fresh, sender=sender, now=timezone.now())
        # Sent twice at the same moment: the other one was recorded while this was looked at.
        twin = {id: each for id, each in fresh.items() if id not in outcomes}
        if twin:
            outcomes |= answer_known(twin, knows[type](twin), sender)
    arrived = [id for id in sent if _is_new(outcomes[id])]
    if arrived and _welcome(arrived, _cases_of(arrived, outcomes), sender, alone=alone):
        # What is in force may be another one by now.
        for type, known in knows.items():
            here = [id for id in arrived if sent[id].type == type]
            outcomes |= {id: Taken(held.recorded, now=True) for id, held in known(here).items()}
    return outcomes


def _writes() -> dict[str, Write]:
    return _WRITES | {each.name: each.write for each in added_types()}


def _knows() -> dict[str, Callable[[Iterable[UUID]], dict[UUID, Known]]]:
    return _KNOWN | {each.name: each.known for each in added_types()}


def _cases_of(arrived: list[UUID], outcomes: Outcomes) -> list[UUID]:
    """Those that these opened or moved: moves may wait for one, or for its next version."""
    cases = []
    for id in arrived:
        told = outcomes[id]
        assert isinstance(told, Taken)
        if isinstance(told.recorded, rows.Recorded):
            cases += [Case.id_of(found.id) for found in told.recorded.findings]
        elif isinstance(told.recorded, moving.Moved):
            cases.append(told.recorded.case)
    return cases


def _welcome(arrived: list[UUID], cases: list[UUID], sender: User, *, alone: bool) -> bool:
    """Earlier refusals of these are settled, and what waited for them is recorded: whether any
    did."""
    unsettled = refusals.unsettled(arrived, cases, sender=sender)
    awaited = {*arrived, *cases}
    waited = [row for row in unsettled if row.waits_for in awaited]
    if waited and not alone:
        raise _Alone
    waiting_on = {row.pk for row in _in_turn(waited) if _still_waits(row)}
    refusals.settle(row for row in unsettled if row.pk not in waiting_on)
    return bool(waited)


def _in_turn(waited: list[Refused]) -> list[Refused]:
    """Moves of one case in the order of the versions that they saw, whichever came first."""
    return sorted(waited, key=lambda row: refusals.sent_of(row).version)


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
