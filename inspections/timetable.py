"""Limits and working days as the office has them now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from chinese_calendar.constants import holidays, workdays
from django.conf import settings
from django.db import connection

from inspections.clocks import STATUTORY, Calendar, Limit, Limits, Measure, Step, WorkingTime
from inspections.models import DispatchRule, OfficeDay
from inspections.models import Limit as LimitRow

# What was written to these tables, counted by its history, in this transaction or before it. Ids
# are not given in the order of commits, so the greatest alone could pass over one.
_VERSION = """
SELECT (SELECT ARRAY[count(*), coalesce(sum(pgh_id), 0)] FROM inspections_limitevent),
       (SELECT ARRAY[count(*), coalesce(sum(pgh_id), 0)] FROM inspections_officedayevent),
       (SELECT ARRAY[count(*), coalesce(sum(pgh_id), 0)] FROM inspections_dispatchruleevent)
"""


@dataclass(frozen=True, slots=True)
class Timetable:
    """`some_are_simple`: a rule of dispatch in use counts its cases among the simple ones."""

    limits: Limits
    working: WorkingTime
    some_are_simple: bool

    @property
    def calendar(self) -> Calendar:
        return self.working.calendar


_last: tuple[object, Timetable] | None = None


def timetable() -> Timetable:
    """Kept in memory; one question to the database says whether it is still so."""
    global _last
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        version = (cursor.fetchone(), settings.WORKING_HOURS)
    kept = _last
    if kept is None or kept[0] != version:
        kept = _last = version, Timetable(_limits(), _working(), _some_are_simple())
    return kept[1]


def calendar() -> Calendar:
    """The State Council's holidays as far as they are published, and before them the office's."""
    return published(OfficeDay.objects.values_list("day", "works"))


@cache
def _published() -> Mapping[date, bool]:
    return {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}


def published(office: Iterable[tuple[date, bool]] = ()) -> Calendar:
    """As chinesecalendar has it; an office's own days go before. A year of which only the office
    told days, be it one, keeps those that the law names."""
    own = dict(office)
    untold = {day.year for day in own} - {day.year for day in _published()}
    statutory = {date(year, *day): False for year in untold for day in STATUTORY}
    special = {**_published(), **statutory, **own}
    return Calendar(special, frozenset(day.year for day in special))


def _working() -> WorkingTime:
    return WorkingTime(calendar(), settings.WORKING_HOURS, ZoneInfo(settings.TIME_ZONE))


def _some_are_simple() -> bool:
    return DispatchRule.objects.filter(retired_at=None, simple=True).exists()


def _limits() -> Limits:
    return Limits(
        Limit(
            step=Step(row.step),
            kind=row.kind,
            item=row.item,
            severity=row.severity,
            simple=row.simple,
            measure=Measure(row.measure),
            amount=row.amount,
            since=row.since,
            until=row.retired_at,
        )
        for row in LimitRow.objects.all()
    )
