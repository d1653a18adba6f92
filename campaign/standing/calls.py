"""On which day somebody is reminded of what is due: some working days before, on the day, and each
week after it until it is done. Plain Python, told which days are worked."""

from collections.abc import Callable
from datetime import date, timedelta

Works = Callable[[date], bool]
BEFORE, ON = "before", "on"
_DAY = timedelta(days=1)


def call_of(due_on: date, day: date, works: Works, before: int) -> str | None:
    """The last call that has come by that day, by its name; None where it is too early, or where
    the week's was before it was due. `before`: so many working days.

    What is due on a rest day is called on the working day before it. After it, each week has one
    call (`2024-W52`), from its first working day on.
    """
    if day > due_on:
        first = first_worked(day, works)
        if first is None or not due_on < first <= day:
            return None
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if day >= last_worked(due_on, works):
        return ON
    return BEFORE if before and day >= worked_before(due_on, works, before) else None


def first_worked(day: date, works: Works) -> date | None:
    """Of the week from Monday to Sunday that the day is in."""
    monday = day - _DAY * day.weekday()
    return next((each for n in range(7) if works(each := monday + _DAY * n)), None)


def last_worked(day: date, works: Works) -> date:
    """The day, or the working day before it."""
    while not works(day):
        day -= _DAY
    return day


def worked_before(due_on: date, works: Works, days: int) -> date:
    """So many working days before it."""
    day = last_worked(due_on, works)
    for _ in range(days):
        day = last_worked(day - _DAY, works)
    return day
