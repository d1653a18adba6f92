"""Lights and pace, by examples reckoned by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from campaign.standing import Duty, Figure, Goal, duties, expected, late_since, standing

NOTICE = date(2024, 11, 7)
END = date(2024, 12, 31)


def goal(op: str, number: int | None, /, **more) -> Goal:
    told = {"begins_on": NOTICE, "deadline": END} | more
    return Goal(op, None if number is None else Decimal(number), **told)


def light(asked: Goal, day: str, n: float | None, of: int | None = None, /, **more) -> str:
    figure = None
    if n is not None:
        figure = Figure(Decimal(str(n)), None if of is None else Decimal(of), **more)
    told = standing(asked, figure, date.fromisoformat(f"2024-{day}"))
    return f"{told.light} since {told.late_since:%m-%d}" if told.late_since else told.light


ESTATES = goal(">=", 20)
RATE = goal(">=", 90, rate=True)
ALWAYS = goal("=", 100, rate=True, deadline=None)
NOUGHT = goal("=", 0, deadline=None)
STEP = goal(">=", 1, deadline=date(2024, 11, 15))
EARLY = goal(">=", 1, deadline=date(2024, 10, 31))
PLACES = {"of_places": True}


@pytest.mark.parametrize(
    ("asked", "day", "figure", "expects"),
    [
        # 55 days from 7 November to 31 December; 44 of them by 20 December: 16 of 20 estates.
        (ESTATES, "12-20", (16,), "on_pace"),
        (ESTATES, "12-20", (15,), "behind"),
        (ESTATES, "12-20", (20,), "done"),
        (ESTATES, "12-31", (19,), "behind"),
        # 1 January is out of 2024: told as of the last day and after a deadline of before.
        (goal(">=", 20, deadline=date(2024, 12, 15)), "12-16", (19,), "late since 12-16"),
        (goal(">=", 20, deadline=date(2024, 12, 15)), "12-16", (20,), "done"),
        # 72 of 100 is 0.8 of the way to 90 %.
        (RATE, "12-20", (72, 100), "on_pace"),
        (RATE, "12-20", (71, 100), "behind"),
        (RATE, "12-20", (9, 10), "done"),
        (RATE, "12-20", (0, 0), "no_data"),
        (RATE, "12-20", (None,), "no_data"),
        # All the time: it is so or it is not.
        (ALWAYS, "12-20", (99, 100), "behind"),
        (ALWAYS, "12-20", (100, 100), "done"),
        (ALWAYS, "12-20", (None,), "no_data"),
        (NOUGHT, "12-20", (0,), "done"),
        (NOUGHT, "12-20", (1,), "behind"),
        # Done or not: before its deadline it is in time.
        (STEP, "11-15", (0,), "on_pace"),
        (STEP, "11-16", (0,), "late since 11-16"),
        (STEP, "11-16", (None,), "late since 11-16"),
        (STEP, "11-10", (None,), "no_data"),
        (EARLY, "11-07", (None,), "late since 11-01"),
        (EARLY, "11-07", (1,), "done"),
        # Without a target there is none, whatever was done.
        (goal("", None), "12-20", (5,), "no_target"),
        (goal("", None), "12-31", (None,), "no_target"),
        # Not begun: nothing is asked of it yet.
        (goal("=", 100, rate=True, begins_on=date(2025, 1, 1)), "12-20", (0, 50), "on_pace"),
        # Fewer complaints: there is no pace to it.
        (goal(">=", 15, rate=True, baselined=True), "12-20", (3, 20), "done"),
        (goal(">=", 15, rate=True, baselined=True), "12-20", (2, 20), "behind"),
        (goal(">=", 15, rate=True, baselined=True), "12-20", (None,), "no_baseline"),
    ],
)
def test_a_light_is_what_is_reckoned_by_hand(asked, day, figure, expects):
    assert light(asked, day, *figure) == expects


def test_of_many_places_those_that_have_done_it_have_a_pace():
    """Day 5 of 9 of the survey: five ninths of fourteen communities are 7.8."""
    assert light(STEP, "11-11", 8, 14, **PLACES) == "on_pace"
    assert light(STEP, "11-11", 7, 14, **PLACES) == "behind"
    assert light(STEP, "11-11", 0, 1, **PLACES) == "on_pace"
    assert light(STEP, "11-11", 14, 14, **PLACES) == "done"
    assert light(STEP, "11-16", 13, 14, **PLACES) == "late since 11-16"


def test_a_rate_of_which_a_place_told_nothing_is_not_done():
    assert light(ALWAYS, "12-20", 12, 12, missing=1) == "behind"
    assert light(RATE, "12-20", 12, 12, missing=1) == "on_pace"


def test_pace_is_the_same_every_day():
    assert expected(NOTICE, END, date(2024, 11, 6)) == 0
    assert expected(NOTICE, END, NOTICE) == Fraction(1, 55)
    assert expected(NOTICE, END, date(2024, 12, 20)) == Fraction(44, 55)
    assert expected(NOTICE, END, END) == 1
    assert expected(NOTICE, date(2024, 10, 31), NOTICE) == 1


# ── every month ─────────────────────────────────────────────────────────────────────────────────


def month(number: int, year: int = 2024) -> date:
    return date(year, number, 1)


def test_a_month_is_due_on_its_last_day_and_late_from_the_next():
    assert duties(NOTICE, date(2024, 12, 20), {month(12)}) == [
        Duty(month(11), date(2024, 11, 30), False, date(2024, 12, 1)),
        Duty(month(12), date(2024, 12, 31), True, None),
    ]
    assert duties(NOTICE, date(2024, 11, 30), set()) == [
        Duty(month(11), date(2024, 11, 30), False, None)
    ]


@pytest.mark.parametrize(
    ("day", "done", "since"),
    [
        (date(2024, 11, 30), [], None),
        (date(2024, 12, 1), [], date(2024, 12, 1)),
        (date(2024, 12, 20), [month(11)], None),
        (date(2025, 2, 10), [], date(2024, 12, 1)),
        # One that was missed before the last is history.
        (date(2025, 2, 10), [month(1, 2025)], None),
        (date(2025, 2, 10), [month(11)], date(2025, 1, 1)),
        (date(2025, 2, 10), [month(2, 2025)], None),
    ],
)
def test_a_place_is_late_since_the_first_month_that_it_missed_without_a_break(day, done, since):
    assert late_since(NOTICE, day, set(done)) == since
