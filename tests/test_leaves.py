"""Leave: who may enter it, and who can stand in."""

import pytest

from people.models import Leave
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

EVERYONE = (
    *("admin", "inspector", "inspector2", "supervisor", "planner", "leader", "clerk"),
    *("unit", "officer", "company", "stranger", "nobody"),
)


@pytest.fixture(autouse=True)
def colleague(people, community):
    """A second inspector of the community."""
    people["colleague"] = UserFactory(username="colleague", name="王五")
    MembershipFactory(user=people["colleague"], community=community)
    return people["colleague"]


def a_leave(**changes) -> dict:
    return {
        "person": "inspector",
        "stand_in": "colleague",
        "since": "2024-12-05",
        "until": "2024-12-06",
    } | changes


def enter(client, **changes):
    return client.post("/api/v1/leaves/", a_leave(**changes), format="json")


def wrong(reply) -> dict[str, str]:
    assert (reply.status_code, reply.json()["code"]) == (400, "leave_invalid")
    return reply.json()["details"]["fields"]


def test_a_leave_is_entered_seen_by_those_it_is_about_changed_and_cancelled(as_user):
    client = as_user("supervisor")
    entered = enter(client)
    assert entered.status_code == 201
    assert entered.json() == {
        "id": Leave.objects.get().pk,
        "person": "inspector",
        "person_name": "inspector",
        "stand_in": "colleague",
        "stand_in_name": "王五",
        "since": "2024-12-05",
        "until": "2024-12-06",
    }
    address = f"/api/v1/leaves/{entered.json()['id']}/"
    assert as_user("colleague").get(address).json() == entered.json()
    assert as_user("inspector").get("/api/v1/leaves/").json() == {"leaves": [entered.json()]}
    longer = client.put(address, a_leave(until="2024-12-08"), format="json")
    assert longer.json() == entered.json() | {"until": "2024-12-08"}
    assert client.delete(address).json() == longer.json()
    assert client.get("/api/v1/leaves/").json() == {"leaves": []}


def test_who_enters_and_who_sees(as_user):
    entered, seen, changed = {}, {}, {}
    for who in EVERYONE:
        Leave.objects.all().delete()
        entered[who] = enter(as_user(who)).status_code
        id = (
            Leave.objects.get().pk
            if Leave.objects.exists()
            else enter(as_user("admin")).json()["id"]
        )
        address = f"/api/v1/leaves/{id}/"
        seen[who] = as_user(who).get(address).status_code
        changed[who] = (
            as_user(who).put(address, a_leave(), format="json").status_code,
            as_user(who).delete(address).status_code,
        )
    may = ("admin", "supervisor", "clerk")
    assert entered == dict.fromkeys(EVERYONE, 403) | dict.fromkeys(may, 201) | {"nobody": 401}
    told = dict.fromkeys((*may, "inspector"), 200) | {"nobody": 401}
    assert seen == dict.fromkeys(EVERYONE, 404) | told
    assert changed == (
        dict.fromkeys(EVERYONE, (404, 404))
        | dict.fromkeys(may, (200, 200))
        | {"inspector": (403, 403), "nobody": (401, 401)}
    )


def test_every_field_that_can_not_be_read_is_named(as_user):
    reply = enter(
        as_user("supervisor"), person="nobody", stand_in=3, since="soon", until=None, why="?"
    )
    assert wrong(reply) == {
        "person": "The sign-in name of somebody with an account.",
        "stand_in": "The sign-in name of somebody with an account.",
        "since": "A date such as 2024-11-30.",
        "until": "A date such as 2024-11-30.",
        "why": "There is no such field here.",
    }


def test_a_stand_in_inspects_wherever_the_absent_one_does(as_user, people, elsewhere):
    client = as_user("admin")
    assert wrong(enter(client, stand_in="inspector2")) == {
        "stand_in": "inspector2 is not an inspector on all of these days in: 陈村社区."
    }
    assert wrong(enter(client, stand_in="inspector")) == {
        "stand_in": "Nobody stands in for themselves."
    }
    assert wrong(enter(client, person="leader")) == {
        "person": "leader is not an inspector on these days."
    }
    assert wrong(enter(client, until="2024-12-04")) == {
        "until": "The last day is before the first."
    }
    MembershipFactory(user=people["inspector"], community=elsewhere)
    assert wrong(enter(client)) == {
        "stand_in": "王五 is not an inspector on all of these days in: 象山社区."
    }
    MembershipFactory(user=people["colleague"], community=None)
    assert enter(client).status_code == 201


def test_a_supervisor_of_one_of_two_communities_does_not_decide_for_both(
    as_user, people, elsewhere
):
    for name in ("inspector", "colleague"):
        MembershipFactory(user=people[name], community=elsewhere)
    reply = enter(as_user("supervisor"))
    assert (reply.status_code, reply.json()["code"]) == (403, "not_yours_to_excuse")


def test_nobody_stands_in_who_is_away_and_nobody_goes_who_stands_in(as_user, people, community):
    third = UserFactory(username="third", name="赵六")
    MembershipFactory(user=third, community=community)
    client = as_user("supervisor")
    first = enter(client).json()["id"]
    assert wrong(enter(client, stand_in="third", since="2024-12-06", until="2024-12-09")) == {
        "since": "inspector is on leave from 2024-12-05 to 2024-12-06 already."
    }
    assert wrong(enter(client, person="colleague", stand_in="third")) == {
        "person": "They stand in for inspector from 2024-12-05 to 2024-12-06: change that first."
    }
    assert wrong(enter(client, person="third", stand_in="inspector")) == {
        "stand_in": "inspector is on leave from 2024-12-05 to 2024-12-06."
    }
    put = client.put(f"/api/v1/leaves/{first}/", a_leave(since="2024-12-06"), format="json")
    assert put.status_code == 200, "its own days are not in its way"
    assert (
        enter(client, stand_in="third", since="2024-12-05", until="2024-12-05").status_code == 201
    )


def test_to_whom_rounds_can_be_given_is_told_to_those_who_give(as_user, people, elsewhere):
    told = as_user("supervisor").get("/api/v1/inspectors/").json()
    community = people["inspector"].memberships.get().community_id
    walk = {"community": community, "since": "2023-01-01", "until": None}
    assert told == {
        "inspectors": [
            {"username": "inspector", "name": "inspector", "walks": [walk]},
            {"username": "colleague", "name": "王五", "walks": [walk]},
        ]
    }
    answered = {who: as_user(who).get("/api/v1/inspectors/").status_code for who in EVERYONE}
    gives = {"admin": 200, "supervisor": 200, "nobody": 401}
    assert answered == dict.fromkeys(EVERYONE, 403) | gives


def test_the_clerk_enters_one_in_the_registers_by_the_same_rules(as_user, people):
    clerk, page = as_user("clerk"), "/admin/people/leave/add/"
    form = a_leave(person=people["inspector"].pk, stand_in=people["inspector2"].pk)
    refused = clerk.post(page, form)
    assert "inspector2 is not an inspector on all of these days in" in refused.text
    assert clerk.post(page, form | {"stand_in": people["colleague"].pk}).status_code == 302
    assert Leave.objects.get().stand_in.username == "colleague"
