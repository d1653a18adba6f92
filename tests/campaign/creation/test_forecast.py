"""Days reckoned by hand from the pace so far."""

from datetime import date, timedelta

import numpy as np
import pytest

from campaign.creation.forecast import ENOUGH, HORIZON, Pace, Spread, reached, spread
from campaign.creation.stages import Stage
from campaign.creation.walk import Reached, Walk

BEGIN = date(2024, 9, 1)
ALL = ("S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10")


def a_walk(*took: int, first: int = 0) -> Walk:
    """Through the stages, in so many days each."""
    days = [first + sum(took[:n]) for n in range(len(took) + 1)]
    return Walk(
        tuple(
            Reached(Stage(stage), BEGIN + timedelta(days=day))
            for stage, day in zip(ALL, days, strict=False)
        )
    )


def chances(**told: float) -> np.ndarray:
    told_ = np.zeros(HORIZON + 1)
    for day, chance in told.items():
        told_[int(day[1:])] = chance
    return told_


def test_below_eight_steps_nothing_is_forecast():
    assert Pace([a_walk(*[3] * 7)]).few
    told = Pace([a_walk(*[3] * 8)])
    assert (told.few, told.rests_on) == (False, 8)


def test_steps_back_and_out_are_no_pace():
    walk = a_walk(3, 3)
    returned = Reached(Stage.RETURNED, BEGIN + timedelta(days=9))
    again = Reached(Stage.SURVEYED, BEGIN + timedelta(days=12))
    assert Pace([Walk((*walk.reached, returned, again))]).rests_on == 2


def test_a_step_that_was_seen_often_takes_the_days_that_it_took():
    pace = Pace([a_walk(days) for days in (2, 2, 4, 6, 6)])
    step = pace.step(Stage.LISTED)
    assert ENOUGH == 5
    assert {day: round(float(step[day]), 9) for day in (2, 4, 6)} == {2: 0.4, 4: 0.2, 6: 0.4}


def test_a_step_that_was_hardly_seen_borrows_days_by_its_share_of_the_way():
    """Ten percent took 5 days each time: half a day a percent. From S2 to S3 are 15 percent."""
    pace = Pace([a_walk(5) for _ in range(8)])
    assert pace.step(Stage.PLANNED)[8] == pytest.approx(1)
    # Seen once, in 20 days: a fifth of it is that, four fifths are borrowed.
    seen = Pace([a_walk(5, 20), *(a_walk(5) for _ in range(7))])
    step = seen.step(Stage.PLANNED)
    # 8 of the 9 steps of all told half a day a percent, one 4/3: 7.5 → 8 days, and 20 days.
    assert step[8] == pytest.approx(0.8 * 8 / 9)
    assert step[20] == pytest.approx(0.2 + 0.8 / 9)


def test_what_is_left_of_a_step_is_left_of_those_that_took_longer():
    """At S9 for three days, where announcing took 2, 4, 4, 6 and 8 days: 1, 1, 3 or 5 are left."""
    walks = [a_walk(*[1] * 8, days) for days in (2, 4, 4, 6, 8)]
    waiting = a_walk(*[1] * 8)
    day = waiting.last.on + timedelta(days=3)
    told = Pace(walks).finish(waiting, day, passes=True)
    assert {n: round(float(told[n]), 9) for n in range(1, 6)} == {
        1: 0.5,
        2: 0,
        3: 0.25,
        4: 0,
        5: 0.25,
    }
    assert spread(told, day) == Spread(
        day + timedelta(days=1), day + timedelta(days=1), day + timedelta(days=5)
    )


def test_whoever_is_slower_than_all_so_far_begins_the_step_anew():
    walks = [a_walk(*[1] * 8, 2) for _ in range(5)]
    waiting = a_walk(*[1] * 8)
    day = waiting.last.on + timedelta(days=30)
    told = Pace(walks).finish(waiting, day, passes=True)
    assert told[2] == pytest.approx(1)


def test_what_does_not_pass_any_more_has_a_re_check_ahead():
    walks = [a_walk(1, 1, 1, 1, 1, 1, 9, 1, 2) for _ in range(5)]
    waiting = a_walk(1, 1, 1, 1, 1, 1, 9, 1)
    pace, day = Pace(walks), waiting.last.on
    assert spread(pace.finish(waiting, day, passes=True), day).likely == day + timedelta(days=2)
    assert spread(pace.finish(waiting, day, passes=False), day).likely == day + timedelta(days=11)


def test_whoever_is_not_on_the_way_has_no_forecast():
    out = Walk((*a_walk(1).reached, Reached(Stage.RETURNED, BEGIN + timedelta(days=5))))
    pace = Pace([a_walk(*[1] * 9)])
    assert pace.finish(out, BEGIN + timedelta(days=9), passes=True) is None
    assert spread(None, BEGIN) == Spread(None, None, None)


def test_the_target_is_reached_by_as_many_as_it_takes():
    """Of three, one is done, one is by day 5 with 0.6 (else by 9), one by day 7 with 0.5 (else by
    20). Two or more by day 5: 0.6; by day 7: 1 − 0.4 · 0.5 = 0.8; by day 9: 1."""
    day = BEGIN
    finishes = [chances(d0=1), chances(d5=0.6, d9=0.4), chances(d7=0.5, d20=0.5)]

    def chance(by: int, want: int = 2) -> float:
        return round(reached(finishes, want, day, day + timedelta(days=by), 1)[1], 9)

    assert [chance(by) for by in (4, 5, 6, 7, 8, 9)] == [0, 0.6, 0.6, 0.8, 0.8, 1]
    told, _ = reached(finishes, 2, day, None, 1)
    assert told == Spread(*(day + timedelta(days=n) for n in (5, 5, 9)))
    # All three by day 7: 0.6 · 0.5; four never.
    assert chance(7, want=3) == 0.3
    assert (chance(99, want=4), reached(finishes, 4, day, None, 1)[0]) == (
        0,
        Spread(None, None, None),
    )


def test_more_than_are_on_the_list_are_never_reached_however_many_are_asked_for():
    """A slip of the pen in the target is no reason to reckon for ever."""
    told = reached([chances(d0=1)], 10**12, BEGIN, BEGIN + timedelta(days=9), 1)
    assert told == (Spread(None, None, None), 0)


def test_after_the_deadline_it_was_reached_or_not():
    late = BEGIN - timedelta(days=1)
    assert reached([chances(d0=1)], 1, BEGIN, late, 0)[1] == 0
    assert reached([chances(d0=1)], 1, BEGIN, late, 1)[1] == 1
