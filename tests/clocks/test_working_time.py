"""When an office works, and which limit counts."""

from datetime import date, datetime, timedelta

import pytest

from inspections.clocks import (
    Calendar,
    Hours,
    Limits,
    Matter,
    Step,
    replay,
)
from tests.clocks.matters import SHANGHAI, at, limit, reported, working


@pytest.mark.parametrize(
    ("begin", "hours", "due"),
    [
        ("2024-05-15 09:00", 2, "2024-05-15 11:00"),
        ("2024-05-15 11:00", 2, "2024-05-15 15:30"),  # over the noon break
        ("2024-05-15 13:00", 1, "2024-05-15 15:30"),
        ("2024-05-15 08:00", 4, "2024-05-15 12:00"),  # not 14:30
        ("2024-05-15 16:30", 4, "2024-05-16 11:00"),  # over night
        ("2024-05-17 17:00", 4, "2024-05-20 11:30"),  # Friday to Monday
        ("2024-05-17 19:00", 4, "2024-05-20 12:00"),  # Friday evening: from Monday morning
        ("2024-09-30 17:00", 1, "2024-10-08 08:30"),  # over National Day
        ("2024-10-11 17:00", 1, "2024-10-12 08:30"),  # into a Saturday that is worked
        ("2024-04-30 17:30", 7, "2024-05-06 17:30"),
    ],
)
def test_working_hours_are_counted_while_the_office_works(begin, hours, due):
    told = working().after(at(begin), timedelta(hours=hours))

    assert (told.at, told.sure) == (at(due), True)
    assert working().between(at(begin), at(due)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("begin", "days", "due"),
    [
        ("2024-05-15 09:00", 1, "2024-05-16 17:30"),  # the day itself is not counted
        ("2024-05-15 00:00", 1, "2024-05-16 17:30"),
        ("2024-05-15 23:59", 1, "2024-05-16 17:30"),
        ("2024-05-17 19:00", 3, "2024-05-22 17:30"),  # Friday evening: Monday is the first
        ("2024-05-18 10:00", 3, "2024-05-22 17:30"),  # and on Saturday
        # National Day 2024: Sunday 29 September and Saturday 12 October are worked.
        ("2024-09-27 10:00", 1, "2024-09-29 17:30"),
        ("2024-09-27 19:00", 3, "2024-10-08 17:30"),
        ("2024-09-30 10:00", 5, "2024-10-12 17:30"),
        ("2024-10-04 12:00", 1, "2024-10-08 17:30"),
        ("2024-10-11 10:00", 2, "2024-10-14 17:30"),
        # Spring Festival 2024: 4 and 18 February are Sundays that are worked.
        ("2024-02-03 10:00", 1, "2024-02-04 17:30"),
        ("2024-02-09 16:00", 1, "2024-02-18 17:30"),
    ],
)
def test_working_days_end_with_the_last_ones_working_time(begin, days, due):
    told = working().days_after(at(begin), days)

    assert (told.at, told.sure) == (at(due), True)


def test_a_day_that_is_not_worked_ends_with_the_next_one_that_is():
    told = [working().closing(date(2024, 10, day)).at for day in (1, 8, 12, 13)]

    assert told == [at(f"2024-10-{day} 17:30") for day in ("08", "08", "12", "14")]


def test_a_year_that_is_not_told_has_its_weekends_and_its_fixed_days():
    unknown = Calendar({}, frozenset())
    rest = [date(2031, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 3))]

    assert not any(unknown.works(day) for day in rest)
    # A Saturday, a Sunday, and a weekday after the holidays.
    assert [unknown.works(date(2031, 5, day)) for day in (3, 4, 5)] == [False, False, True]
    assert working(unknown).days_after(at("2031-09-30 10:00"), 1) == (
        at("2031-10-06 17:30"),
        False,
    )


@pytest.mark.parametrize("told", ["", "8-12", "08:00", "12:00-08:00", "08:00-12:00,11:00-17:30"])
def test_working_hours_that_do_not_go_forward_are_refused(told):
    with pytest.raises(ValueError, match=r".+"):
        Hours.read(told)


# Limits


def test_the_limit_that_says_most_counts_as_it_was_when_the_step_began():
    lamp = {"kind": "lighting", "item": "ZM-01"}
    later = datetime(2024, 6, 1, tzinfo=SHANGHAI)
    limits = Limits(
        [
            limit("whole", "9 working_days"),
            limit("whole", "8 working_days", severity=2),
            limit("whole", "7 working_days", kind="lighting"),
            limit("whole", "6 working_days", kind="lighting", severity=2),
            limit("whole", "5 working_days", **lamp, since=later),
            limit("whole", "4 working_days", simple=True),
        ]
    )

    def amount(matter: Matter) -> int:
        return limits.of(Step.WHOLE, matter, matter.reported_at).amount

    assert [
        amount(reported("2024-05-15 09:00", kind="fire_lane", severity=3)),
        amount(reported("2024-05-15 09:00", kind="fire_lane")),
        amount(reported("2024-05-15 09:00", severity=3)),
        amount(reported("2024-05-15 09:00")),
        amount(reported("2024-06-03 09:00")),
        amount(reported("2024-06-03 09:00", simple=True)),
    ] == [9, 8, 7, 6, 5, 4]


def test_a_limit_that_is_retired_stays_for_what_began_before():
    gone = datetime(2024, 6, 1, tzinfo=SHANGHAI)
    limits = Limits([limit("whole", "9 hours"), limit("whole", "1 hours", severity=2, until=gone)])
    before, after = reported("2024-05-31 23:59"), reported("2024-06-01 00:00")

    told = [limits.of(Step.WHOLE, each, each.reported_at).amount for each in (before, after)]

    assert told == [1, 9]


def test_where_no_limit_is_set_nothing_is_due():
    told = replay(reported("2024-05-15 09:00"), [], Limits([]), working())

    assert (told.step, told.step_due, told.due, told.first_due, told.sure) == (
        Step.INTAKE,
        None,
        None,
        None,
        True,
    )


# A case
