"""Deadlines on real calendars: the State Council's holidays and make-up working days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inspections.clocks import (
    Calendar,
    Clocks,
    Hours,
    Limit,
    Limits,
    Made,
    Matter,
    Measure,
    Step,
    WorkingTime,
    replay,
)
from inspections.timetable import published
from inspections.workflow import MOVES

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HOURS = Hours.read("08:00-12:00,14:30-17:30")
LAST = max(published().known)


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=SHANGHAI)


def working(calendar: Calendar | None = None) -> WorkingTime:
    return WorkingTime(calendar or published(), HOURS, SHANGHAI)


def limit(step: str, told: str, **asked) -> Limit:
    """ "3 working_days", of what is asked."""
    amount, measure = told.split()
    heading = {"kind": "", "item": "", "severity": None, "simple": False, "since": LONG_AGO}
    return Limit(Step(step), measure=Measure(measure), amount=int(amount), **heading | asked)


OFFICE = Limits(
    [
        limit("whole", "7 working_days"),
        limit("whole", "24 hours", severity=1),
        limit("whole", "3 working_days", severity=2),
        limit("whole", "0 same_day", simple=True),
        limit("intake", "4 working_hours"),
        limit("dispatch", "4 working_hours"),
        limit("claim", "8 working_hours"),
        limit("handling", "5 working_days"),
        limit("handling", "2 working_days", severity=2),
        limit("handling", "0 same_day", simple=True),
        limit("checking", "1 working_days"),
        limit("decision", "8 working_hours"),
    ]
)


def reported(when: str, received: str | None = None, **told) -> Matter:
    about = {"kind": "lighting", "item": "ZM-01", "severity": 2, "simple": False}
    return Matter(
        **about | told, reported_at=at(when), received_at=at(received) if received else at(when)
    )


def made(*moves: tuple[str, str] | tuple[str, str, str], handled: bool = True) -> list[Made]:
    """ "assign", when, and for some until which day."""
    return [
        Made(
            version=n,
            name=name,
            at=at(when),
            to=MOVES[name].leads_to(handled=handled),
            until=date.fromisoformat(until[0]) if until else None,
        )
        for n, (name, when, *until) in enumerate(moves, 1)
    ]


def clocks(matter: Matter, *moves, calendar: Calendar | None = None, **how) -> Clocks:
    return replay(matter, made(*moves, **how), OFFICE, working(calendar))


# Working time


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


def test_a_finding_of_friday_evening_counts_from_the_next_working_moment():
    told = clocks(reported("2024-05-17 19:00"))

    assert (told.step, told.step_due.at) == (Step.INTAKE, at("2024-05-20 12:00"))
    assert told.due.at == told.first_due.at == at("2024-05-22 17:30")


def test_a_finding_before_national_day_counts_the_days_that_are_worked_instead():
    told = clocks(reported("2024-09-27 16:00"), ("file", "2024-09-29 09:00"))

    assert told.due.at == at("2024-10-08 17:30")
    assert (told.step, told.step_due.at) == (Step.DISPATCH, at("2024-09-29 15:30"))
    assert clocks(reported("2024-09-30 09:00", severity=3)).due.at == at("2024-10-15 17:30")


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2024-05-15 00:00:00", "2024-05-15 23:59:59"),
        ("2024-05-15 23:59:00", "2024-05-15 23:59:59"),
        ("2024-05-15 23:59:59", "2024-05-15 23:59:59"),
        ("2024-05-16 00:00:00", "2024-05-16 23:59:59"),
        ("2024-10-01 08:00:00", "2024-10-01 23:59:59"),  # on a holiday too
    ],
)
def test_the_same_day_is_that_of_receipt_in_shanghai(received, due):
    told = clocks(reported(received, simple=True))
    # The same moment, told in another zone.
    elsewhere = reported(received, simple=True).received_at.astimezone(UTC)
    there = replay(Matter("", "", 3, True, elsewhere, elsewhere), [], OFFICE, working())

    assert told.due.at == told.first_due.at == there.due.at == at(due)


def test_what_was_found_with_no_network_is_simple_on_the_day_it_is_received():
    found, received = "2024-05-14 17:00", "2024-05-15 08:10"

    assert clocks(reported(found, received, simple=True)).due.at == at("2024-05-15 23:59:59")
    assert clocks(reported(found, received)).due.at == at("2024-05-17 17:30")
    assert clocks(reported(found, received)).step_due.at == at("2024-05-15 14:40")


def test_a_tablets_clock_that_runs_ahead_moves_no_deadline():
    ahead = clocks(reported("2031-01-01 10:00", "2024-05-15 09:00"))

    assert ahead == clocks(reported("2024-05-15 09:00"))
    assert ahead.sure


def test_every_step_has_its_own_clock_and_the_handling_runs_from_the_assignment():
    matter = reported("2024-05-15 09:00")
    life = [
        ("file", "2024-05-15 10:00"),
        ("assign", "2024-05-15 11:00"),
        ("claim", "2024-05-15 15:00"),
        ("ask_extension", "2024-05-16 09:00"),
        ("refuse_extension", "2024-05-16 10:00"),
        ("hand_back", "2024-05-16 16:00"),
        ("pass_check", "2024-05-17 09:00"),
        ("close", "2024-05-17 10:00"),
    ]

    told = [clocks(matter, *life[:n]) for n in range(len(life) + 1)]

    assert [
        (each.step, each.step_began_at, each.step_due and each.step_due.at) for each in told
    ] == [
        (Step.INTAKE, at("2024-05-15 09:00"), at("2024-05-15 15:30")),
        (Step.DISPATCH, at("2024-05-15 10:00"), at("2024-05-15 16:30")),
        (Step.CLAIM, at("2024-05-15 11:00"), at("2024-05-16 12:00")),
        (Step.HANDLING, at("2024-05-15 11:00"), at("2024-05-17 17:30")),
        (Step.DECISION, at("2024-05-16 09:00"), at("2024-05-17 10:00")),
        (Step.HANDLING, at("2024-05-15 11:00"), at("2024-05-17 17:30")),
        (Step.CHECKING, at("2024-05-16 16:00"), at("2024-05-17 17:30")),
        (Step.CHECKING, at("2024-05-16 16:00"), at("2024-05-17 17:30")),
        (None, at("2024-05-17 10:00"), None),
    ]
    assert {each.due.at for each in told} == {at("2024-05-20 17:30")}
    assert {each.first_due.at for each in told} == {at("2024-05-20 17:30")}
    assert [each.assigned_at for each in told] == [None, None] + [at("2024-05-15 11:00")] * 7


def test_who_is_given_a_case_anew_has_the_whole_time_for_handling_but_not_for_the_case():
    told = clocks(
        reported("2024-05-15 09:00"),
        ("file", "2024-05-15 10:00"),
        ("assign", "2024-05-15 11:00"),
        ("claim", "2024-05-15 15:00"),
        ("return", "2024-05-16 09:00"),
        ("assign", "2024-05-16 10:00"),
        ("assign", "2024-05-17 10:00"),
        ("claim", "2024-05-17 11:00"),
    )

    assert (told.assigned_at, told.step_due.at) == (at("2024-05-17 10:00"), at("2024-05-21 17:30"))
    assert told.due.at == at("2024-05-20 17:30")


def test_a_granted_extension_moves_handling_and_case_to_the_end_of_that_day():
    asked = (
        reported("2024-09-25 09:00"),
        ("file", "2024-09-25 09:30"),
        ("assign", "2024-09-25 10:00"),
        ("claim", "2024-09-25 11:00"),
        ("ask_extension", "2024-09-26 09:00", "2024-10-01"),
    )

    granted = clocks(*asked, ("grant_extension", "2024-09-26 10:00", "2024-10-10"))
    # A day that is not worked: the next that is.
    in_the_holiday = clocks(*asked, ("grant_extension", "2024-09-26 10:00", "2024-10-01"))
    earlier = clocks(*asked, ("grant_extension", "2024-09-26 10:00", "2024-09-26"))

    assert clocks(*asked).due.at == at("2024-09-29 17:30")
    assert granted.step is Step.HANDLING
    assert granted.step_due.at == granted.due.at == at("2024-10-10 17:30")
    assert in_the_holiday.due.at == at("2024-10-08 17:30")
    assert (earlier.step_due.at, earlier.due.at) == (at("2024-09-27 17:30"), at("2024-09-29 17:30"))
    assert {each.first_due.at for each in (granted, in_the_holiday, earlier)} == {
        at("2024-09-29 17:30")
    }


def test_a_suspension_across_new_year_leaves_what_was_left():
    before = (
        reported("2024-12-27 09:00", severity=3),
        ("file", "2024-12-27 09:30"),
        ("assign", "2024-12-27 10:00"),
        ("claim", "2024-12-27 11:00"),
    )
    stopped = (*before, ("suspend", "2024-12-31 15:30", "2025-01-20"))
    gone_on = (*stopped, ("resume", "2025-01-20 09:00"))

    running, standing, again = clocks(*before), clocks(*stopped), clocks(*gone_on)
    claimed = clocks(*gone_on, ("claim", "2025-01-20 10:00"))

    assert (running.due.at, running.step_due.at) == (at("2025-01-08 17:30"), at("2025-01-06 17:30"))
    assert (standing.step, standing.step_began_at) == (None, at("2024-12-31 15:30"))
    assert (standing.step_due, standing.due) == (None, None)
    assert standing.first_due.at == at("2025-01-08 17:30")
    # Of the case two hours of that day and five days were left, 1 January not among them.
    assert again.due.at == at("2025-01-26 11:00")
    assert working().between(at("2025-01-20 09:00"), again.due.at) == working().between(
        at("2024-12-31 15:30"), running.due.at
    )
    # To be taken up again, and the handling beneath goes on with two hours and three days.
    assert (again.step, again.step_due.at) == (Step.CLAIM, at("2025-01-21 10:00"))
    assert (claimed.step, claimed.step_due.at) == (Step.HANDLING, at("2025-01-23 11:00"))
    assert claimed.assigned_at == at("2024-12-27 10:00")
    assert again.first_due.at == at("2025-01-08 17:30")


def test_what_was_not_taken_up_goes_on_being_so_after_a_suspension():
    told = clocks(
        reported("2024-05-15 09:00"),
        ("file", "2024-05-15 09:00"),
        ("assign", "2024-05-15 09:00"),
        ("suspend", "2024-05-15 10:00", "2024-06-03"),
        ("resume", "2024-06-03 08:00"),
    )

    # Seven of eight hours.
    assert (told.step, told.step_due.at) == (Step.CLAIM, at("2024-06-03 17:30"))


def test_hours_stand_still_by_the_clock_and_what_was_overdue_is_due_at_once():
    severe = reported("2024-12-31 20:00", severity=1)
    stopped = ("file", "2024-12-31 20:10"), ("suspend", "2024-12-31 22:00", "2025-01-10")
    late = ("file", "2024-12-31 20:10"), ("suspend", "2025-01-02 08:00", "2025-01-10")
    resumed = ("resume", "2025-01-10 12:00")

    told = clocks(severe, *stopped, resumed, handled=False)

    assert (told.step, told.due.at) == (Step.DISPATCH, at("2025-01-11 10:00"))
    assert clocks(severe, *late, resumed, handled=False).due.at == at("2025-01-10 12:00")


def test_a_reopened_case_has_a_new_deadline_and_keeps_its_first():
    told = clocks(
        reported("2024-05-15 09:00"),
        ("file", "2024-05-15 10:00"),
        ("assign", "2024-05-15 11:00"),
        ("claim", "2024-05-15 15:00"),
        ("hand_back", "2024-05-16 16:00"),
        ("close", "2024-05-17 10:00"),
        ("reopen", "2024-09-27 19:00"),
    )

    assert (told.step, told.step_began_at) == (Step.CLAIM, at("2024-09-27 19:00"))
    assert told.due.at == at("2024-10-08 17:30")
    assert told.first_due.at == at("2024-05-20 17:30")
    assert told.assigned_at == at("2024-09-27 19:00")


@pytest.mark.parametrize(
    ("moves", "step"),
    [
        ((("file", 10), ("assign", 11), ("hand_back", 15), ("fail_check", 16)), Step.CLAIM),
        ((("reject", 10), ("reconsider", 16)), Step.INTAKE),
        ((("fix_on_spot", 10), ("reopen", 16)), Step.DISPATCH),
    ],
)
def test_what_begins_again_has_a_new_deadline(moves, step):
    life = [(name, f"2024-05-16 {hour}:00") for name, hour in moves]

    told = clocks(reported("2024-05-15 09:00"), *life, handled=step is Step.CLAIM)

    assert (told.step, told.step_began_at) == (step, at("2024-05-16 16:00"))
    assert told.due.at == at("2024-05-21 17:30")
    assert told.first_due.at == at("2024-05-20 17:30")


def test_outside_the_house_only_the_cases_clock_runs():
    referred = (
        reported("2024-05-15 09:00"),
        ("file", "2024-05-15 10:00"),
        ("refer", "2024-05-15 11:00"),
    )

    told = clocks(*referred)
    back = clocks(*referred, ("take_back", "2024-05-16 09:00"))

    assert (told.step, told.step_began_at, told.step_due) == (None, at("2024-05-15 11:00"), None)
    assert told.due.at == back.due.at == at("2024-05-20 17:30")
    assert (back.step, back.step_due.at) == (Step.DISPATCH, at("2024-05-16 15:30"))


# A year that is not told yet


def test_a_finding_at_the_end_of_the_last_known_year_has_a_provisional_deadline():
    finding = reported(f"{LAST}-12-28 10:00", severity=3)

    guessed = clocks(finding)
    # New Year is a statutory day; what is worked instead is not known.
    told = {date(LAST + 1, 1, day): day == 3 for day in (1, 2, 3)}
    known = clocks(finding, calendar=published(told.items()))

    assert not guessed.sure
    assert guessed.due.at == working().days_after(at(f"{LAST}-12-28 10:00"), 7).at
    assert guessed.due.at.year == LAST + 1
    assert known.sure
    assert clocks(reported(f"{LAST}-12-28 10:00")).sure == (
        clocks(reported(f"{LAST}-12-28 10:00")).due.at.year == LAST
    )


def test_what_was_counted_in_an_unknown_year_stays_provisional_after_a_pause():
    told = clocks(
        reported(f"{LAST}-12-28 10:00", severity=3),
        ("file", f"{LAST}-12-28 11:00"),
        ("suspend", f"{LAST}-12-29 09:00", f"{LAST}-12-30"),
        ("resume", f"{LAST}-12-29 09:00"),
        handled=False,
    )

    assert not told.sure
