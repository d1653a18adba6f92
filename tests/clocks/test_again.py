"""Deadlines of what begins again, goes outside, or ends in a year that is not told."""

from datetime import date

import pytest

from inspections.clocks import STATUTORY, Step
from inspections.timetable import published
from tests.clocks.matters import LAST, at, clocks, reported, working


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


def test_a_day_off_of_a_year_that_is_not_published_leaves_it_the_days_that_the_law_names():
    office = {date(LAST + 1, 1, 8): False, date(LAST + 1, 5, 1): True}
    works = published(office.items()).works
    assert {day for day in STATUTORY if works(date(LAST + 1, *day))} == {(5, 1)}
    assert not works(date(LAST + 1, 1, 8))
