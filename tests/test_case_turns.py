"""How many cases wait for what, and in which days their deadlines are told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inspections.models import OfficeDay
from inspections.timetable import timetable
from tests.factories import CaseFactory, EstateFactory, MoveFactory

pytestmark = pytest.mark.django_db
COUNTS = "/api/v1/cases/counts/"


def test_every_case_is_counted_where_it_waits(as_user, estate, elsewhere):
    past, ahead = (timezone.now() + timedelta(hours=n) for n in (-1, 1))
    CaseFactory(estate=estate, state="reported", severity=1, due_at=ahead)
    CaseFactory(estate=estate, state="filed", due_at=past)
    CaseFactory(estate=estate, state="returned")
    late = CaseFactory(estate=estate, state="in_progress")
    for _ in range(2):
        MoveFactory(case=late, standing="proposed", seen=0, version=None, made_at=None)
    CaseFactory(estate=estate, state="extension_asked", due_at=past)
    for state in ("fixed", "checking", "checked"):
        CaseFactory(estate=estate, state=state)
    today = timezone.localdate()
    for days in (-1, 0):
        aside = CaseFactory(estate=estate, state="suspended", version=1)
        until = (today + timedelta(days=days)).isoformat()
        MoveFactory(case=aside, name="suspend", version=1, data={"until": until})
    CaseFactory(estate=estate, state="closed", ended_at=past, due_at=past)
    CaseFactory(estate=EstateFactory(community=elsewhere), state="reported")
    told = as_user("supervisor").get(COUNTS).json()
    assert told == {
        "to_file": 1,
        "to_dispatch": 2,
        "to_decide": 2,
        "checking": 3,
        "overdue": 2,
        "lapsed": 1,
        "all": 10,
        # Of what is overdue, one is filed and one asks for more time.
        "escalations": 2,
    }
    assert as_user("leader").get(COUNTS).json()["to_file"] == 2
    severe = as_user("supervisor").get(f"{COUNTS}?severity=1").json()
    assert severe == dict.fromkeys(told, 0) | {"to_file": 1, "all": 1, "escalations": 2}
    assert as_user("officer").get(COUNTS).json()["escalations"] is None
    waiting = as_user("supervisor").get("/api/v1/cases/?undecided=1").json()
    states = {each["properties"]["state"] for each in waiting["features"]}
    assert states == {"in_progress", "extension_asked"}
    wrong = as_user("supervisor").get(f"{COUNTS}?sort=due")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "filter_invalid")


def test_the_days_that_are_other_than_their_weekday_says_are_told(as_user):
    today = timezone.localdate()
    saturday = today + timedelta(days=(5 - today.weekday()) % 7 + 7)
    friday = saturday - timedelta(days=1)
    OfficeDay.objects.create(day=friday, works=False)
    OfficeDay.objects.create(day=saturday, works=True)
    told = as_user("company").get("/api/v1/working-days/").json()
    assert str(friday) in told["rest"]
    assert str(saturday) in told["work"]
    calendar = timetable().calendar
    assert all(not calendar.works(friday.fromisoformat(day)) for day in told["rest"])
    assert all(calendar.works(friday.fromisoformat(day)) for day in told["work"])
    assert told["since"] < str(today) < told["until"]
    assert told["known_until"] >= saturday.year
