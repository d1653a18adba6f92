"""On which day somebody is reminded: by the office's calendar, told here by hand."""

from datetime import date, timedelta

import pytest

from campaign.standing.calls import call_of
from inspections.timetable import published


def calls(due_on: date, first: date, last: date, before: int = 3) -> dict[str, str]:
    """The first day of each call."""
    works = published().works
    told: dict[str, str] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        call = call_of(due_on, day, works, before)
        if call and works(day):
            told.setdefault(call, f"{day:%m-%d %a}")
    return told


def test_before_on_the_day_and_each_week_after_it():
    # Tuesday 31 December; New Year is a holiday.
    assert calls(date(2024, 12, 31), date(2024, 12, 20), date(2025, 1, 20)) == {
        "before": "12-26 Thu",
        "on": "12-31 Tue",
        "2025-W02": "01-06 Mon",
        "2025-W03": "01-13 Mon",
        "2025-W04": "01-20 Mon",
    }


def test_what_is_due_on_a_rest_day_is_called_on_the_working_day_before_it():
    # Saturday 30 November.
    assert calls(date(2024, 11, 30), date(2024, 11, 20), date(2024, 12, 3)) == {
        "before": "11-26 Tue",
        "on": "11-29 Fri",
        "2024-W49": "12-02 Mon",
    }


def test_over_a_long_holiday_days_that_are_made_up_are_worked():
    # 1 to 7 October is free; Sunday 29 September and Saturday 12 October are worked.
    assert calls(date(2024, 10, 5), date(2024, 9, 20), date(2024, 10, 20)) == {
        "before": "09-26 Thu",
        "on": "09-30 Mon",
        "2024-W41": "10-08 Tue",
        "2024-W42": "10-14 Mon",
    }


def test_a_week_with_no_working_day_has_no_call():
    # Spring festival: 28 January to 4 February 2025, made up on Sunday 26 January and Saturday 8
    # February.
    assert calls(date(2025, 1, 20), date(2025, 1, 10), date(2025, 2, 10)) == {
        "before": "01-15 Wed",
        "on": "01-20 Mon",
        "2025-W05": "01-27 Mon",
        "2025-W06": "02-05 Wed",
        "2025-W07": "02-10 Mon",
    }


@pytest.mark.parametrize(("before", "first"), [(0, "on"), (1, "before"), (5, "before")])
def test_without_days_before_it_begins_on_the_day(before, first):
    assert next(iter(calls(date(2024, 12, 31), date(2024, 12, 2), date(2024, 12, 31), before))) == (
        first
    )
