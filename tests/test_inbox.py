"""What each has to do, counted; the tag changes with a deadline though nothing is written."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from inspections.ladder import due_now
from inspections.models import Case, LadderRule
from inspections.reports import inbox
from inspections.timetable import timetable
from tests.cases import a_case, bring, made
from tests.factories import MembershipFactory
from tests.test_complaints import a_complaint, take

pytestmark = pytest.mark.django_db

INBOX = "/api/v1/inbox/"


@pytest.fixture
def case(as_user, estate) -> Case:
    """Found just now: nothing of it is late."""
    return a_case(as_user("inspector"), estate, recorded_at=timezone.now().isoformat())


def told(client) -> dict[str, int]:
    """By duty, how many; the sum is of those that stand by themselves."""
    answer = client.get(INBOX).json()
    assert answer["total"] == sum(each["count"] for each in answer["todo"] if not each["part"])
    return {each["what"]: each["count"] for each in answer["todo"]}


def test_a_case_is_with_one_after_the_other(as_user, people, estate, case):
    def all_told() -> dict[str, dict[str, int]]:
        found = {who: told(as_user(who)) for who in people if who != "admin"}
        return {who: each for who, each in found.items() if each}

    assert all_told() == {"supervisor": {"to_file": 1}, "officer": {"to_file": 1}}
    made(as_user("supervisor"), case, "file")
    assert all_told() == {"supervisor": {"to_dispatch": 1}}
    made(as_user("supervisor"), case, "assign")
    assert told(as_user("company"))["to_take_up"] == 1
    assert told(as_user("supervisor")) == {}
    made(as_user("company"), case, "claim")
    assert told(as_user("company"))["to_answer"] == 1
    made(as_user("company"), case, "ask_extension")
    assert told(as_user("company"))["to_answer"] == 1
    assert told(as_user("supervisor")) == {"to_decide": 1}
    made(as_user("supervisor"), case, "refuse_extension")
    made(as_user("company"), case, "hand_back")
    assert all_told() == {
        "supervisor": {"to_check": 1},
        "officer": {"to_check": 1},
        "inspector": {"to_check": 1},
    }
    made(as_user("inspector"), case, "fail_check")
    assert told(as_user("company"))["returned"] == 1
    made(as_user("company"), case, "claim")
    assert "returned" not in told(as_user("company"))
    made(as_user("company"), case, "hand_back")
    made(as_user("inspector"), case, "pass_check")
    assert all_told() == {"supervisor": {"to_close": 1}}
    made(as_user("supervisor"), case, "close")
    assert all_told() == {}


def test_units_and_communities_have_theirs(as_user, people, estate, case):
    unit = people["unit"].memberships.get().unit
    made(as_user("supervisor"), case, "file")
    made(as_user("supervisor"), case, "assign", handler={"kind": "unit", "unit": unit.pk})
    assert told(as_user("unit"))["to_take_up"] == 1
    assert told(as_user("company")) == {}
    made(as_user("supervisor"), case, "assign", handler={"kind": "community"})
    assert told(as_user("unit")) == {}
    assert told(as_user("officer"))["to_take_up"] == 1


def test_elsewhere_is_nobodys_here(as_user, people, elsewhere, case):
    MembershipFactory(user=people["stranger"], role="supervisor", community=elsewhere)
    assert told(as_user("stranger")) == {}
    MembershipFactory(user=people["stranger"], role="supervisor")
    assert told(as_user("stranger")) == {"to_file": 1}


def test_a_complaint_waits_for_its_answer(as_user, estate):
    id = uuid4()
    take(as_user("officer"), a_complaint(estate), id)
    client = as_user("clerk")
    assert told(client) == {"complaints": 1}
    assert client.get(INBOX).json()["late"] == 1  # it came in 2024
    client.put(f"/api/v1/complaints/{id}/reply/", {"text": "已处理"}, format="json")
    assert told(client) == {}
    assert told(as_user("inspector")) == {}


def test_a_late_move_is_told_to_who_decides_it(as_user, estate, case):
    bring(as_user, case, "assigned")
    reply = as_user("company").put(
        f"/api/v1/cases/{case.pk}/moves/{uuid4()}/",
        {"move": "claim", "version": 0, "recorded_at": timezone.now().isoformat()},
        format="json",
    )
    assert reply.json()["standing"] == "proposed"
    assert told(as_user("supervisor"))["proposals"] == 1
    assert "proposals" not in told(as_user("company"))


def test_what_was_put_aside_is_told_again_when_its_day_is_over(people, as_user, case):
    """Nothing is written: the next day alone."""
    made(as_user("supervisor"), case, "file")
    made(as_user("supervisor"), case, "suspend", until="2099-03-04")
    evening = datetime(2099, 3, 4, 23, 59, tzinfo=timezone.get_current_timezone())
    midnight = evening + timedelta(minutes=1)

    def at(who: str, moment: datetime) -> tuple:
        told = inbox.inbox_of(people[who], moment)
        lines = {
            each["what"]: (each["count"], each["late"], each["query"]) for each in told["todo"]
        }
        return lines, told["total"], told["late"]

    assert at("supervisor", evening) == ({}, 0, 0)
    assert inbox.inbox_of(people["supervisor"], evening)["again_at"] == midnight
    assert at("supervisor", midnight) == ({"lapsed": (1, 1, "status=lapsed")}, 1, 1)
    for who in ("inspector", "officer", "company", "leader", "inspector2"):
        assert at(who, midnight) == ({}, 0, 0)
    # Taken up and put aside once more: until its new day.
    made(as_user("supervisor"), case, "resume")
    made(as_user("supervisor"), case, "suspend", until="2099-03-09")
    assert at("supervisor", midnight) == ({}, 0, 0)


def test_a_rung_that_is_due_is_told_to_who_climbs_it(people, as_user, case):
    bring(as_user, case, "in_progress")
    working = timetable().working
    due = datetime(2099, 3, 4, 9, 0, tzinfo=timezone.get_current_timezone())
    Case.objects.update(due_at=due, step_due_at=due + timedelta(days=60), severity=3)
    LadderRule.objects.filter(trigger="overdue").update(amount=4)
    met = working.after(due, timedelta(hours=4)).at

    def at(who: str, moment: datetime) -> dict[str, int]:
        told = inbox.inbox_of(people[who], moment)
        return {each["what"]: each["count"] for each in told["todo"]}

    # When it is next to be asked for: at the deadline, and as the rule is met.
    assert inbox.inbox_of(people["supervisor"], due)["again_at"] == due
    assert inbox.inbox_of(people["supervisor"], met)["again_at"] == met
    assert at("supervisor", met) == {}
    assert at("supervisor", met + timedelta(seconds=1)) == {"escalations": 1}
    for who in ("leader", "officer", "inspector", "inspector2"):
        assert "escalations" not in at(who, met + timedelta(days=9))
    (rung,) = due_now(people["supervisor"].scope, met + timedelta(seconds=1))
    assert (rung.case, rung.met_at) == (case.pk, due)


def test_what_was_asked_for_is_counted_as_the_clock_has_it(people, as_user, case):
    """Nothing is written: the hour alone makes it late, and another day due."""
    bring(as_user, case, "in_progress")
    start = datetime(2099, 3, 4, 9, 0, tzinfo=timezone.get_current_timezone())
    due = start + timedelta(days=1, hours=3)
    Case.objects.update(step_due_at=due, due_at=due + timedelta(days=5))

    def at(moment: datetime) -> tuple:
        inbox_then = inbox.inbox_of(people["company"], moment)
        counts = {each["what"]: each["count"] for each in inbox_then["todo"]}
        return counts, inbox_then["late"], inbox_then["again_at"]

    midnight = start.replace(hour=0) + timedelta(days=1)
    assert at(start) == ({"to_answer": 1}, 0, midnight)
    assert at(midnight) == ({"to_answer": 1, "due_today": 1}, 0, due)
    after = due + timedelta(seconds=1)
    assert at(after)[:2] == ({"to_answer": 1, "overdue": 1}, 1)


def test_an_unchanged_inbox_is_not_told_again(as_user, case):
    client = as_user("supervisor")
    first = client.get(INBOX)
    tag = first["ETag"]
    assert client.get(INBOX, headers={"if-none-match": tag}).status_code == 304
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= set(first["Vary"].split(", "))
    Case.objects.update(step_due_at=timezone.now() - timedelta(hours=1))
    late = client.get(INBOX, headers={"if-none-match": tag})
    assert (late.status_code, late.json()["late"]) == (200, 1)
    assert as_user("officer").get(INBOX, headers={"if-none-match": tag}).status_code == 200


def test_who_left_the_company_has_nothing_to_do(as_user, people, case):
    bring(as_user, case, "in_progress")
    people["company"].memberships.update(until="2024-01-01")
    assert told(as_user("company")) == {}
