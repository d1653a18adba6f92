"""Sites are drawn once, and changed by several people at once without loss."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from geo.models import Asset
from geo.services import merge_assets
from people.models import User
from planning.models import Edit, Proposal
from tests.factories import AssetFactory, EstateFactory, MembershipFactory, UserFactory
from tests.planning.drawn import (
    SITES,
    a_plan,
    a_site,
    change,
    edits_of,
    footprint,
    put_site,
    site_sent,
    told_of,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(as_user) -> dict:
    return a_plan(as_user("planner"))


def second(people, as_user) -> APIClient:
    """Another planner of the office."""
    people["second"] = UserFactory(username="second")
    MembershipFactory(user=people["second"], role="planner")
    return as_user("second")


def test_sending_the_same_site_twice_draws_it_once(as_user, plan, estate):
    id, sent = str(uuid4()), site_sent(plan, estate, ports=6, bay_length_m=2.0)
    first = put_site(as_user("planner"), id, sent)
    again = put_site(as_user("planner"), id, sent | {"bay_length_m": 2})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = put_site(as_user("planner"), id, sent | {"ports": 7})
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")
    theirs = put_site(as_user("admin"), id, sent)
    assert (theirs.status_code, theirs.json()["code"]) == (409, "recorded_differently")
    assert Proposal.objects.count() == 1


def test_a_site_is_told_with_all_that_is_known_of_it(as_user, plan, estate):
    space = AssetFactory(type="vacant_space", estate=estate, geom=estate.geom[0])
    drawn = within(estate)
    ring = drawn["coordinates"][0]
    middle = [(ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2]
    told = {
        "name": "东门车棚",
        "outline": "rectangle",
        "anchor": {"type": "Point", "coordinates": middle},
        "rotation_deg": 90,
        "ports": 10,
        "bays": 20,
        "bay_length_m": None,
        "bay_width_m": 0.8,
        "group_bays": 20,
        "group_length_m": 16.5,
        "partitions": False,
        "canopy": "open",
        "cctv": True,
        "power": "grid",
        "level": "ground",
        "place": "open_ground",
        "entrances": 1,
        "commercial": None,
        "cost_yuan": 30000,
        "note": "靠围墙",
        "vacant_space": space.pk,
    }
    site = a_site(as_user("planner"), plan, estate, geom=drawn, **told)
    properties = site["properties"]
    assert site["geometry"] == drawn
    assert {name: properties[name] for name in told} == told
    rest = {name: properties[name] for name in properties.keys() - told.keys()}
    # Where they lead stands in test_links.py.
    assert rest.pop("links").keys() == {"amap", "baidu"}
    assert {name: rest[name] for name in rest.keys() - {"created_at", "changed_at"}} == {
        "id": site["id"],
        "plan": plan["id"],
        "community": estate.community_id,
        "community_name": "陈村社区",
        "estate": estate.pk,
        "estate_name": "银星花园",
        "by": "planner",
        "by_name": "planner",
        "state": "proposed",
        "version": 1,
        "site": None,
        "may_edit": True,
        "steps": [],
        "documents": [],
        "can": [
            {"step": "check", "to": "checked", "needs": ["verdicts"], "refused": None},
            {"step": "take_out", "to": "withdrawn", "needs": [], "refused": None},
            {"step": "withdraw", "to": "withdrawn", "needs": ["note"], "refused": None},
        ],
    }


def test_every_wrong_field_of_a_site_is_named_at_once(as_user, plan, estate):
    wrong = {
        "ports": -1,
        "bays": 2.5,
        "bay_width_m": 0,
        "rotation_deg": 180,
        "canopy": "glass",
        "cctv": "yes",
        "geom": {"type": "Point", "coordinates": [118.5, 24.7]},
        "vacant_space": 999,
        "colour": "red",
    }
    reply = put_site(as_user("planner"), str(uuid4()), site_sent(plan, estate, **wrong))
    assert (reply.status_code, reply.json()["code"]) == (400, "proposal_invalid")
    assert reply.json()["details"]["fields"].keys() == wrong.keys()
    rectangle = site_sent(plan, estate, outline="rectangle")
    reply = put_site(as_user("planner"), str(uuid4()), rectangle)
    assert reply.json()["details"]["fields"].keys() == {"anchor", "rotation_deg"}


def test_changes_of_different_fields_are_merged(as_user, people, plan, estate):
    one, other = as_user("planner"), second(people, as_user)
    site = a_site(one, plan, estate)
    change(one, site, ports=6, note="近门")
    merged = change(other, site, cctv=True, bays=20)
    properties = merged.json()["properties"]
    asked = ("ports", "note", "cctv", "bays", "version")
    assert [properties[name] for name in asked] == [6, "近门", True, 20, 3]
    edits = edits_of(one, site)
    assert [(each["by"], each["seen"], each["version"], each["changes"]) for each in edits] == [
        ("second", 1, 3, {"cctv": [None, True]}),
        ("planner", 1, 2, {"ports": [None, 6], "note": ["", "近门"]}),
    ]


def test_of_two_who_change_the_same_the_later_is_told_and_kept(as_user, people, plan, estate):
    one, other = as_user("planner"), second(people, as_user)
    site = a_site(one, plan, estate)
    change(one, site, bays=30)
    late = [change(other, site, bays=40, note="宽") for _ in range(2)]
    expected = {"yours": {"bays": 40}, "theirs": {"bays": 30}, "version": 2}
    for reply in late:
        assert (reply.status_code, reply.json()["code"]) == (409, "changed_meanwhile")
        assert reply.json()["details"] == expected
    # Nothing of it was done, and all of it is kept, once.
    assert told_of(one, site)["properties"]["note"] == ""
    aside = [each for each in edits_of(one, site) if each["set_aside"]]
    assert [(each["by"], each["seen"], each["changes"]) for each in aside] == [
        ("second", 1, {"bays": [30, 40], "note": ["", "宽"]})
    ]
    agreed = change(other, site, bays=30, note="宽")
    assert (agreed.status_code, agreed.json()["properties"]["note"]) == (200, "宽")
    chosen = change(other, site, seen=3, bays=40)
    assert chosen.json()["properties"]["bays"] == 40


def test_a_footprint_is_one_thing(as_user, people, plan, estate):
    one, other = as_user("planner"), second(people, as_user)
    site = a_site(one, plan, estate)
    change(one, site, geom=within(estate, 50, 50))
    middle = {"type": "Point", "coordinates": within(estate)["coordinates"][0][0]}
    turned = change(other, site, outline="rectangle", anchor=middle, rotation_deg=30)
    assert turned.status_code == 409
    assert turned.json()["details"]["yours"].keys() == {"outline", "anchor", "rotation_deg"}


def test_what_was_changed_and_not_answered_is_changed_once(as_user, people, plan, estate):
    one, other = as_user("planner"), second(people, as_user)
    site = a_site(one, plan, estate)
    first = change(one, site, bays=30)
    assert change(one, site, bays=30).json() == first.json()
    change(other, site, seen=2, bays=40)
    again = change(one, site, bays=30)
    assert (again.status_code, again.json()["properties"]["bays"]) == (200, 40)
    # One's own later change is no race.
    site = a_site(one, plan, estate)
    change(one, site, bays=30)
    assert change(one, site, bays=31).json()["properties"]["bays"] == 31


def test_a_version_that_is_not_there_yet_is_refused(as_user, plan, estate):
    site = a_site(as_user("planner"), plan, estate)
    reply = change(as_user("planner"), site, seen=2, bays=3)
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {"fields": {"seen": "There is no such version yet."}},
    )


def test_a_site_that_moves_is_of_the_estate_it_comes_to_lie_in(as_user, plan, estate, community):
    client = as_user("planner")
    west, south, _, _ = estate.geom.extent
    other = EstateFactory(community=community, geom=None)
    site = a_site(client, plan, estate)
    moved = change(client, site, geom=footprint(west - 0.0005, south))
    assert moved.json()["properties"]["estate"] is None
    assert edits_of(client, site)[0]["changes"]["estate"] == [estate.pk, None]
    told = change(client, site, seen=2, estate=other.pk)
    assert told.json()["properties"]["estate_name"] == other.name
    # Whose boundary nobody drew is not left by moving.
    kept = change(client, site, seen=3, geom=within(estate, 40, 40))
    assert kept.json()["properties"]["estate"] == other.pk


def test_what_is_taken_out_can_be_put_back(as_user, plan, estate):
    client = as_user("planner")
    site = a_site(client, plan, estate)
    address = f"{SITES}{site['id']}/"
    for _ in range(2):
        out = client.delete(address, {"seen": 1}, format="json")
        assert (out.status_code, out.json()["properties"]["state"]) == (200, "withdrawn")
    listed = client.get(f"/api/v1/planning/plans/{plan['id']}/")
    assert listed.json()["proposals"]["features"] == []
    every = client.get(f"/api/v1/planning/plans/{plan['id']}/?withdrawn=1")
    assert len(every.json()["proposals"]["features"]) == 1
    assert change(client, site, seen=2, bays=3).json()["code"] == "proposal_settled"
    for _ in range(2):
        back = client.put(f"{address}restore/", {"seen": 2}, format="json")
        assert (back.status_code, back.json()["properties"]["state"]) == (200, "proposed")
    steps = back.json()["properties"]["steps"]
    assert [(each["step"], each["by"], each["version"]) for each in steps] == [
        ("take_out", "planner", 2),
        ("put_back", "planner", 3),
    ]
    late = client.delete(address, {"seen": 1}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "moved_on")
    assert late.json()["details"]["proposal"]["properties"]["version"] == 3


@pytest.mark.django_db(transaction=True)
def test_several_who_change_a_site_at_the_same_moment_lose_nothing(as_user, plan, estate):
    site = a_site(as_user("planner"), plan, estate)
    apart = [{"ports": 6}, {"note": "近门"}, {"cctv": True}, {"entrances": 2}]
    assert at_once(site, apart) == [200] * 4
    properties = told_of(as_user("planner"), site)["properties"]
    assert {name: properties[name] for each in apart for name in each} == {
        name: value for each in apart for name, value in each.items()
    }
    assert properties["version"] == 5
    same = at_once(site, [{"bays": n} for n in (30, 31, 32)])
    assert sorted(same) == [200, 409, 409]
    bays = [edit for edit in Edit.objects.all() if "bays" in edit.changes]
    assert {edit.changes["bays"][1] for edit in bays} == {30, 31, 32}
    assert sorted(edit.set_aside for edit in bays) == [False, True, True]


def at_once(site: dict, changes: list[dict]) -> list[int]:
    """By as many planners, all of whom saw the first version; the statuses they got."""
    together, statuses = Barrier(len(changes)), [0] * len(changes)

    def send(n: int, client: APIClient) -> None:
        together.wait()
        statuses[n] = change(client, site, seen=1, **changes[n]).status_code
        connection.close()

    threads = [
        Thread(target=send, args=[n, client_of(planner_called(f"planner-{uuid4()}"))])
        for n in range(len(changes))
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return statuses


def planner_called(name: str) -> User:
    user = UserFactory(username=name)
    MembershipFactory(user=user, role="planner")
    return user


def client_of(user: User) -> APIClient:
    client = APIClient(headers={"accept-language": "en"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


VALUES = {
    "ports": st.integers(0, 3),
    "bays": st.integers(0, 3),
    "note": st.sampled_from(["", "近门", "靠墙"]),
    "cctv": st.sampled_from([None, True, False]),
}
CHANGES = st.fixed_dictionaries({}, optional=VALUES).filter(bool)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(CHANGES, min_size=1, max_size=4), data=st.data())
def test_in_whatever_order_changes_arrive_nothing_is_lost(as_user, plan, estate, changes, data):
    """Each is made by another planner who saw the first version, and may be sent twice."""
    writers = [client_of(planner_called(f"planner-{uuid4()}")) for _ in changes]
    ends = []
    for _ in range(2):
        site = a_site(as_user("planner"), plan, estate)
        sent = data.draw(st.permutations([*range(len(changes)), *range(len(changes))]))
        for n in sent:
            assert change(writers[n], site, seen=1, **changes[n]).status_code in {200, 409}
        ends.append(told_of(as_user("planner"), site)["properties"])
        kept = Edit.objects.filter(proposal=site["id"])
        # What is in force is what was made of it, one after the other.
        in_force = {name: site["properties"][name] for name in VALUES}
        for edit in kept.filter(set_aside=False).order_by("version"):
            assert all(in_force[name] == before for name, (before, _) in edit.changes.items())
            in_force |= {name: after for name, (_, after) in edit.changes.items()}
        assert in_force == {name: ends[-1][name] for name in VALUES}
        # And whatever was wanted is in force, or is kept beside it.
        for wanted in changes:
            for name, value in wanted.items():
                values = [edit.changes[name][1] for edit in kept if name in edit.changes]
                assert value in [site["properties"][name], *values]
    once = {
        name
        for name in VALUES
        if len([each for each in changes if name in each]) == 1
        and not any(set(each) & shared(changes) for each in changes if name in each)
    }
    assert {name: ends[0][name] for name in once} == {name: ends[1][name] for name in once}


def shared(changes: list[dict]) -> set[str]:
    return {name for name in VALUES if len([each for each in changes if name in each]) > 1}


def test_a_site_follows_the_vacant_space_that_is_merged(as_user, people, plan, estate):
    spaces = [
        AssetFactory(type="vacant_space", estate=estate, geom=estate.geom[0]) for _ in range(2)
    ]
    site = a_site(as_user("planner"), plan, estate, vacant_space=spaces[1].pk)
    merge_assets(kept=spaces[0], twin=spaces[1], by=people["clerk"], reason="同一块")
    assert told_of(as_user("planner"), site)["properties"]["vacant_space"] == spaces[0].pk
    assert Asset.objects.current().of_type("vacant_space").count() == 1
