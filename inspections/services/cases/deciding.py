"""What a supervisor makes of a move that came late."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections import policy
from inspections.errors import (
    CaseNotFound,
    MoveDecided,
    MoveInvalid,
    MoveNotAllowed,
    NotYoursToMove,
)
from inspections.models import Case, Move, MoveStanding
from inspections.services.cases import effects, listeners, moving, needs
from inspections.services.cases.making import Hand
from inspections.services.cases.moving import Moved
from inspections.services.photos import Evidence, evidence_of
from inspections.services.turns import hold_arrivals
from inspections.workflow import MOVES, SETTLING
from people.models import User

_LONGEST_NOTE = 300


@transaction.atomic
def decide_move(*, case: UUID, move: UUID, accept: bool, note: str, by: User) -> Moved:
    """Accepted, it is made as if it came now, where the case still allows it; declined, it stays
    as it was sent, and its photos with it. Again the same is the same.

    Raises CaseNotFound, NotYoursToMove, MoveDecided, MoveInvalid, MoveNotAllowed, OtherEyesNeeded.
    """
    name = Move.objects.filter(pk=move, case=case).values_list("name", flat=True).first()
    if name is None or not Case.objects.visible_to(by).filter(pk=case).exists():
        raise CaseNotFound
    hold_arrivals(alone=name in SETTLING)
    hand = Hand(timezone.now())
    hand.take([case])
    row = Move.objects.get(pk=move)
    if not policy.may_decide_move(by, hand.cases[case]):
        raise NotYoursToMove(move=row.name)
    wanted = MoveStanding.MADE if accept else MoveStanding.DECLINED
    if row.standing != MoveStanding.PROPOSED:
        if row.decided_at is None or (row.standing, row.decision) != (wanted, note.strip()):
            raise MoveDecided
        return _told(row)
    if not accept and not note.strip():
        raise MoveInvalid(fields={"note": _("Say why, in a sentence.")})
    if len(note.strip()) > _LONGEST_NOTE:
        sentence = _("A text of at most %d characters.") % _LONGEST_NOTE
        raise MoveInvalid(fields={"note": sentence})
    row.decided_by, row.decided_at, row.decision = by, hand.now, note.strip()
    if accept:
        _accept(row, hand, by)
        listeners.tell(hand.made)
    else:
        row.standing = MoveStanding.DECLINED
        row.save(update_fields=["standing", "decided_by", "decided_at", "decision"])
    return _told(row)


def _accept(row: Move, hand: Hand, by: User) -> None:
    kind, case = MOVES[row.name], hand.cases[row.case_id]
    if case.state not in kind.since:
        raise MoveNotAllowed(move=kind.name, state=case.state)
    for eyes in filter(None, (row.by, by)):
        needs.check_eyes(kind, hand.earlier[case.pk], eyes)
    if into := row.data.get("into"):
        hand.take([UUID(into)])
        if hand.cases[UUID(into)].ended_at is not None:
            raise MoveInvalid(fields={"into": _("Another case in your area, one that is open.")})
    effects.make(row, hand)
    effects.settle(hand)


def _told(row: Move) -> Moved:
    return moving.told(row, evidence_of([row.pk]).get(row.pk, Evidence(0, 0)))
