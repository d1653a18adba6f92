"""Moves as they arrive: made, or kept as proposals where their case had moved meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from inspections import policy
from inspections.errors import CaseNotFound, CaseUnknown, MoveAhead, MoveNotAllowed
from inspections.models import Case, Handler, Move, MoveStanding
from inspections.services import photos
from inspections.services.cases import effects, listeners, needs, reading
from inspections.services.cases.making import Hand
from inspections.services.cases.reading import Asked
from inspections.services.many import each_of
from inspections.services.outcomes import Known, Outcomes, Taken, each
from inspections.services.photos import Evidence
from inspections.services.sent import Sent
from inspections.workflow import Need
from people.models import User

MOVED_MEANWHILE = "moved_meanwhile"


@dataclass(frozen=True, slots=True)
class Moved:
    """What the server holds of a move. `version` and `state` are what it made of the case; of
    one that is not made, how the case stands."""

    id: UUID
    case: UUID
    move: str
    standing: str
    version: int
    state: str
    problem: str
    evidence: Evidence


def known(ids: Iterable[UUID]) -> dict[UUID, Known]:
    rows = list(Move.objects.filter(pk__in=each_of(ids)).select_related("case"))
    named = [row.pk for row in rows if row.content.get("photos")]
    evidence = photos.evidence_of(named) if named else {}
    return {
        row.pk: Known(
            told(row, evidence.get(row.pk, Evidence(0, 0))),
            row.by_id or 0,
            row.content_sha256,
            row.case_id,
        )
        for row in rows
    }


def told(row: Move, evidence: Evidence) -> Moved:
    made = row.standing == MoveStanding.MADE
    return Moved(
        id=row.pk,
        case=row.case_id,
        move=row.name,
        standing=row.standing,
        version=row.version if made and row.version is not None else row.case.version,
        state=row.state_after if made else row.case.state,
        problem=row.problem,
        evidence=evidence,
    )


def move(sent: dict[UUID, Sent], *, sender: User, now: datetime) -> Outcomes:
    """What became of each; nothing of one that is there already.

    Within a transaction; of those in `workflow.SETTLING`, alone.
    """
    outcomes: Outcomes = {}
    asked = each(sent, reading.read, outcomes)
    if outcomes:
        # One that can't be read is no answer to what is there under its id.
        there = Move.objects.filter(pk__in=each_of(outcomes)).order_by()
        for id in there.values_list("pk", flat=True):
            del outcomes[id]
    if asked:
        batch = _Batch(sender, Hand(now))
        batch.look(asked)
        fresh = {id: one for id, one in asked.items() if id not in batch.twins}
        outcomes |= {
            id: Taken(one, now=True) for id, one in each(fresh, batch.move, outcomes).items()
        }
        effects.settle(batch.hand)
        listeners.tell(batch.hand.made)
    return outcomes


@dataclass(slots=True)
class _Batch:
    """Moves of one sender, one after the other, with their cases locked."""

    sender: User
    hand: Hand
    seen: set[UUID] = field(default_factory=set)  # moves whose case is in scope
    twins: set[UUID] = field(default_factory=set)

    def look(self, asked: Mapping[UUID, Asked]) -> None:
        wanted = {one.case for one in asked.values()}
        wanted |= {one.into for one in asked.values() if one.into}
        # Looked for under the lock: sent twice at the same moment, the other one may be made while
        # this waited for the case.
        self.twins = self.hand.take(wanted, asked)
        if any(map(_goes_by_place, asked.values())):
            prefetch_related_objects(list(self.hand.cases.values()), "estate", "asset")
        by_scope: dict[Any, list[Asked]] = {}
        for one in asked.values():
            scope = policy.scope_of_record(self.sender, one.recorded_at)
            by_scope.setdefault(scope, []).append(one)
        for scope, those in by_scope.items():
            if scope.everything:
                self.seen |= {one.id for one in those}
                continue
            rows = Case.objects.filter(pk__in=each_of({one.case for one in those}))
            visible = set(rows.visible_in(scope).order_by().values_list("pk", flat=True))
            self.seen |= {one.id for one in those if one.case in visible}

    def move(self, asked: Asked) -> Moved:
        case = self.hand.cases.get(asked.case)
        if case is None and policy.may_bring_cases(self.sender):
            raise CaseUnknown(case=asked.case)
        if case is None or asked.id not in self.seen:
            raise CaseNotFound
        needs.check_part(asked, case, self.sender)
        if asked.version > case.version:
            raise MoveAhead(case=case.pk)
        late = asked.version < case.version
        if not late and case.state not in asked.move.since:
            raise MoveNotAllowed(move=asked.move.name, state=case.state)
        needs.check_eyes(asked.move, self.hand.earlier[case.pk], self.sender)
        row = self._row(asked, case, needs.details(asked, case, self.sender))
        if late:
            row.standing, row.problem = MoveStanding.PROPOSED, MOVED_MEANWHILE
            row.save(force_insert=True)
        else:
            effects.make(row, self.hand)
        evidence = Evidence(0, 0)
        if asked.photos:
            named = photos.declare({row.pk: asked.photos}, sender=self.sender, of="move")
            evidence = named[row.pk]
        return told(row, evidence)

    def _row(self, asked: Asked, case: Case, details: dict[str, Any]) -> Move:
        return Move(
            id=asked.id,
            case=case,
            name=asked.move.name,
            seen=asked.version,
            by=self.sender,
            recorded_at=asked.recorded_at,
            received_at=self.hand.now,
            note=asked.note,
            data=details,
            content=asked.sent.content,
            content_sha256=asked.sent.sha256,
            device=asked.sent.device,
            number=asked.sent.number,
        )


def _goes_by_place(asked: Asked) -> bool:
    """Who is to handle it is not named, and follows from its estate or asset."""
    told = asked.handler
    unnamed = told is None or (told.kind == Handler.COMPANY and told.company is None)
    return Need.HANDLER in asked.move.needs and unnamed
