"""How cases stand on the board, and that time alone changes it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import CaseFactory, EstateFactory

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/figures/"


def hours(n: float):
    return timezone.now() + timedelta(hours=n)


def test_the_board_tells_what_is_overdue_late_and_closed_in_time(as_user, estate, elsewhere):
    there = EstateFactory(community=elsewhere)
    # Overdue and late; late in its step alone; neither; standing still.
    CaseFactory(estate=estate, due_at=hours(-1), step_due_at=hours(-2))
    CaseFactory(estate=estate, due_at=hours(1), step_due_at=hours(-1), severity=1)
    CaseFactory(estate=there, due_at=hours(1), step_due_at=hours(1))
    CaseFactory(estate=there, state="suspended", due_at=None, step_due_at=None)
    ended = {"estate": estate, "state": "closed", "ended_at": hours(-50), "due_at": hours(-30)}
    CaseFactory(**ended, first_due_at=hours(-49))
    # Within what was granted later, and after its first deadline.
    CaseFactory(**ended, first_due_at=hours(-51))
    CaseFactory(**ended, first_due_at=None)
    CaseFactory(**ended | {"state": "void"}, first_due_at=hours(-49))

    told = as_user("leader").get(FIGURES).json()

    assert told["cases"] == {"open": 4, "overdue": 1, "late": 2, "closed": 2, "on_time": 1}
    assert {each["name"]: each["cases"] for each in told["communities"]} == {
        "陈村社区": {"open": 2, "overdue": 1, "late": 2, "closed": 2, "on_time": 1},
        "象山社区": {"open": 2, "overdue": 0, "late": 0, "closed": 0, "on_time": 0},
    }
    assert as_user("supervisor").get(FIGURES).json()["cases"]["open"] == 2
    severe = as_user("leader").get(f"{FIGURES}?severity=1").json()["cases"]
    assert severe == {"open": 1, "overdue": 0, "late": 1, "closed": 0, "on_time": 0}
    # What is open is so now; what was closed, in the period.
    today = timezone.localdate()
    since = as_user("leader").get(f"{FIGURES}?since={today + timedelta(days=1)}").json()["cases"]
    assert since == {"open": 4, "overdue": 1, "late": 2, "closed": 0, "on_time": 0}


def test_when_a_deadline_passes_the_board_is_another_though_nothing_was_written(
    as_user, estate, monkeypatch
):
    now = timezone.now()
    client = as_user("leader")
    CaseFactory(
        estate=estate, due_at=now + timedelta(minutes=2), step_due_at=now + timedelta(minutes=1)
    )

    def at(minutes: float):
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        reply = client.get(FIGURES)
        again = client.get(FIGURES, headers={"if-none-match": reply["ETag"]})
        assert again.status_code == 304
        cases = reply.json()["cases"]
        return reply["ETag"], cases["late"], cases["overdue"]

    told = [at(minutes) for minutes in (0, 0.5, 1, 1.01, 1.5, 2, 2.01, 3)]

    assert [each[1:] for each in told] == [
        *[(0, 0)] * 3,
        *[(1, 0)] * 3,
        *[(1, 1)] * 2,
    ]
    assert len({each[0] for each in told}) == 3
    # A tablet that had the board before is told anew.
    stale = client.get(FIGURES, headers={"if-none-match": told[0][0]})
    assert (stale.status_code, stale.json()["cases"]["overdue"]) == (200, 1)
