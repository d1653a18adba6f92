"""Whether an open page is still true: told every other second, and cheaply."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import CaseFactory, EstateFactory, InspectionFactory
from tests.records import a_record, put

pytestmark = pytest.mark.django_db
VERSION = "/api/v1/overview/version/"


def told(client) -> str:
    return client.get(VERSION).json()["version"]


def test_the_version_is_another_one_as_soon_as_something_is_recorded(as_user, estate, settings):
    leader = as_user("leader")
    before = leader.get(VERSION)
    again = leader.get(VERSION, headers={"if-none-match": before["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    settings.FRESH_SECONDS = 0.5
    assert before.json() == {"version": told(leader), "everywhere_ms": 0}
    settings.FRESH_SECONDS = 0

    put(as_user("inspector"), a_record(estate))

    after = leader.get(VERSION, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["version"] != before.json()["version"]
    today = timezone.localdate().strftime("%Y%m%d")
    assert {each.json()["version"].partition("-")[0] for each in (before, after)} == {today}


def test_while_nothing_is_written_the_database_is_not_asked(
    as_user, estate, settings, django_assert_num_queries
):
    CaseFactory(estate=estate, due_at=timezone.now() + timedelta(hours=1))
    leader = as_user("leader")
    settings.FRESH_SECONDS = 60
    tag = leader.get(VERSION)["ETag"]
    with django_assert_num_queries(0):
        reply = leader.get(VERSION, headers={"if-none-match": tag})
    assert reply.status_code == 304


def test_what_is_written_elsewhere_is_no_news_to_a_community(as_user, estate, elsewhere):
    here, office = as_user("supervisor"), as_user("leader")
    before = told(here), told(office)
    InspectionFactory(estate=EstateFactory(community=elsewhere))
    between = told(here), told(office)
    InspectionFactory(estate=estate)
    after = told(here), told(office)
    assert [before[0] == between[0], before[1] == between[1]] == [True, False]
    assert [between[0] == after[0], between[1] == after[1]] == [False, False]


def test_a_deadline_that_passes_is_news_though_nothing_was_written(as_user, estate, monkeypatch):
    now = timezone.now()
    CaseFactory(
        estate=estate, due_at=now + timedelta(minutes=2), step_due_at=now + timedelta(minutes=1)
    )
    leader = as_user("leader")

    def at(minutes: float) -> str:
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return told(leader).partition("-")[2]

    marks = [at(minutes) for minutes in (0, 0.5, 1, 1.01, 1.5, 2, 2.01, 3)]
    assert [marks.index(each) for each in marks] == [0, 0, 0, 3, 3, 3, 6, 6]
