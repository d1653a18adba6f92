"""Plans: made once, seen by whom they are shared with, copied, put away."""

from uuid import uuid4

import pytest

from geo import services
from geo.models import ExcludedArea
from planning.models import Plan, Proposal
from tests.factories import EstateFactory, MembershipFactory, UserFactory, square
from tests.planning.drawn import (
    PLANS,
    SITES,
    a_plan,
    a_site,
    change,
    edits_of,
    put_site,
    site_sent,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def local(people, community):
    """A planner of the community alone."""
    people["local"] = UserFactory(username="local")
    MembershipFactory(user=people["local"], role="planner", community=community)
    return people["local"]


def test_sending_the_same_plan_twice_makes_it_once(as_user, community):
    id, sent = str(uuid4()), {"name": "方案甲", "community": community.pk, "note": None}
    first = as_user("planner").put(f"{PLANS}{id}/", sent, format="json")
    second = as_user("planner").put(f"{PLANS}{id}/", sent, format="json")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    told = first.json()
    assert {name: told[name] for name in told if name not in {"created_at", "changed_at"}} == {
        "id": id,
        "name": "方案甲",
        "note": "",
        "community": community.pk,
        "community_name": "陈村社区",
        "by": "planner",
        "by_name": "planner",
        "mine": True,
        "shared": False,
        "copied_from": None,
        "version": 1,
        "archived_at": None,
        "may_edit": True,
        "draws_in": [community.pk],
        "proposals": {"type": "FeatureCollection", "features": []},
    }
    other = as_user("planner").put(f"{PLANS}{id}/", sent | {"name": "方案乙"}, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    assert Plan.objects.count() == 1


def test_every_wrong_field_of_a_plan_is_named_at_once(as_user):
    reply = as_user("planner").put(
        f"{PLANS}{uuid4()}/",
        {"community": 999, "shared": 1, "colour": "red"},
        format="json",
    )
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "plan_invalid",
            "message": "Some fields need another look.",
            "details": {
                "fields": {
                    "name": "This is needed.",
                    "community": "There is no such community in your area.",
                    "shared": "true or false.",
                    "colour": "A record has no such field.",
                }
            },
        },
    )


def test_a_name_is_used_once_by_each_maker_until_its_plan_is_archived(as_user, local):
    first = a_plan(as_user("planner"))
    again = as_user("planner").put(f"{PLANS}{uuid4()}/", {"name": "方案甲"}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "name_taken")
    a_plan(as_user("local"), community=local.memberships.get().community_id)
    as_user("planner").put(f"{PLANS}{first['id']}/archive/")
    a_plan(as_user("planner"))
    back = as_user("planner").put(f"{PLANS}{first['id']}/restore/")
    assert (back.status_code, back.json()["code"]) == (409, "name_taken")


def test_a_plan_that_is_not_shared_is_its_makers_alone(as_user, local, community):
    plan = a_plan(as_user("local"), community=community.pk, shared=False)
    site = a_site(as_user("local"), plan, EstateFactory(community=community))
    for who in ("planner", "leader", "admin", "inspector"):
        assert as_user(who).get(f"{PLANS}{plan['id']}/").status_code == 404
        assert as_user(who).get(f"{SITES}{site['id']}/").status_code == 404
        assert as_user(who).get(PLANS).json() == {"plans": []}
    shared = as_user("local").patch(
        f"{PLANS}{plan['id']}/", {"seen": 1, "shared": True}, format="json"
    )
    assert (shared.status_code, shared.json()["version"]) == (200, 2)
    assert [each["states"] for each in as_user("leader").get(PLANS).json()["plans"]] == [
        {"proposed": 1}
    ]


@pytest.mark.parametrize(
    ("who", "reads", "draws", "keeps"),
    [
        ("planner", 200, 201, 200),
        ("local", 200, 201, 403),
        ("admin", 200, 201, 200),
        ("inspector", 200, 403, 403),
        ("supervisor", 200, 403, 403),
        ("leader", 200, 403, 403),
        ("clerk", 200, 403, 403),
        ("unit", 200, 403, 403),
        ("officer", 200, 403, 403),
        ("inspector2", 200, 403, 403),
        ("company", 404, 404, 404),
        ("stranger", 404, 404, 404),
        ("nobody", 401, 401, 401),
    ],
)
def test_who_reads_draws_and_keeps_a_plan_of_the_whole_office(
    as_user, local, estate, who, reads, draws, keeps
):
    plan = a_plan(as_user("planner"))
    site, client = a_site(as_user("planner"), plan, estate), as_user(who)
    assert client.get(f"{PLANS}{plan['id']}/").status_code == reads
    drawn = put_site(client, str(uuid4()), site_sent(plan, estate))
    # Who may not see the plan is not told that it is there; who plans nowhere, that they don't.
    assert drawn.status_code == (403 if (reads, draws) == (404, 404) else draws)
    changed = client.patch(f"{PLANS}{plan['id']}/", {"seen": 1, "note": "新"}, format="json")
    assert changed.status_code == keeps
    # What stands in a community is seen by who is there.
    sees = {"inspector2": 404}.get(who, reads)
    assert client.get(f"{SITES}{site['id']}/").status_code == sees


def test_a_communitys_planner_draws_there_and_nowhere_else(as_user, local, estate, elsewhere):
    other = EstateFactory(community=elsewhere)
    plan = a_plan(as_user("planner"))
    outside = put_site(as_user("local"), str(uuid4()), site_sent(plan, other))
    assert (outside.status_code, outside.json()["details"]) == (
        400,
        {"fields": {"geom": "This place lies in no community of yours."}},
    )
    # Who sees the place, and plans elsewhere, is told so.
    MembershipFactory(user=local, role="inspector", community=elsewhere)
    seen = put_site(as_user("local"), str(uuid4()), site_sent(plan, other))
    assert (seen.status_code, seen.json()["code"]) == (403, "not_yours_to_plan")
    site = a_site(as_user("local"), plan, estate)
    moved = change(as_user("local"), site, geom=within(other))
    assert (moved.status_code, moved.json()["code"]) == (403, "not_yours_to_plan")
    told = as_user("local").get(f"{PLANS}{plan['id']}/").json()
    assert (told["draws_in"], told["may_edit"]) == ([estate.community_id], False)
    assert as_user("planner").get(f"{PLANS}{plan['id']}/").json()["draws_in"] is None
    for who in ("leader", "inspector"):
        assert as_user(who).get(f"{PLANS}{plan['id']}/").json()["draws_in"] == []
    local.memberships.filter(community=elsewhere).delete()
    foreign = as_user("local").put(
        f"{PLANS}{uuid4()}/", {"name": "外", "community": elsewhere.pk}, format="json"
    )
    assert foreign.json()["code"] == "plan_invalid"
    whole = as_user("local").put(f"{PLANS}{uuid4()}/", {"name": "全街道"}, format="json")
    assert (whole.status_code, whole.json()["code"]) == (403, "not_yours_to_plan")
    theirs = a_plan(as_user("planner"), name="乙", community=elsewhere.pk)
    assert as_user("local").get(f"{PLANS}{theirs['id']}/").status_code == 404
    inside = put_site(as_user("planner"), str(uuid4()), site_sent(theirs, estate))
    assert inside.json()["details"] == {
        "fields": {"geom": "This place lies outside the community of the plan."}
    }


def test_a_copy_has_what_is_still_a_drawing(as_user, estate):
    client = as_user("planner")
    plan = a_plan(client)
    kept = a_site(client, plan, estate, ports=8, note="靠墙")
    gone = a_site(client, plan, estate, geom=within(estate, 60, 60))
    client.delete(f"{SITES}{gone['id']}/", {"seen": 1}, format="json")
    sent = {"id": str(uuid4()), "name": "方案乙"}
    first, second = (
        client.put(f"{PLANS}{plan['id']}/copy/", sent, format="json") for _ in range(2)
    )
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    copy = first.json()
    assert (copy["copied_from"], copy["shared"], copy["mine"]) == (plan["id"], False, True)
    (site,) = copy["proposals"]["features"]
    same = {"name", "ports", "bays", "note", "estate", "state"}
    assert {name: site["properties"][name] for name in same} == {
        name: kept["properties"][name] for name in same
    }
    assert (site["geometry"], site["id"] == kept["id"]) == (kept["geometry"], False)
    assert Plan.objects.count() == 2


def test_in_an_archived_plan_nothing_is_drawn(as_user, estate):
    client = as_user("planner")
    plan = a_plan(client)
    site = a_site(client, plan, estate)
    for _ in range(2):
        away = client.put(f"{PLANS}{plan['id']}/archive/")
        assert (away.status_code, away.json()["version"]) == (200, 2)
    assert client.get(PLANS).json() == {"plans": []}
    assert [each["id"] for each in client.get(f"{PLANS}?archived=1").json()["plans"]] == [
        plan["id"]
    ]
    refused = [
        put_site(client, str(uuid4()), site_sent(plan, estate)),
        client.patch(f"{SITES}{site['id']}/", {"seen": 1, "changes": {"bays": 3}}, format="json"),
        client.patch(f"{PLANS}{plan['id']}/", {"seen": 2, "note": "x"}, format="json"),
        client.delete(f"{SITES}{site['id']}/", {"seen": 1}, format="json"),
    ]
    assert [(each.status_code, each.json()["code"]) for each in refused] == [
        (409, "plan_archived")
    ] * 4
    assert client.put(f"{PLANS}{plan['id']}/restore/").json()["archived_at"] is None
    assert put_site(client, str(uuid4()), site_sent(plan, estate)).status_code == 201


def test_of_two_who_change_a_plan_the_second_is_merged_or_told(as_user, local, community):
    one, other = as_user("planner"), as_user("local")
    plan = a_plan(one, community=community.pk)
    address = f"{PLANS}{plan['id']}/"
    one.patch(address, {"seen": 1, "note": "一"}, format="json")
    merged = other.patch(address, {"seen": 1, "name": "方案丙"}, format="json").json()
    assert (merged["name"], merged["note"], merged["version"]) == ("方案丙", "一", 3)
    late = other.patch(address, {"seen": 1, "note": "二"}, format="json")
    assert (late.status_code, late.json()["code"], late.json()["details"]) == (
        409,
        "changed_meanwhile",
        {"yours": {"note": "二"}, "theirs": {"note": "一"}, "version": 3},
    )
    edits = one.get(f"{address}edits/").json()["edits"]
    assert [
        (each["by"], each["version"], each["changes"], each["set_aside"]) for each in edits
    ] == [
        ("local", 3, {"note": ["一", "二"]}, True),
        ("local", 3, {"name": ["方案甲", "方案丙"]}, False),
        ("planner", 2, {"note": ["", "一"]}, False),
    ]


def test_a_plan_is_told_anew_only_where_something_is_other(as_user, estate):
    client = as_user("planner")
    plan = a_plan(client)
    address = f"{PLANS}{plan['id']}/"
    empty = client.get(address)
    assert client.get(address, headers={"if-none-match": empty["ETag"]}).status_code == 304
    site = a_site(client, plan, estate)
    drawn = client.get(address, headers={"if-none-match": empty["ETag"]})
    assert (drawn.status_code, len(drawn.json()["proposals"]["features"])) == (200, 1)
    client.patch(f"{SITES}{site['id']}/", {"seen": 1, "changes": {"bays": 3}}, format="json")
    changed = client.get(address, headers={"if-none-match": drawn["ETag"]})
    assert changed.status_code == 200
    # What one may do is told too: another's tag is another.
    assert as_user("leader").get(address)["ETag"] != changed["ETag"]


def test_what_is_drawn_follows_the_register(as_user, people, estate, elsewhere):
    client = as_user("planner")
    plan, twin = a_plan(client), EstateFactory(community=elsewhere)
    site = a_site(client, plan, twin)
    services.merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一小区")
    told = client.get(f"{SITES}{site['id']}/").json()["properties"]
    assert (told["estate"], told["community"], told["version"]) == (
        estate.pk,
        estate.community_id,
        2,
    )
    services.move_estate(estate=estate, to=elsewhere, by=people["clerk"], reason="划界")
    assert Proposal.objects.get().community == elsewhere


def test_nothing_is_drawn_on_excluded_ground(as_user, estate):
    west, south, _, _ = estate.geom.extent
    ExcludedArea.objects.create(name="军事区", geom=square(west, south, 0.0005))
    plan = a_plan(as_user("planner"))
    reply = put_site(as_user("planner"), str(uuid4()), site_sent(plan, estate))
    assert (reply.status_code, reply.json()["code"]) == (422, "excluded_area")
    assert Proposal.objects.count() == 0
    away = a_site(as_user("planner"), plan, estate, geom=within(estate, 100, 100))
    back = as_user("planner").patch(
        f"{SITES}{away['id']}/", {"seen": 1, "changes": {"geom": within(estate)}}, format="json"
    )
    assert (back.status_code, edits_of(as_user("planner"), away)) == (422, [])
