"""When the board is told to be unchanged: never after a write that may move a light, nor when the
clock has."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from campaign.models import (
    Action,
    Attachment,
    Baseline,
    DeclaredVeto,
    Indicator,
    LiftedVeto,
    Sheet,
    Standard,
    Target,
    Value,
)
from campaign.models.reminders import Letter, RemindedDay, Reminder, ReminderRule, ReminderWish
from campaign.models.reports import Report, ReportCell, ReportMatter, ReportMove
from inspections import kinds
from people.models import Unit, User
from tests.campaign.entered import a_value, enter
from tests.cases import a_case, made
from tests.factories import AssetFactory, EstateFactory
from tests.records import a_record, put

pytestmark = pytest.mark.django_db

BOARD = "/api/v1/campaign/board/"
VERSION = "/api/v1/campaign/board/version/"
# What stands here and moves no light: files are seen with what they hang on, reminders follow, and
# of a month only the values that it enters count.
NO_LIGHT = {
    *(Report, ReportCell, ReportMatter, ReportMove),
    *(Attachment, ReminderRule, ReminderWish, RemindedDay, Letter, Reminder),
    # How far an estate is; only what is announced is counted.
    *(Standard, Sheet, DeclaredVeto, LiftedVeto),
}


def again(client, url: str, first):
    return client.get(url, headers={"if-none-match": first["ETag"]})


@pytest.mark.parametrize("url", [BOARD, VERSION, "rows"])
def test_an_unchanged_board_is_not_sent_again(as_user, notice, estate, url):
    if url == "rows":
        url = f"{BOARD}rows/?indicator={Indicator.objects.get(code='ZX07-R1').pk}"
    leader = as_user("leader")
    first = leader.get(url)
    second = again(leader, url, first)
    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")
    assert second["Cache-Control"] == "private, no-cache"
    assert again(as_user("officer"), url, first).status_code == 200


@pytest.fixture
def clock(monkeypatch):
    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def _target(as_user, estate):
    indicator = Indicator.objects.get(code="ZX08-M1")
    Target.objects.create(indicator=indicator, holds_from="2024-12-01", op=">=", number=25)


def _baseline(as_user, estate):
    Baseline.objects.create(
        metric="complaint_reduction",
        since="2023-01-01",
        until="2023-12-31",
        number=100,
        source="x",
        holds_from="2024-12-01",
        by=User.objects.get(username="admin"),
    )


WRITES: dict[str, Callable] = {
    "a value": lambda as_user, estate: enter(
        as_user("admin"), a_value("ZX07-R1", estate=estate.pk)
    ),
    "a value of the whole": lambda as_user, estate: enter(as_user("admin"), a_value("ZX04-R1")),
    "a target": _target,
    "a baseline": _baseline,
    "an inspection": lambda as_user, estate: put(as_user("inspector"), a_record(estate)),
    "an estate": lambda as_user, estate: EstateFactory(community=estate.community),
    "a charging site": lambda as_user, estate: AssetFactory(estate=estate, type="charging_site"),
    "a responsible unit": lambda as_user, estate: Unit.objects.create(name="党建办"),
    "an action": lambda as_user, estate: Action.objects.filter(code="ZX01").update(zh="x"),
    "an indicator": lambda as_user, estate: Indicator.objects.filter(code="ZX01-M1").update(
        retired_on=date(2024, 12, 1)
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_after_a_write_it_is_sent_anew(as_user, notice, estate, what):
    leader = as_user("leader")
    board, version = leader.get(BOARD), leader.get(VERSION)
    WRITES[what](as_user, estate)
    assert again(leader, BOARD, board).status_code == 200
    now = again(leader, VERSION, version)
    assert now.status_code == 200
    assert now.json()["version"] != version.json()["version"]
    assert leader.get(BOARD).json()["version"] == now.json()["version"]


def test_a_move_of_a_case_is_news(as_user, notice, estate):
    case = a_case(as_user("inspector"), estate)
    leader = as_user("leader")
    first = leader.get(BOARD)
    made(as_user("supervisor"), case, "file")
    assert again(leader, BOARD, first).status_code == 200


def test_what_is_written_elsewhere_is_no_news_here(as_user, notice, estate, elsewhere):
    far = EstateFactory(community=elsewhere)
    first = as_user("officer").get(BOARD)
    enter(as_user("admin"), a_value("ZX07-R1", estate=far.pk))
    assert again(as_user("officer"), BOARD, first).status_code == 304


def test_an_inspection_that_becomes_too_old_is_news_though_nothing_is_written(
    as_user, notice, estate, clock
):
    left = timedelta(hours=1)
    now = timezone.localtime().replace(hour=12)  # the next day would be news of its own
    clock(now)
    recorded_at = now - kinds.get("lighting").due_every + left
    put(as_user("inspector"), a_record(estate, recorded_at=recorded_at.isoformat()))
    leader = as_user("leader")
    first = leader.get(BOARD)
    assert again(leader, BOARD, first).status_code == 304
    clock(now + left - timedelta(seconds=1))
    assert again(leader, BOARD, first).status_code == 304
    clock(now + left + timedelta(seconds=1))
    assert again(leader, BOARD, first).status_code == 200


def test_the_next_day_is_news(as_user, notice, clock):
    leader = as_user("leader")
    first = leader.get(BOARD)
    clock(timezone.now() + timedelta(days=1))
    assert again(leader, BOARD, first).status_code == 200


def test_every_table_of_the_campaign_counts_its_writes():
    """But for those that no light follows from."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'count_insert'"
        )
        counting = {table for (table,) in cursor.fetchall()}
    models = set(apps.get_app_config("campaign").get_models()) - NO_LIGHT
    tables = {each._meta.db_table for each in models if not hasattr(each, "pgh_tracked_model")}
    assert tables - counting == set()
    assert Value._meta.db_table in counting
