"""Deadlines of findings, complaints and cases from step to step."""

from datetime import UTC

import pytest

from inspections.clocks import (
    Matter,
    Step,
    replay,
)
from tests.clocks.matters import OFFICE, at, clocks, reported, working


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
