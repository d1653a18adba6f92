"""Days cut into steps: days, weeks from Monday, or months."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

STEPS = ("day", "week", "month")
MOST_STEPS = 400


class Step(NamedTuple):
    """Both days included. The first and the last may be cut; `key` is as of the whole."""

    key: str
    since: date
    until: date


def begin_of(day: date, step: str) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def key_of(day: date, step: str) -> str:
    """Of the step that holds the day: 2024-11-30, 2024-W48 or 2024-11."""
    if step == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if step == "month" else day.isoformat()


def steps(since: date, until: date, step: str) -> list[Step]:
    """Without gaps, from the one that holds `since` to the one that holds `until`; one more than
    `MOST_STEPS` where there are more."""
    told: list[Step] = []
    day = since
    while day <= until and len(told) <= MOST_STEPS:
        end = min(end_of_step(begin_of(day, step), step), until)
        told.append(Step(key_of(day, step), day, end))
        day = end + timedelta(days=1)
    return told


def begins(first: date, last: date, step: str) -> list[int]:
    """The first day of each as an ordinal, however many there are; the first step may be cut."""
    if step in ("day", "week"):
        days = 1 if step == "day" else 7
        begun = begin_of(first, step).toordinal()
        return [first.toordinal(), *range(begun + days, last.toordinal() + 1, days)]
    told = [first]
    while (day := end_of_step(begin_of(told[-1], step), step) + timedelta(days=1)) <= last:
        told.append(day)
    return [day.toordinal() for day in told]


def end_of_step(first: date, step: str) -> date:
    """The last day of the step that begins then."""
    if step == "week":
        return first + timedelta(days=6)
    if step == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first
