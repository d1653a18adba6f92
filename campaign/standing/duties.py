"""What is asked every month: due at its end, and done or not. Nothing of it is stored; the clock
alone makes a month due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Duty:
    """`late_since`: the day after it was due, where it is not done."""

    month: date
    due_on: date
    done: bool
    late_since: date | None


def months(begins_on: date, day: date) -> list[date]:
    """The firsts of the months from the one in which it begins to that of the day."""
    return list(_months(begins_on, day))


@lru_cache(maxsize=256)
def _months(begins_on: date, day: date) -> tuple[date, ...]:
    """A board asks for the same ones of every place."""
    told = []
    month = begins_on.replace(day=1)
    while month <= day:
        told.append(month)
        month = following(month)
    return tuple(told)


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
    told = _months(begins_on, day)
    if not told or told[-1] in done:
        return None
    since = None
    after = following(told[-1])
    for month in reversed(told):
        # It is over when the next one has begun.
        if after <= day:
            if month in done:
                break
            since = after
        after = month
    return since
