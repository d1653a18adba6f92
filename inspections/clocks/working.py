"""Counting in working time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from inspections.clocks.calendar import Calendar

_DAY = timedelta(days=1)
_NONE = timedelta()


class Deadline(NamedTuple):
    """`sure`: every day that was counted is of a year whose holidays are known."""

    at: datetime
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Hours:
    """When a working day is worked: from and to, in order."""

    spans: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        told = [each for span in self.spans for each in span]
        if not told or any(one >= other for one, other in pairwise(told)):
            raise ValueError("Working hours go forward: 08:00-12:00,14:30-17:30")

    @classmethod
    def read(cls, told: str) -> "Hours":
        """From "08:00-12:00,14:30-17:30"."""
        spans = [span.split("-") for span in told.replace(" ", "").split(",")]
        if any(len(span) != 2 for span in spans):
            raise ValueError("Working hours are told as 08:00-12:00,14:30-17:30")
        return cls(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans))


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The office's. Moments come with a time zone; days are those of `zone`."""

    calendar: Calendar
    hours: Hours
    zone: tzinfo

    def after(self, begin: datetime, amount: timedelta) -> Deadline:
        """The moment by which so much has been worked, as early as can be: with the last minute of
        a day, that day's closing, not the next one's opening."""
        if amount <= _NONE:
            return Deadline(begin)
        first = self._day(begin)
        for opens, closes in self._spans(first):
            worked = closes - max(opens, begin)
            if worked <= _NONE:
                continue
            if worked >= amount:
                at = max(opens, begin) + amount
                return Deadline(at, self.calendar.knows(first, self._day(at)))
            amount -= worked
        raise OverflowError("No such day")

    def before(self, end: datetime, amount: timedelta) -> datetime:
        """The latest moment since which so much has been worked until `end`."""
        if amount <= _NONE:
            return end
        for opens, closes in self._spans_back(self._day(end)):
            worked = min(closes, end) - opens
            if worked <= _NONE:
                continue
            if worked >= amount:
                return min(closes, end) - amount
            amount -= worked
        raise OverflowError("No such day")

    def between(self, begin: datetime, end: datetime) -> timedelta:
        """How much is worked from one moment to the other; none where the other is earlier."""
        worked = _NONE
        for opens, closes in self._spans(self._day(begin)):
            if opens >= end:
                break
            worked += max(min(closes, end) - max(opens, begin), _NONE)
        return worked

    def days_after(self, begin: datetime, days: int) -> Deadline:
        """The closing of the last of so many working days. The day it began is not counted (民法典
        201, 203), so what comes after hours or on a rest day counts from the next working day."""
        first = day = self._day(begin)
        for _ in range(days):
            day = self._next(day + _DAY)
        at = self._closing(day)
        return Deadline(at, self.calendar.knows(first, day))

    def days_before(self, end: datetime, days: int) -> date:
        """The latest day from which so many working days are over by `end`."""
        day = self._day(end)
        while self.days_after(datetime.combine(day, time(), self.zone), days).at > end:
            day -= _DAY
        return day

    def closing(self, day: date) -> Deadline:
        """Of that day; of the next working day where it is none (民法典 203)."""
        last = self._next(day)
        return Deadline(self._closing(last), self.calendar.knows(day, last))

    def midnight(self, moment: datetime) -> Deadline:
        """The last second of the day, whether it is worked or not."""
        day = self._day(moment)
        return Deadline(datetime.combine(day, time(23, 59, 59), self.zone))

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _next(self, day: date) -> date:
        while not self.calendar.works(day):
            day += _DAY
        return day

    def _closing(self, day: date) -> datetime:
        return datetime.combine(day, self.hours.spans[-1][1], self.zone)

    def _of(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.calendar.works(day):
            return []
        return [
            (datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone))
            for opens, closes in self.hours.spans
        ]

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            yield from self._of(day)
            day += _DAY

    def _spans_back(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            yield from reversed(self._of(day))
            day -= _DAY
