"""What a move means for what was found: who ends a case closes its findings."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from inspections.models import Case, Finding, Move
from inspections.services.cases import following, joining
from inspections.services.cases.making import Hand, happened_at
from inspections.workflow import SETTLING, State


def make(move: Move, hand: Hand) -> None:
    """Its case is in hand; of those in `SETTLING`, within a transaction that holds the arrivals
    alone. What counts after it is settled with `settle`, once for all that are made together."""
    case = hand.cases[move.case_id]
    beside: list[UUID] = []
    if move.name == "join":
        joining.hand_over(move, case)
    elif move.name == "reconsider" and case.state == State.JOINED:
        beside = joining.take_back(case, hand)
    hand.make(move)
    if move.name not in SETTLING:
        return
    if case.state == State.JOINED:
        beside = list(Finding.objects.filter(case=case.joined_to_id).values_list("pk", flat=True))
    elif case.ended_at is not None:
        _close(case, happened_at(move, case, hand.now))
    else:
        case.findings.filter(closed_at__isnull=False).update(closed_at=None)
    hand.unsettled |= {*case.findings.values_list("pk", flat=True), *beside}


def settle(hand: Hand) -> None:
    """After all moves of the transaction."""
    if hand.unsettled:
        changed, hand.unsettled = hand.unsettled, set()
        following.settle(changed, hand)


def _close(case: Case, at: datetime) -> None:
    """As of then. What was only seen again after that is no part of it: it was there still, or
    anew."""
    found = case.findings.filter(closed_at=None).filter(Q(in_force=True) | Q(recorded_at__lte=at))
    found.update(closed_at=Greatest(Value(at), F("recorded_at")))
