"""Is the house in order? The checks behind `/healthz` and `manage.py doctor`.

Each check answers with a state and a sentence that says what to do. Only the states leave by
`/healthz`, which needs no sign-in.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geo import basemap as background
from inspections import timetable
from inspections.pictures.fonts import NoFont, chinese_font

MB = 1_000_000
DISK_FAILS_MB, DISK_WARNS_MB = 200, 2_000
WORKER_SILENT_S = 60  # it reports every ten seconds
CLOCK_WARNS, CLOCK_FAILS = timedelta(seconds=2), timedelta(seconds=30)
BACKUP_WARNS, BACKUP_FAILS = timedelta(days=2), timedelta(days=7)
POSTGIS_TESTED = (3, 3)
BASEMAP_WARNS_S = 600


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True)
class Answer:
    name: str
    state: State
    says: str


def first_of(name: str, *cases: tuple[bool, State, str], otherwise: str) -> Answer:
    """The first case that holds; `otherwise` when all is well."""
    for holds, state, says in cases:
        if holds:
            return Answer(name, state, says)
    return Answer(name, State.OK, otherwise)


def database() -> Answer:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version')")
            (version,) = cursor.fetchone()
    except DatabaseError:
        says = _("The database does not answer. Is it running, and is DATABASE_URL right?")
        return Answer("database", State.FAIL, says)
    return Answer("database", State.OK, _("PostgreSQL %(version)s answers.") % {"version": version})


@cache
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def migrations() -> Answer:
    missing = migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys()
    return first_of(
        "migrations",
        (
            bool(missing),
            State.FAIL,
            _("%(count)d migrations are missing. Run: manage.py migrate") % {"count": len(missing)},
        ),
        otherwise=_("Every migration is applied."),
    )


def worker() -> Answer:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(now() - max(last_heartbeat) < make_interval(secs => %s), false)"
            " FROM procrastinate_workers",
            [WORKER_SILENT_S],
        )
        (alive,) = cursor.fetchone()
    return first_of(
        "worker",
        (
            not alive,
            State.FAIL,
            _("No worker has reported for a minute. Start: manage.py procrastinate worker"),
        ),
        otherwise=_("A worker is at work."),
    )


def disk() -> Answer:
    folder: Path = settings.DATA_DIR
    while not folder.exists():
        folder = folder.parent
    free_mb = shutil.disk_usage(folder).free // MB
    where = {"mb": free_mb, "folder": folder}
    return first_of(
        "disk",
        (
            not os.access(folder, os.W_OK),
            State.FAIL,
            _("The data folder %(folder)s cannot be written. Correct its owner.") % where,
        ),
        (
            free_mb < DISK_FAILS_MB,
            State.FAIL,
            _("Only %(mb)d MB are free at %(folder)s. Free some space now.") % where,
        ),
        (
            free_mb < DISK_WARNS_MB,
            State.WARN,
            _("%(mb)d MB are free at %(folder)s. Make room soon.") % where,
        ),
        otherwise=_("%(mb)d MB are free at %(folder)s.") % where,
    )


def postgis() -> Answer:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT postgis_lib_version()")
            (version,) = cursor.fetchone()
    except DatabaseError:
        says = _("The database has no PostGIS. Run in it: CREATE EXTENSION postgis;")
        return Answer("postgis", State.FAIL, says)
    return first_of(
        "postgis",
        (
            tuple(int(part) for part in version.split(".")[:2]) < POSTGIS_TESTED,
            State.WARN,
            _("PostGIS %(version)s is older than the tested 3.3. Upgrade it.")
            % {"version": version},
        ),
        otherwise=_("PostGIS %(version)s.") % {"version": version},
    )


def clock() -> Answer:
    """Deadlines are counted by the database's clock and shown by the host's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    apart = abs(timezone.now() - theirs)
    says = _(
        "The clocks of this host and of the database are %(seconds).1f s apart. "
        "Set both by a time server (NTP)."
    ) % {"seconds": apart.total_seconds()}
    return first_of(
        "clock",
        (apart > CLOCK_FAILS, State.FAIL, says),
        (apart > CLOCK_WARNS, State.WARN, says),
        otherwise=_("The clocks of this host and of the database agree."),
    )


def calendar() -> Answer:
    """The State Council names next year's holidays each November."""
    today = timezone.localdate()
    known = timetable.calendar().known
    upgrade = _(
        "The working days of %(year)d are not known, so deadlines are provisional. Load them: "
        "manage.py load_calendar FILE, or upgrade Xuntu or its package chinesecalendar."
    )
    return first_of(
        "calendar",
        (today.year not in known, State.FAIL, upgrade % {"year": today.year}),
        (
            today.month == 12 and today.year + 1 not in known,
            State.WARN,
            upgrade % {"year": today.year + 1},
        ),
        otherwise=_("The working days of %(year)d are known.") % {"year": max(known)},
    )


def backup() -> Answer:
    taken = [
        datetime.fromisoformat(json.loads(manifest.read_text("utf-8"))["taken_at"])
        for manifest in settings.BACKUP_DIR.glob("*/manifest.json")
    ]
    if not taken:
        says = _("There is no backup in %(folder)s. Run script/backup, daily by cron.")
        return Answer("backup", State.WARN, says % {"folder": settings.BACKUP_DIR})
    last = max(taken)
    age = timezone.now() - last
    told = {"when": timezone.localtime(last).strftime("%Y-%m-%d %H:%M")}
    old = _("The last backup is of %(when)s. Run script/backup, daily by cron.") % told
    return first_of(
        "backup",
        (age > BACKUP_FAILS, State.FAIL, old),
        (age > BACKUP_WARNS, State.WARN, old),
        otherwise=_("The last backup is of %(when)s.") % told,
    )


def basemap() -> Answer:
    """The worker draws it a minute after the last change."""
    draw = _("Run: manage.py make_basemap")
    late = background.quiet_seconds() > BASEMAP_WARNS_S and not background.is_current()
    return first_of(
        "basemap",
        (not background.is_drawable(), State.OK, _("No community has a boundary to draw yet.")),
        (
            background.newest() is None,
            State.WARN,
            _("The tablets' base map was not drawn yet.") + " " + draw,
        ),
        (
            late,
            State.WARN,
            _("The tablets' base map is older than the communities and roads.") + " " + draw,
        ),
        otherwise=_("The tablets' base map is drawn."),
    )


def font() -> Answer:
    try:
        chinese_font(16)
    except NoFont:
        says = _(
            "No font has Chinese for the watermarks of photos. Install fonts-noto-cjk, or name "
            "one by WATERMARK_FONT."
        )
        return Answer("font", State.FAIL, says)
    return Answer("font", State.OK, _("Watermarks of photos have a font with Chinese."))


def secure_settings() -> Answer:
    wrong = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return first_of(
        "settings",
        (
            settings.DEBUG,
            State.WARN,
            _("DEBUG is on: right for trying Xuntu out, wrong for the office."),
        ),
        (
            bool(wrong),
            State.FAIL,
            _("Settings are not safe (%(codes)s). See: manage.py check --deploy")
            % {"codes": ", ".join(str(check.id) for check in wrong)},
        ),
        otherwise=_("Settings are safe."),
    )


def ask(of_the_database: list[Callable[[], Answer]]) -> list[Answer]:
    """The database's own answer first; what needs the database fails with it."""
    answers = [database()]
    not_asked = _("Not asked, for the database does not answer.")
    for check in of_the_database:
        if answers[0].state is State.FAIL:
            answers.append(Answer(check.__name__, State.FAIL, not_asked))
            continue
        try:
            answers.append(check())
        except DatabaseError as error:
            answers.append(Answer(check.__name__, State.FAIL, str(error).splitlines()[0]))
    return answers


def examine() -> list[Answer]:
    """All that an administrator should know."""
    return [
        *ask([postgis, migrations, worker, clock, calendar, basemap]),
        disk(),
        backup(),
        font(),
        secure_settings(),
    ]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """States by name, and 503 as soon as one fails: for Caddy, Docker and monitoring."""
    answers = [*ask([migrations, worker]), disk()]
    failing = any(answer.state is State.FAIL for answer in answers)
    return JsonResponse(
        {
            "status": State.FAIL if failing else State.OK,
            "checks": {answer.name: answer.state for answer in answers},
        },
        status=503 if failing else 200,
    )
