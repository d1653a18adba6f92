"""What monitoring and the administrator are told about the house itself."""

import contextlib
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from config import health
from inspections.models import OfficeDay
from inspections.timetable import published

WELL = {"database": "ok", "migrations": "ok", "worker": "ok", "disk": "ok"}


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def worker(db) -> None:
    """One that reported just now."""
    sql("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def backups(settings, tmp_path):
    """A folder of backups; calling it adds one of that age."""
    settings.BACKUP_DIR = tmp_path

    def add(age: timedelta) -> None:
        taken_at = datetime.now(UTC) - age
        folder = tmp_path / taken_at.strftime("%Y%m%dT%H%M%SZ")
        folder.mkdir()
        manifest = {"taken_at": taken_at.isoformat(timespec="seconds")}
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    return add


def doctor() -> dict[str, tuple[str, str]]:
    """State and sentence by name."""
    said = StringIO()
    with contextlib.suppress(CommandError):
        call_command("doctor", stdout=said)
    lines = (line.split(maxsplit=2) for line in said.getvalue().splitlines())
    return {name: (state, says) for state, name, says in lines}


def test_monitoring_needs_no_sign_in_and_learns_states_only(client, worker):
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok", "checks": WELL})
    assert "no-store" in reply["Cache-Control"]


def test_without_a_worker_the_house_is_not_well(client, db):
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (
        503,
        {"status": "fail", "checks": WELL | {"worker": "fail"}},
    )


def test_a_worker_silent_for_a_minute_counts_as_gone(client, worker):
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '61 seconds'")
    assert client.get("/healthz").json()["checks"]["worker"] == "fail"


def test_a_missing_migration_is_seen(client, worker):
    sql("DELETE FROM django_migrations WHERE app = 'geo' AND name = '0001_first'")
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()["checks"]) == (503, WELL | {"migrations": "fail"})


def test_asking_is_all_one_can_do(client, worker):
    assert client.post("/healthz").status_code == 405


def test_the_doctor_says_of_a_dead_database_what_to_do_and_fails():
    nowhere = {"DATABASE_URL": "postgis://xuntu@%2Fnonexistent/xuntu", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "manage.py", "doctor"],
        env=os.environ | nowhere,
        text=True,
        capture_output=True,
    )
    states = {line.split()[1]: line.split()[0] for line in done.stdout.splitlines()}
    assert done.returncode == 1
    assert {name for name, state in states.items() if state == "fail"} == {
        "database",
        "postgis",
        "migrations",
        "worker",
        "clock",
        "basemap",
        "calendar",
    }
    assert len(done.stderr.splitlines()) == 1


def test_the_doctor_is_content_with_a_house_in_order(worker, backups, english):
    backups(timedelta(hours=3))
    told = doctor()
    well = {name for name, (state, _) in told.items() if state == "ok"}
    assert well >= {"database", "postgis", "migrations", "worker", "clock", "backup"}
    assert told["worker"] == ("ok", "A worker is at work.")


@pytest.mark.parametrize(
    ("age", "state"),
    [(timedelta(hours=30), "ok"), (timedelta(days=3), "warn"), (timedelta(days=8), "fail")],
)
def test_an_old_backup_is_named_with_its_time(db, backups, english, age, state):
    backups(timedelta(days=30))
    backups(age)
    when = timezone.localtime(timezone.now() - age).strftime("%Y-%m-%d %H:%M")
    assert doctor()["backup"][0] == state
    assert f"The last backup is of {when}." in doctor()["backup"][1]


def test_no_backup_at_all_is_a_warning_with_the_command(db, backups, english):
    state, says = doctor()["backup"]
    assert (state, says.split(". ")[1]) == ("warn", "Run script/backup, daily by cron.")


@pytest.mark.parametrize(("seconds", "state"), [(1, "ok"), (10, "warn"), (-40, "fail")])
def test_clocks_that_drift_apart_are_seen(db, monkeypatch, seconds, state):
    drifted = timezone.now() + timedelta(seconds=seconds)
    monkeypatch.setattr("django.utils.timezone.now", lambda: drifted)
    assert health.clock().state == state


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2020, 12, 1), "ok"), (date(2099, 1, 1), "fail")],
)
def test_a_year_without_published_holidays_is_seen(db, monkeypatch, today, state):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: today)
    assert health.calendar().state == state


def test_in_december_the_next_year_should_be_known(db, monkeypatch):
    last = max(published().known)
    for month, state in ((11, "ok"), (12, "warn")):
        today = date(last, month, 1)
        monkeypatch.setattr("django.utils.timezone.localdate", lambda today=today: today)
        assert health.calendar().state == state
    # By the office's own table too.
    OfficeDay.objects.create(day=date(last + 1, 1, 1), works=False, name="元旦")
    assert health.calendar().state == "ok"


def test_settings_that_are_not_safe_are_named(settings):
    settings.SESSION_COOKIE_SECURE = False
    answer = health.secure_settings()
    assert answer.state == "fail"
    assert "security.W012" in answer.says
    settings.DEBUG = True
    assert health.secure_settings().state == "warn"
