"""How cases stood, told anew from their moves: what triggers write as cases move (see
`inspections.models.CaseSpan`), for those that were there before or were loaded without."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from inspections.clocks import Clocks
from inspections.models import Case, CaseSpan, Move
from inspections.services.cases.clocks import clocks_of_each
from inspections.services.cases.making import happened_at
from inspections.timetable import Timetable, timetable
from inspections.workflow import ENDED, MOVES, Effect, State

_AT_ONCE = 500
_OF_CASE = (
    *("state", "version", "kind", "item", "severity", "simple", "company", "reopened"),
    *("reported_at", "opened_at", "ended_at", "due_at", "step_due_at"),
)
_OF_MOVE = (*("case", "version", "name", "made_at", "recorded_at", "state_after", "data"),)


# A case without a span differs from any.
_OUTDATED = """
SELECT c.id FROM inspections_case c
  LEFT JOIN inspections_casespan s ON s.case_id = c.id AND s.until IS NULL
 WHERE (s.state, s.company_id, s.reopened, s.ended_at, s.due_at, s.step_due_at)
       IS DISTINCT FROM
       (c.state, c.company_id, c.reopened, c.ended_at, c.due_at, c.step_due_at)
 ORDER BY c.id
"""


def outdated() -> list[UUID]:
    """Cases that stand otherwise than their last span says."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTDATED)
        return [id for (id,) in cursor]


def tell_all_anew() -> int:
    """Answers of how many cases."""
    ids = list(Case.objects.order_by("pk").values_list("pk", flat=True))
    tell_anew_of(ids)
    return len(ids)


def tell_anew_of(ids: Sequence[UUID]) -> None:
    """Part by part, each in a transaction of its own."""
    for at in range(0, len(ids), _AT_ONCE):
        tell_anew(ids[at : at + _AT_ONCE])


@transaction.atomic
def tell_anew(ids: Sequence[UUID]) -> None:
    """Deadlines of before a move that graded the case anew are told as if it had been so always."""
    rows = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    cases = list(rows.order_by("pk").only(*_OF_CASE))
    moves: dict[UUID, list[Move]] = defaultdict(list)
    made = Move.objects.made().filter(case__in=ids).order_by("case", "version")
    for move in made.only(*_OF_MOVE):
        moves[move.case_id].append(move)
    told = timetable()
    CaseSpan.objects.filter(case__in=ids).delete()
    CaseSpan.objects.bulk_create(
        span for case in cases for span in _spans(case, moves[case.pk], told)
    )


@dataclass(slots=True)
class _Stood:
    since: datetime
    state: str
    company: int | None = None
    reopened: int = 0
    ended_at: datetime | None = None


def _spans(case: Case, moves: Sequence[Move], told: Timetable) -> Iterator[CaseSpan]:
    stood = list(_stretches(case, moves))
    clocks = clocks_of_each(case, moves, told)
    ends = [*(each.since for each in stood[1:]), None]
    for each, until, clock in zip(stood, ends, clocks, strict=True):
        if until is None or until > each.since:
            yield _span(case, each, until, clock)


def _span(case: Case, stood: _Stood, until: datetime | None, clocks: Clocks) -> CaseSpan:
    span = CaseSpan(
        case=case,
        since=stood.since,
        until=until,
        state=stood.state,
        company_id=stood.company,
        reopened=stood.reopened,
        ended_at=stood.ended_at,
        due_at=clocks.due and clocks.due.at,
        step_due_at=clocks.step_due and clocks.step_due.at,
    )
    if until is None:
        # As it is now, whatever its moves say.
        for name in ("state", "company_id", "reopened", "ended_at", "due_at", "step_due_at"):
            setattr(span, name, getattr(case, name))
    return span


def _stretches(case: Case, moves: Iterable[Move]) -> Iterator[_Stood]:
    """From each move to the next; of one that lasted no time, since and until are the same."""
    now = _Stood(case.reported_at, State.REPORTED)
    yield now
    for move in moves:
        made_at = move.made_at or case.opened_at
        kind = MOVES[move.name]
        ended = happened_at(move, case, made_at) if move.state_after in ENDED else None
        again = kind.effect is Effect.AGAIN and kind.to is not State.REPORTED
        now = _Stood(
            since=max(now.since, ended or made_at),
            state=move.state_after,
            company=_company(move, now.company),
            reopened=now.reopened + again,
            ended_at=ended,
        )
        yield now


def _company(move: Move, before: int | None) -> int | None:
    if move.name in ("reconsider", "take_back"):
        return None
    told = move.data.get("handler") if move.name == "assign" else None
    return told.get("company") if told else (None if move.name == "assign" else before)
