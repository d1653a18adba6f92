"""A case's deadlines: written with its moves, and anew when the working days of a year are told."""

from collections.abc import Iterable
from datetime import date, datetime

from inspections.clocks import Clocks, Deadline, Made, Matter, replay
from inspections.models import Case, Move
from inspections.timetable import timetable
from inspections.workflow import State


def set_clocks(case: Case, moves: Iterable[Move], now: datetime) -> None:
    """On a case that is not saved yet, from all its moves that were made; one that does not say
    when is made now. `case` is as it is after the last of them."""
    clocks = _clocks(case, moves, now)
    case.assigned_at = clocks.assigned_at
    case.step_began_at = clocks.step_began_at
    case.step_due_at = _at(clocks.step_due)
    case.due_at = _at(clocks.due)
    case.first_due_at = _at(clocks.first_due)
    case.provisional = not clocks.sure


def _clocks(case: Case, moves: Iterable[Move], now: datetime) -> Clocks:
    told = timetable()
    matter = Matter(
        kind=case.kind,
        item=case.item,
        severity=case.severity,
        simple=case.simple,
        reported_at=case.reported_at,
        received_at=case.opened_at,
    )
    made = (
        Made(
            version=move.version or 0,
            name=move.name,
            at=move.made_at or now,
            to=State(move.state_after),
            until=_day(move.data.get("until")),
        )
        for move in moves
    )
    return replay(matter, made, told.limits, told.working)


def _at(deadline: Deadline | None) -> datetime | None:
    return deadline.at if deadline else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
