"""What is true of deadlines whatever happens to a case."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from inspections.clocks import Made, Matter, Measure, replay
from inspections.workflow import ENDED, MOVES, State, moves_from
from tests.clocks.matters import OFFICE, limit, working

# Over the last years that are told and the first that are not.
MOMENTS = st.integers(0, 1500 * 24 * 3600).map(
    lambda seconds: datetime(2023, 12, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
HOURS = st.integers(1, 400).map(lambda quarters: timedelta(minutes=15 * quarters))
PAUSES = st.integers(0, 60 * 24 * 400).map(lambda minutes: timedelta(minutes=minutes))
MEASURES = st.sampled_from(
    ["0 same_day", "1 hours", "24 hours", "4 working_hours", "3 working_days", "7 working_days"]
)


@given(MOMENTS, HOURS)
def test_so_much_is_worked_until_the_deadline_and_no_less_a_moment_before(begin, amount):
    due = working().after(begin, amount).at

    assert working().between(begin, due) == amount
    assert working().between(begin, due - timedelta(seconds=1)) < amount
    assert working().between(working().before(due, amount), due) == amount


@given(MOMENTS, HOURS, HOURS)
def test_working_time_adds_up(begin, one, other):
    at_once = working().after(begin, one + other)

    assert working().after(working().after(begin, one).at, other).at == at_once.at


@given(MOMENTS, HOURS)
def test_looking_back_finds_the_latest_moment(end, amount):
    since = working().before(end, amount)

    assert working().between(since, end) == amount
    assert working().between(since + timedelta(seconds=1), end) < amount


@given(st.lists(MOMENTS, min_size=2, max_size=6), MEASURES)
def test_what_is_reported_later_is_due_no_earlier(moments, told):
    moments = sorted(moments)
    due = [limit("whole", told).deadline(each, working()).at for each in moments]

    assert due == sorted(due)
    assert all(at >= begin for at, begin in zip(due, moments, strict=True))


@given(MOMENTS, MEASURES)
def test_a_deadline_is_sure_only_where_every_year_it_was_counted_in_is_told(begin, told):
    asked = limit("whole", told)
    due = asked.deadline(begin, working())
    known = working().calendar.known

    if asked.measure in (Measure.WORKING_DAYS, Measure.WORKING_HOURS):
        local = [each.astimezone(working().zone).year for each in (begin, due.at)]
        assert due.sure == ({*range(local[0], local[1] + 1)} <= known)
    else:
        assert due.sure


@given(MOMENTS, MEASURES, HOURS, PAUSES)
def test_a_pause_of_any_length_leaves_what_was_left(begin, told, until_then, pause):
    time = working()
    asked = limit("whole", told)
    matter = Matter("", "", 2, False, begin, begin)
    stopped, resumed = begin + until_then, begin + until_then + pause
    moves = [
        Made(1, "file", begin, State.FILED),
        Made(2, "suspend", stopped, State.SUSPENDED),
        Made(3, "resume", resumed, State.FILED),
    ]

    before = asked.deadline(begin, time).at
    after = replay(matter, moves, type(OFFICE)([asked]), time).due.at

    assert after >= min(before, resumed)
    if asked.measure.working:
        left, still = time.between(stopped, before), time.between(resumed, after)
    else:
        left, still = before - stopped, after - resumed
    assert still == max(left, timedelta())
    assert after >= resumed


@st.composite
def lives(draw: st.DrawFn) -> tuple[Matter, list[Made]]:
    """Any path through the table, each move some time after the one before."""
    at = draw(MOMENTS)
    matter = Matter("", "", draw(st.integers(1, 3)), draw(st.booleans()), at, at)
    state, moves = State.REPORTED, []
    handled = False
    for version in range(1, draw(st.integers(0, 12)) + 1):
        possible = moves_from(state)
        if not possible:
            break
        move = draw(st.sampled_from(possible))
        at += draw(PAUSES) / draw(st.integers(1, 200))
        handled = move.name == "assign" or (handled and move.name != "take_back")
        state = move.leads_to(handled=handled)
        day = (at + draw(PAUSES)).date() if move.name in ("grant_extension", "suspend") else None
        moves.append(Made(version, move.name, at, state, day))
    return matter, moves


@given(lives(), st.randoms(use_true_random=False))
def test_moves_count_in_the_order_of_their_versions(life, random: Random):
    matter, moves = life
    mixed = list(moves)
    random.shuffle(mixed)

    assert replay(matter, mixed, OFFICE, working()) == replay(matter, moves, OFFICE, working())


@given(lives())
def test_the_first_deadline_stays_and_only_what_moves_it_moves_the_cases(life):
    matter, moves = life
    told = [replay(matter, moves[:n], OFFICE, working()) for n in range(len(moves) + 1)]

    assert len({each.first_due for each in told}) == 1
    for (before, after), move in zip(pairwise(told), moves, strict=True):
        if MOVES[move.name].effect in ("", "end"):
            assert after.due == before.due
        if MOVES[move.name].effect == "extend":
            assert after.due.at >= before.due.at


@given(lives())
def test_both_clocks_stand_still_while_a_case_is_suspended_and_none_of_a_step_runs_after_its_end(
    life,
):
    matter, moves = life
    told = replay(matter, moves, OFFICE, working())
    state = moves[-1].to if moves else State.REPORTED

    assert (told.due is None) == (state is State.SUSPENDED)
    quiet = ENDED | {State.SUSPENDED, State.REFERRED}
    assert (told.step is None) == (told.step_due is None) == (state in quiet)
    assert told.step_began_at <= max([matter.received_at, *(move.at for move in moves)])
