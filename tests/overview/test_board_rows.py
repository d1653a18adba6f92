"""Every number of the board opens the rows behind it: exactly so many, and what moves tell."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from rest_framework.test import APIClient

from inspections.board_figures import CASE_FIGURES
from inspections.clocks import STEP_OF
from inspections.models import Case, Move
from inspections.services.cases.clocks import clocks_of_each
from inspections.timetable import timetable
from inspections.workflow import State
from people.models import User

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/overview/board/"
LAST = date(2024, 12, 20)


@pytest.fixture
def days(demo_town, db) -> list[date]:
    """Two of the demonstration's, another one each time."""
    return [LAST, LAST - timedelta(days=Random().randrange(1, 90))]


@pytest.fixture
def client(demo_town, db) -> APIClient:
    client = APIClient(headers={"accept-language": "en"})
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(User.objects.get(username="leader"), backend)
    return client


def every_share(told):
    """(whose, name, share) of all in one, and of some communities and companies."""
    some = (Random().sample(told[each], 2) for each in ("communities", "companies"))
    for whose in (told["totals"], *chain(*some)):
        for name, share in whose["figures"].items():
            each = share.items() if name == "overdue_by_step" else [(name, share)]
            yield from ((whose.get("name"), slug, one) for slug, one in each)


def rows_of(client, address: str) -> int:
    """How many rows the list has that this address opens."""
    if address.startswith("/cases/"):
        address = f"/api/v1{address}"
    told = client.get(address).json()
    return len(told["rows"]) if "rows" in told else told["count"]


def test_every_number_opens_exactly_the_rows_behind_it(client, days):
    asked = set()
    for day in days:
        since = day - timedelta(days=40)
        told = client.get(f"{BOARD}?since={since}&as_of={day}&kind=fire_lane&kind=lighting").json()
        for whose, name, share in every_share(told):
            if share["of"] == 0 and name in asked:
                continue
            opened = rows_of(client, share["rows"]), rows_of(client, share["rest"])
            assert opened == (share["n"], share["of"] - share["n"]), (day, whose, name, share)
            asked |= {name} if share["of"] else set()
    assert asked >= {"handled", "on_time", "overdue", "first_time_fixed", "inspections", "repeat"}


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_moves_tell(at: datetime, since: datetime) -> Counter:
    """The figures of all cases, from nothing but their moves and the office's clocks."""
    told = timetable()
    counts: Counter = Counter()
    for case in Case.objects.filter(reported_at__lt=at).prefetch_related("moves"):
        moves = sorted(
            (each for each in case.moves.all() if each.standing == "made"),
            key=lambda each: each.version,
        )
        before = [each for each in moves if each.made_at < at]
        clocks = clocks_of_each(case, before, told)[-1]
        state = State(before[-1].state_after) if before else State.REPORTED
        matter = state not in {State.REJECTED, State.VOID, State.JOINED}
        closed = state is State.CLOSED
        failed = any(each.name in ("fail_check", "reopen") for each in before)
        ended = before[-1].made_at if closed else None
        if matter and case.reported_at >= since:
            right = {State.FIXED, State.CHECKING, State.CHECKED, State.CLOSED}
            counts["of handled"] += 1
            counts["handled"] += state in right
            counts["found_by_residents"] += case.source == "complaint"
            counts["found_by_inspectors"] += case.source == "inspection"
        if matter and since <= case.first_due_at < at:
            counts["of on_time"] += 1
            counts["on_time"] += closed and ended <= case.first_due_at
        if closed and ended >= since:
            counts["of first_time_fixed"] += 1
            counts["first_time_fixed"] += not failed
        if matter and not closed:
            counts["of overdue"] += 1
            counts["overdue"] += bool(clocks.due and clocks.due.at < at)
            if state in STEP_OF:
                late = bool(clocks.step_due and clocks.step_due.at < at)
                counts[STEP_OF[state]] += late
    return counts


def test_the_board_of_any_day_is_what_moves_tell_of_it(client, days):
    assert Move.objects.exists()
    for day in days:
        since = day - timedelta(days=30)
        told = client.get(f"{BOARD}?since={since}&as_of={day}").json()["totals"]["figures"]
        expected = as_moves_tell(moment(day), moment(since - timedelta(days=1)))
        for name in ("handled", "on_time", "first_time_fixed", "overdue"):
            found = told[name]["n"], told[name]["of"]
            assert found == (expected[name], expected[f"of {name}"]), (day, name)
        for name in ("found_by_residents", "found_by_inspectors"):
            found = told[name]["n"], told[name]["of"]
            assert found == (expected[name], expected["of handled"]), (day, name)
        for step, share in told["overdue_by_step"].items():
            assert share["n"] == expected[step], (day, step)


def test_the_list_of_cases_calls_a_figure_as_the_board_does():
    words = (Path(finders.find("app/words/cases.js"))).read_text(encoding="utf-8")
    for figure in CASE_FIGURES.values():
        said = f'"cases.figure.{figure.slug}": ["{figure.title_zh}", "{figure.title_en}"]'
        assert said in words
