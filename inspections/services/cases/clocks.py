"""A case's deadlines: written with its moves, and anew when the working days of a year are told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from inspections.clocks import Clocks, Deadline, Made, Matter, replay, replay_each
from inspections.models import Case, Move
from inspections.timetable import Timetable, timetable
from inspections.workflow import State

_COLUMNS = ("assigned_at", "step_began_at", "step_due_at", "due_at", "first_due_at", "provisional")
# Locked together; whoever moves one of them waits so long.
_AT_ONCE = 200


def set_clocks(
    case: Case, moves: Iterable[Move], now: datetime, told: Timetable | None = None
) -> None:
    """On a case that is not saved yet, from all its moves that were made; one that does not say
    when is made now. `case` is as it is after the last of them. `told`: read once for many."""
    _set(case, _clocks(case, moves, now, told or timetable()))


def recompute(years: Collection[int] = ()) -> int:
    """After the working days of these years were told, or told otherwise; without years, of those
    that are provisional alone. Answers how many cases have other deadlines now."""
    rows = Case.objects.counted_in(years).order_by("pk").values_list("pk", flat=True)
    ids = list(rows)
    parts = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return sum(_recompute(part) for part in parts)


@transaction.atomic
def _recompute(ids: Sequence[UUID]) -> int:
    rows = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    cases = list(rows.order_by("pk"))
    told = timetable()
    moves: dict[UUID, list[Move]] = defaultdict(list)
    wanted = ("case", "version", "name", "made_at", "state_after", "data")
    for move in Move.objects.made().filter(case__in=ids).only(*wanted):
        moves[move.case_id].append(move)
    changed = [case for case in cases if _set_anew(case, moves[case.pk], told)]
    Case.objects.bulk_update(changed, _COLUMNS)
    return len(changed)


def _set_anew(case: Case, moves: list[Move], told: Timetable) -> bool:
    before = [getattr(case, name) for name in _COLUMNS]
    _set(case, _clocks(case, moves, case.opened_at, told))
    return before != [getattr(case, name) for name in _COLUMNS]


def _set(case: Case, clocks: Clocks) -> None:
    case.assigned_at = clocks.assigned_at
    case.step_began_at = clocks.step_began_at
    case.step_due_at = _at(clocks.step_due)
    case.due_at = _at(clocks.due)
    case.first_due_at = _at(clocks.first_due)
    case.provisional = not clocks.sure


def clocks_of_each(case: Case, moves: Iterable[Move], told: Timetable) -> list[Clocks]:
    """As they stood before the first of its moves, and after each of those that were made."""
    made = _made(moves, case.opened_at)
    return replay_each(_matter(case), made, told.limits, told.working)


def _clocks(case: Case, moves: Iterable[Move], now: datetime, told: Timetable) -> Clocks:
    return replay(_matter(case), _made(moves, now), told.limits, told.working)


def _matter(case: Case) -> Matter:
    return Matter(
        kind=case.kind,
        item=case.item,
        severity=case.severity,
        simple=case.simple,
        reported_at=case.reported_at,
        received_at=case.opened_at,
    )


def _made(moves: Iterable[Move], now: datetime) -> Iterator[Made]:
    return (
        Made(
            version=move.version or 0,
            name=move.name,
            at=move.made_at or now,
            to=State(move.state_after),
            until=_day(move.data.get("until")),
        )
        for move in moves
    )


def _at(deadline: Deadline | None) -> datetime | None:
    return deadline.at if deadline else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
