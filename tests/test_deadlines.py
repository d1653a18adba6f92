"""A case's deadlines as it is recorded, moved and read, on the days of real calendars."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from inspections.models import Limit, OfficeDay
from inspections.timetable import published, timetable
from tests.cases import a_case, made
from tests.office import SHANGHAI

pytestmark = pytest.mark.django_db
LAST = max(published().known)
# An item of the checklist that is serious, and one that is ordinary.
SERIOUS, ORDINARY = 2, 3


@pytest.fixture
def at(monkeypatch):
    """Moves the clock of the house to this moment of the office."""

    def move(told: str) -> datetime:
        moment = datetime.fromisoformat(told).replace(tzinfo=SHANGHAI)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return move


@pytest.fixture
def found(as_user, estate, at):
    """A lamp that is out, found and sent at that moment; `severity` as it is filed."""

    def record(told: str, **changes):
        moment = at(told)
        return a_case(as_user("inspector"), estate, recorded_at=moment.isoformat(), **changes)

    return record


def told_of(client, case) -> dict:
    return client.get(f"/api/v1/cases/{case.pk}/").json()["properties"]


def local(moment) -> str | None:
    """As the office says it."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment and f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("recorded", "filed", "due"),
    [
        # National Day 2024: Sunday 29 September and Saturday 12 October are worked.
        ("2024-09-27 16:00", {"severity": 2}, "2024-10-08 17:30:00"),
        ("2024-09-30 09:00", {"severity": 3}, "2024-10-15 17:30:00"),
        # Friday evening.
        ("2024-05-17 19:00", {"severity": 2}, "2024-05-22 17:30:00"),
        ("2024-05-17 19:00", {"severity": 1}, "2024-05-18 19:00:00"),
        # The same day.
        ("2024-05-15 23:59", {"simple": True}, "2024-05-15 23:59:59"),
        ("2024-05-16 00:00", {"simple": True}, "2024-05-16 23:59:59"),
        ("2024-10-01 10:00", {"simple": True}, "2024-10-01 23:59:59"),
    ],
)
def test_a_case_is_due_as_it_was_filed(as_user, found, recorded, filed, due):
    case = found(recorded)

    made(as_user("supervisor"), case, "file", **filed)

    told = told_of(as_user("supervisor"), case)
    assert (local(told["due_at"]), local(told["first_due_at"])) == (due, due)
    assert (told["step"], told["provisional"], told["paused"]) == ("dispatch", False, False)


def test_a_life_with_an_extension_a_suspension_across_new_year_and_a_reopening(
    as_user, found, at, people
):
    supervisor, company, inspector = (
        as_user(who) for who in ("supervisor", "company", "inspector")
    )
    case = found("2024-12-25 10:00")
    first = "2025-01-06 17:30:00"

    def step(client, when: str, name: str, **changes) -> tuple:
        at(when)
        made(client, case, name, **changes)
        told = told_of(supervisor, case)
        assert local(told["first_due_at"]) == first
        return told["step"], local(told["step_due_at"]), local(told["due_at"]), told["paused"]

    to_company = {"handler": {"kind": "company"}}
    assert [
        step(supervisor, "2024-12-25 11:00", "file", severity=3),
        step(supervisor, "2024-12-25 15:00", "assign", **to_company),
        step(company, "2024-12-26 09:00", "claim"),
        step(company, "2024-12-27 09:00", "ask_extension", until="2025-01-10"),
        step(supervisor, "2024-12-27 10:00", "grant_extension", until="2025-01-10"),
        step(supervisor, "2024-12-31 15:30", "suspend", until="2025-01-20"),
        # 2 January to 10 January: seven working days, and two hours of 31 December.
        step(supervisor, "2025-01-20 08:00", "resume"),
        step(company, "2025-01-20 09:00", "claim"),
        step(company, "2025-01-21 09:00", "hand_back"),
        step(inspector, "2025-01-21 16:00", "pass_check"),
        step(supervisor, "2025-01-21 17:00", "close"),
        step(supervisor, "2025-01-27 10:00", "reopen"),
    ] == [
        ("dispatch", "2024-12-25 17:30:00", first, False),
        ("claim", "2024-12-26 16:00:00", first, False),
        ("handling", "2025-01-02 17:30:00", first, False),
        ("decision", "2024-12-30 10:00:00", first, False),
        ("handling", "2025-01-10 17:30:00", "2025-01-10 17:30:00", False),
        (None, None, None, True),
        ("claim", "2025-01-21 09:00:00", "2025-02-05 10:00:00", False),
        ("handling", "2025-02-05 10:00:00", "2025-02-05 10:00:00", False),
        ("checking", "2025-01-22 17:30:00", "2025-02-05 10:00:00", False),
        ("checking", "2025-01-22 17:30:00", "2025-02-05 10:00:00", False),
        (None, None, "2025-02-05 10:00:00", False),
        # Spring Festival 2025: 28 January to 4 February; Saturday 8 February is worked.
        ("claim", "2025-02-05 11:00:00", "2025-02-12 17:30:00", False),
    ]
    assert told_of(supervisor, case)["reopened"] == 1


def test_a_limit_that_is_changed_counts_for_what_begins_after(as_user, found, at):
    case = found("2024-05-15 09:00")
    later = at("2024-05-15 12:00")
    Limit.objects.filter(step="dispatch", severity=None).update(retired_at=later)
    Limit.objects.create(step="dispatch", measure="hours", amount=1, since=later)
    Limit.objects.create(step="whole", measure="hours", amount=2, since=later, simple=True)

    at("2024-05-15 16:00")
    made(as_user("supervisor"), case, "file", severity=3, simple=True)

    told = told_of(as_user("supervisor"), case)
    assert local(told["step_due_at"]) == "2024-05-15 17:00:00"
    # Reported before: as it was then.
    assert local(told["due_at"]) == "2024-05-15 23:59:59"


# A year that is not told yet


@pytest.fixture
def table(tmp_path):
    def write(*rows: str) -> Path:
        path = tmp_path / "days.csv"
        path.write_text("\n".join(("date,works,name", *rows)), encoding="utf-8")
        return path

    return write


def test_a_finding_at_the_end_of_the_last_known_year_waits_for_the_offices_table(
    as_user, found, at, table, capsys
):
    case, closed = (found(f"{LAST}-12-28 10:00") for _ in range(2))
    supervisor = as_user("supervisor")
    made(supervisor, case, "file", severity=3)
    made(supervisor, closed, "reject", note="重复")
    guessed = told_of(supervisor, case)

    # Those days that the rule of thumb counts are days off, and a Saturday is worked.
    year = LAST + 1
    days = [date(year, 1, day) for day in range(1, 15)]
    weekdays = [day for day in days if day.weekday() < 5][1:4]
    saturday = next(day for day in days[6:] if day.weekday() == 5)
    call_command(
        "load_calendar",
        table(
            *(f"{year}-{day},0,放假" for day in ("01-01", "05-01", "10-01")),
            *(f"{day:%Y-%m-%d},0,放假" for day in weekdays),
            f"{saturday:%Y-%m-%d},1,调休",
        ),
    )

    told = told_of(supervisor, case)
    assert (guessed["provisional"], told["provisional"]) == (True, False)
    assert guessed["due_at"] != told["due_at"] == told["first_due_at"]
    due = timetable().working.days_after(datetime.fromisoformat(told["reported_at"]), 7)
    assert (local(told["due_at"]), due.sure) == (local(due.at), True)
    closed.refresh_from_db()
    assert (closed.provisional, closed.first_due_at) == (False, due.at)
    assert "2" in capsys.readouterr().out
    # Once more, and nothing changes.
    version = case.events.count()
    call_command(
        "load_calendar", table(*(f"{year}-{day},0," for day in ("01-01", "05-01", "10-01")))
    )
    assert case.events.count() == version


def test_a_table_with_a_bad_line_is_refused_whole_and_every_line_is_named(table):
    with pytest.raises(CommandError) as e:
        call_command("load_calendar", table("2031-01-01,0,", "2031-02-30,0,", "2031-05-01,?,"))

    told = [line.partition(": ")[0] for line in str(e.value).splitlines()[1:]]
    assert told == ["line 3", "line 4"]
    assert not OfficeDay.objects.exists()
    with pytest.raises(CommandError):
        call_command("load_calendar", Path("/nowhere/days.csv"))


def test_a_tablet_whose_clock_is_years_ahead_records_and_moves_no_deadline(as_user, estate, at):
    at("2024-05-15 09:00")

    case = a_case(as_user("inspector"), estate, recorded_at="2031-03-03T08:00:00+08:00")

    told = told_of(as_user("supervisor"), case)
    assert local(told["reported_at"]) == "2024-05-15 09:00:00"
    assert (told["provisional"], local(told["step_due_at"])) == (False, "2024-05-15 15:30:00")


@pytest.mark.parametrize("year", [LAST + 1, 2099])
def test_in_a_year_that_nobody_told_recording_goes_on(found, year):
    case = found(f"{year}-04-30 16:00")

    assert case.provisional
    assert case.due_at.year == year
    assert case.due_at - case.reported_at > timedelta(days=3)


def test_a_day_that_another_process_was_told_counts_at_once(found, at):
    """What is kept in memory is asked for by what the database says was written."""
    before = found("2024-05-15 09:00")
    OfficeDay.objects.create(day="2024-05-16", works=False, name="台风停工")

    after = found("2024-05-15 09:00")

    working, days = timetable().working, {1: 1, 2: 3, 3: 7}[after.severity]
    assert after.due_at == working.days_after(after.reported_at, days).at > before.due_at
    OfficeDay.objects.all().delete()
    assert found("2024-05-15 09:00").due_at == before.due_at
