"""The ladder: what is due by the office's rules, and what was done with."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from inspections.errors import EscalationDone
from inspections.models import Escalation, LadderRule, Paper, Series
from inspections.services import escalations
from tests.factories import (
    AssetFactory,
    CaseFactory,
    EstateFactory,
    FindingFactory,
    MoveFactory,
    case_of,
)
from tests.papers.desk import put_paper
from tests.test_delivery import at_once

pytestmark = pytest.mark.django_db
DUE = "/api/v1/escalations/"
# A Thursday at ten in the morning, in a month without holidays.
NOW = "2024-11-28T10:00:00+08:00"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The clock stands still; `now(hours)` moves it on."""
    moment = timezone.datetime.fromisoformat(NOW)

    def move(hours: float = 0):
        at = moment + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    move()
    return move


@pytest.fixture
def in_hand(estate):
    """A case of the estate's company, taken up."""

    def make(**columns):
        return CaseFactory(
            **{
                "estate": estate,
                "state": "in_progress",
                "handler": "company",
                "company": estate.company,
                "opened_at": "2024-11-20T09:00:00+08:00",
            }
            | columns
        )

    return make


def due(client, case=None) -> list:
    told = client.get(DUE + (f"?case={case.pk}" if case else "")).json()
    assert told["count"] == len(told["due"])
    return [
        (
            each["rung"],
            each["number"],
            [name for one in each["reasons"] for name in one["triggers"]],
        )
        for each in told["due"]
    ]


def paper(kind: str, *cases, issued_at=NOW, by, **columns) -> Paper:
    series = Series.objects.get(kind=kind)
    row = Paper.objects.create(
        id=uuid.uuid4(),
        kind=kind,
        series=series,
        year=2024,
        number=Paper.objects.count() + 1,
        community=cases[0].community,
        company=cases[0].company,
        data=columns.pop("data", {}),
        content_sha256="",
        issued_at=issued_at,
        issued_by=by,
        **columns,
    )
    row.cases.set(cases)
    return row


def test_a_case_that_is_overdue_or_not_taken_up_is_due_for_a_reminder(as_user, in_hand):
    overdue = in_hand(due_at="2024-11-28T09:59:59+08:00")
    unclaimed = in_hand(state="assigned", step_due_at="2024-11-27T17:30:00+08:00")
    nobodys = in_hand(state="reported", handler="", company=None, due_at="2024-11-27T12:00:00Z")
    in_hand(due_at="2024-11-28T10:00:01+08:00", step_due_at="2024-11-27T10:00:00+08:00")
    # Put right and not yet looked at, standing still, outside, and ended: nobody to be reminded.
    for state in ("checking", "checked", "fixed", "suspended", "referred"):
        in_hand(state=state, due_at="2024-11-27T10:00:00+08:00")
    in_hand(state="closed", ended_at="2024-11-27T10:00:00+08:00", due_at="2024-11-01T00:00:00Z")

    assert due(as_user("supervisor")) == [
        ("reminder", unclaimed.number, ["unclaimed"]),
        ("reminder", nobodys.number, ["overdue"]),
        ("reminder", overdue.number, ["overdue"]),
    ]
    assert due(as_user("supervisor"), overdue) == [("reminder", overdue.number, ["overdue"])]


def test_overdue_by_so_many_working_hours_counts_working_time(as_user, in_hand, now):
    LadderRule.objects.filter(trigger="overdue").update(amount=4)
    case = in_hand(due_at="2024-11-22T16:30:00+08:00")  # a Friday: one hour until closing

    now(-96 + 2)  # Sunday
    assert due(as_user("supervisor")) == []
    now(-72)  # Monday at ten: three hours
    assert due(as_user("supervisor")) == []
    now(-71 + 1 / 3600)
    assert due(as_user("supervisor")) == [("reminder", case.number, ["overdue"])]


def test_what_is_told_of_what_is_due(as_user, in_hand, estate, community):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00", severity=3)

    told = as_user("leader").get(DUE).json()

    (id,) = (each.pop("id") for each in told["due"])
    assert uuid.UUID(id).version == 5
    assert told == {
        "count": 1,
        "due": [
            {
                "rung": "reminder",
                "case": str(case.pk),
                "number": case.number,
                "title": "路灯不亮",
                "severity": 3,
                "estate_name": "银星花园",
                "community": community.pk,
                "community_name": "陈村社区",
                "company": estate.company_id,
                "company_name": estate.company.name,
                "reasons": [
                    {
                        "triggers": ["overdue"],
                        "met_at": "2024-11-28T01:00:00Z",
                        "says": "It was due at 2024-11-28 09:00.",
                    }
                ],
            }
        ],
        "done": [],
    }
    assert as_user("leader").get(DUE).json()["due"][0]["id"] == id


def test_the_highest_rung_counts_with_all_its_reasons(as_user, in_hand):
    severe = in_hand(severity=1, due_at="2024-11-28T09:00:00+08:00")
    reported = in_hand(severity=1, state="reported")
    milder = in_hand(severity=3, state="assigned", due_at="2024-11-28T09:00:00+08:00")
    milder.step_due_at = "2024-11-27T09:00:00+08:00"
    milder.save()

    assert due(as_user("supervisor")) == [
        ("notice", severe.number, ["severe"]),
        ("reminder", milder.number, ["unclaimed", "overdue"]),
    ]
    assert due(as_user("supervisor"), reported) == []


def test_a_reminder_that_was_ignored_leads_to_a_notice(as_user, people, in_hand, now):
    case = in_hand(due_at="2024-11-21T17:30:00+08:00")
    reminder = paper("reminder", case, issued_at="2024-11-22T16:00:00+08:00", by=people["admin"])
    escalations.taken(reminder)

    # Friday and the weekend are not counted: three working days are over on Wednesday evening.
    now(-16.6)
    assert due(as_user("supervisor")) == []
    now(-16.5)
    assert due(as_user("supervisor")) == [("notice", case.number, ["ignored"])]
    now()
    notice = paper("notice", case, by=people["admin"])
    escalations.taken(notice)
    assert due(as_user("supervisor")) == []
    done = as_user("supervisor").get(DUE).json()["done"]
    assert [(each["rung"], each["paper"]) for each in done] == [
        ("notice", str(notice.pk)),
        ("reminder", str(reminder.pk)),
    ]


def test_what_is_found_again_is_due_for_a_reminder(as_user, estate):
    lamp = AssetFactory(estate=estate)
    first = FindingFactory(estate=estate, asset=lamp, recorded_at="2024-09-10T09:00:00+08:00")
    again = FindingFactory(estate=estate, asset=lamp, recorded_at="2024-11-20T09:00:00+08:00")
    case_of(first, state="closed", ended_at="2024-09-12T09:00:00+08:00")
    # Of the same day, and of another thing.
    once = FindingFactory(estate=estate, recorded_at="2024-11-20T09:00:00+08:00")
    case = case_of(again, state="filed")
    other = case_of(once, state="filed")
    twin = FindingFactory(estate=estate, recorded_at="2024-11-20T15:00:00+08:00")
    twin.case = other
    twin.save()

    told = as_user("supervisor").get(DUE).json()["due"]

    assert due(as_user("supervisor")) == [("reminder", case.number, ["repeated"])]
    assert told[0]["reasons"][0]["met_at"] == "2024-11-20T01:00:00Z"
    LadderRule.objects.filter(trigger="repeated").update(days=70)
    assert due(as_user("supervisor")) == []


def test_two_notices_that_were_not_met_lead_to_a_talk_with_the_company(
    as_user, people, in_hand, estate
):
    def notice(day: str, until: str, **columns):
        case = in_hand(**columns)
        return case, paper(
            "notice",
            case,
            issued_at=f"{day}T10:00:00+08:00",
            data={"edits": {"due": until}},
            by=people["admin"],
        )

    met = {"state": "closed", "ended_at": "2024-11-12T10:00:00+08:00"}
    shown, _ = notice("2024-11-04", "2024-11-11", **met)
    MoveFactory(case=shown, name="hand_back", made_at="2024-11-11T17:00:00+08:00")
    notice("2024-11-05", "2024-11-27", state="suspended")
    notice("2024-11-06", "2024-11-28")  # until this evening
    notice("2024-08-01", "2024-08-09")  # too long ago
    notice("2024-11-07", "2024-11-11", **met)  # closed, and nobody showed it in time
    assert due(as_user("supervisor")) == []
    notice("2024-11-08", "2024-11-27")

    told = as_user("supervisor").get(DUE).json()["due"]

    assert [(each["rung"], each["case"], each["company"]) for each in told] == [
        ("talk", None, estate.company_id)
    ]
    assert told[0]["reasons"][0]["says"] == "2 notices within 90 days were not met."
    assert as_user("supervisor").get(DUE).json()["count"] == 1
    minutes = paper("talk", in_hand(), by=people["admin"])
    escalations.taken(minutes, uuid.UUID(told[0]["id"]))
    assert due(as_user("supervisor")) == []


def test_a_rung_is_waived_once_and_with_a_reason(as_user, in_hand):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00")
    (told,) = as_user("supervisor").get(DUE).json()["due"]
    one = f"{DUE}{told['id']}/"

    for body in ({}, {"waive": True}, {"waive": True, "note": " "}, {"waive": True, "note": 1}):
        reply = as_user("supervisor").put(one, body, format="json")
        assert (reply.status_code, reply.json()["code"]) == (400, "escalation_invalid")
    body = {"waive": True, "note": "配件已订，明日更换"}
    first = as_user("supervisor").put(one, body, format="json")
    again = as_user("supervisor").put(one, body, format="json")
    other = as_user("supervisor").put(one, body | {"note": "再等等"}, format="json")

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.json()["reason"] == "应于 2024-11-28 09:00 前办结。"
    assert (first.json()["waived"], first.json()["note"]) == (True, body["note"])
    assert (other.status_code, other.json()["code"]) == (409, "escalation_done")
    assert due(as_user("supervisor")) == []
    # A later deadline that is missed as well is another one.
    case.due_at = "2024-11-28T09:30:00+08:00"
    case.save()
    assert due(as_user("supervisor")) == [("reminder", case.number, ["overdue"])]


def test_a_reminder_is_issued_for_what_is_due_and_not_twice(as_user, in_hand):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00", severity=3)
    client = as_user("supervisor")
    (told,) = client.get(DUE).json()["due"]
    body = {"kind": "reminder", "cases": [str(case.pk)], "escalation": told["id"]}

    first, second = (put_paper(client, body) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 409)
    assert second.json()["code"] == "escalation_done"
    assert Paper.objects.count() == 1
    (done,) = client.get(f"{DUE}?case={case.pk}").json()["done"]
    assert (done["id"], done["paper"]) == (told["id"], first.json()["id"])
    # The number that the second would have had is the next one's.
    other = in_hand(due_at="2024-11-28T09:30:00+08:00", severity=3)
    third = put_paper(client, {"kind": "reminder", "cases": [str(other.pk)]})
    assert third.status_code == 201
    assert Paper.objects.order_by("number").values_list("number", flat=True).last() == 2
    assert due(client) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_do_with_a_rung_at_once_one_is_told_of_the_other(as_user, people, in_hand):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00")
    (told,) = as_user("supervisor").get(DUE).json()["due"]
    clients = [as_user(who) for who in ("supervisor", "admin")]

    def waive(n: int) -> int:
        body = {"waive": True, "note": f"理由{n}"}
        return clients[n].put(f"{DUE}{told['id']}/", body, format="json").status_code

    def issue() -> int:
        with transaction.atomic():
            try:
                escalations.taken(
                    paper("reminder", case, by=people["admin"]), uuid.UUID(told["id"])
                )
            except EscalationDone:
                transaction.set_rollback(True)
                return 409
        return 200

    assert sorted(at_once([partial(waive, 0), partial(waive, 1), issue])) == [200, 409, 409]
    assert Escalation.objects.count() == 1


def test_a_paper_that_was_void_has_done_nothing_unless_another_stands_for_it(
    as_user, people, in_hand
):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00")
    voided = {"voided_at": NOW, "voided_by": people["admin"], "void_reason": "写错了"}
    first = paper("reminder", case, by=people["admin"])
    escalations.taken(first)
    Paper.objects.filter(pk=first.pk).update(**voided)

    assert due(as_user("supervisor")) == [("reminder", case.number, ["overdue"])]
    second = paper("reminder", case, by=people["admin"], reissues=first)
    assert due(as_user("supervisor")) == []
    escalations.taken(second)
    assert due(as_user("supervisor")) == []
    Paper.objects.filter(pk=second.pk).update(**voided)
    assert due(as_user("supervisor")) == []
    assert Escalation.objects.count() == 1


def test_who_reads_and_who_waives(as_user, in_hand, elsewhere):
    case = in_hand(due_at="2024-11-28T09:00:00+08:00")
    there = CaseFactory(
        estate=EstateFactory(community=elsewhere), state="filed", due_at=case.due_at
    )
    (told,) = as_user("supervisor").get(DUE).json()["due"]
    body = {"waive": True, "note": "已电话沟通"}

    reads = {
        who: as_user(who).get(DUE).status_code
        for who in ("admin", "supervisor", "leader", "officer", "company", "clerk", "nobody")
    }
    waives = {
        who: as_user(who).put(f"{DUE}{told['id']}/", body, format="json").status_code
        for who in ("nobody", "company", "officer", "leader", "supervisor")
    }
    unknown = as_user("supervisor").put(f"{DUE}{uuid.uuid4()}/", body, format="json")

    assert reads == {
        **{"admin": 200, "supervisor": 200, "leader": 200},
        **{"officer": 403, "company": 403, "clerk": 403, "nobody": 401},
    }
    assert waives == {
        **{"nobody": 401, "company": 403, "officer": 403},
        **{"leader": 403, "supervisor": 200},
    }
    assert (unknown.status_code, unknown.json()["code"]) == (404, "escalation_not_found")
    assert due(as_user("leader")) == [("reminder", there.number, ["overdue"])]
    (elsewheres,) = as_user("leader").get(DUE).json()["due"]
    away = as_user("supervisor").put(f"{DUE}{elsewheres['id']}/", body, format="json")
    assert away.status_code == 404


def test_the_ladder_asks_the_database_as_often_for_many_as_for_one(as_user, in_hand):
    client = as_user("supervisor")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(DUE).status_code == 200
        return len(queries)

    in_hand(due_at="2024-11-28T09:00:00+08:00")
    asked()
    few = asked()
    for n in range(60):
        in_hand(due_at="2024-11-28T09:00:00+08:00", severity=1 + n % 3)
    many = asked()

    assert many == few
    assert client.get(DUE).json()["count"] == 61
