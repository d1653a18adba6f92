"""What is asked every month: due at its end, and done or not. Nothing of it is stored; the clock
alone makes a month due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Duty:
    """`late_since`: the day after it was due, where it is not done."""

    month: date
    due_on: date
    done: bool
    late_since: date | None


def months(begins_on: date, day: date) -> list[date]:
    """The firsts of the months from the one in which it begins to that of the day."""
    told = []
    month = begins_on.replace(day=1)
    while month <= day:
        told.append(month)
        month = following(month)
    return told


def following(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def due_on(month: date) -> date:
    """Its last day."""
    return following(month) - timedelta(days=1)


def duties(begins_on: date, day: date, done: Collection[date]) -> list[Duty]:
    """Each month's, as of that day."""
    return [
        Duty(
            month=month,
            due_on=due_on(month),
            done=month in done,
            late_since=following(month) if month not in done and due_on(month) < day else None,
        )
        for month in months(begins_on, day)
    ]


def late_since(begins_on: date, day: date, done: Collection[date]) -> date | None:
    """Since when a place is late: from the first of the unbroken run of months that are over and
    were not done. None where this month is done already, or the last one was: an older month that
    was missed is history."""
    told = duties(begins_on, day, done)
    if told and told[-1].done:
        return None
    since = None
    for duty in reversed([each for each in told if each.due_on < day]):
        if duty.done:
            break
        since = duty.late_since
    return since
