"""Who has somewhere to charge: by walking, by ports, by whose eyes."""

import pytest
from django.contrib.gis.geos import MultiLineString

from geo.models import Exit, Gate, Road
from planning.models import Plan, Proposal
from tests.factories import AssetFactory, BuildingFactory
from tests.planning.ground import box, boxes, line, point

pytestmark = pytest.mark.django_db
URL = "/api/v1/planning/coverage/"


@pytest.fixture
def home(estate):
    """100 e-bikes behind one door at the estate's middle."""
    estate.ebikes, estate.geom = 100, boxes(-101, -101, 101, 101)
    estate.save()
    building = BuildingFactory(estate=estate, households=80, geom=boxes(-10, 0, 10, 10))
    Exit.objects.create(building=building, geom=point(0, 0))
    return building


def site(estate, east, ports, bays=40):
    return AssetFactory(
        estate=estate,
        community=estate.community,
        type="charging_site",
        name=f"{east} 米处",
        ports=ports,
        bays=bays,
        geom=point(east, 0),
    )


def ask(client, **query):
    reply = client.get(URL, query)
    assert reply.status_code == 200, reply.content
    return reply.json()


def test_a_port_is_reckoned_for_as_many_as_the_target_says(as_user, home, estate):
    # 0.30 ports for an e-bike: 15 ports are for 50.
    standing = site(estate, 100, ports=15)
    told = ask(as_user("planner"))
    (point_,) = told["points"]["features"]
    assert point_["properties"] == {
        "id": f"b{home.pk}",
        "estate": estate.pk,
        "estate_name": "银星花园",
        "name": home.number,
        "ebikes": 100.0,
        "raised": 1.0,
        "findings": 0,
        "weight": 100.0,
        "basis": "register",
        "exits": True,
        "walk_m": pytest.approx(130, abs=0.05),
        "by": "straight",
        "nearest": f"a{standing.pk}",
        "nearest_name": "100 米处",
        "served": 0.5,
    }
    sums = {
        "points": 1,
        "ebikes": 100.0,
        "demand": 100.0,
        "within": 100.0,
        "served": 50.0,
        "sites": 1,
        "ports": 15,
        "bays": 40,
        "untold": 0,
        "ports_per_ebike": 0.15,
        "bays_per_ebike": 0.4,
        "by_paths": 0.0,
    }
    community = estate.community
    assert told["whole"] == sums | {"name": ""}
    assert told["estates"] == [
        sums | {"estate": estate.pk, "name": "银星花园", "community": community.pk}
    ]
    assert told["communities"] == [sums | {"community": community.pk, "name": "陈村社区"}]
    assert told["targets"] == {"ports_per_ebike": 0.3, "bays_per_ebike": 1.0}
    assert {each["name"] for each in told["assumptions"]} == {
        "ebikes_per_household",
        "raise_per_finding",
        "raise_most",
        "raise_within_m",
        "detour",
        "snap_m",
    }


def test_what_is_too_far_serves_nobody_and_a_site_without_told_ports_is_counted(
    as_user, home, estate
):
    site(estate, 116, ports=30)  # 150.8 m by the straight line made longer
    site(estate, 50, ports=None)
    whole = ask(as_user("planner"))["whole"]
    assert (whole["within"], whole["served"], whole["untold"]) == (100.0, 0.0, 1)
    assert ask(as_user("planner"), walk_m=151)["whole"]["served"] == 100.0


def test_where_paths_are_drawn_the_way_along_them_counts(as_user, home, estate):
    site(estate, 60, ports=30)
    way = line((0, 0), (0, 40), (60, 40), (60, 0))
    Road.objects.create(name="", rank=4, geom=MultiLineString(way, srid=4326))
    told = ask(as_user("planner"))
    (point_,) = told["points"]["features"]
    assert (point_["properties"]["walk_m"], point_["properties"]["by"]) == (
        pytest.approx(140, abs=0.1),
        "paths",
    )
    assert told["whole"]["by_paths"] == 1.0


def test_nobody_walks_through_a_wall_whose_gates_are_drawn(as_user, home, estate):
    # Beyond the estate's east edge, 110 m from its middle; the only gate is in the west.
    site(estate, 112, ports=30)
    assert ask(as_user("planner"), walk_m=200)["whole"]["within"] == 100.0
    Gate.objects.create(estate=estate, community=estate.community, geom=point(-101, 0))
    assert ask(as_user("planner"), walk_m=200)["whole"]["within"] == 0.0


def test_ports_are_shared_so_that_the_most_are_served(as_user, home, estate):
    # The near site could serve either; the far building reaches it alone.
    far = BuildingFactory(estate=estate, households=80, geom=boxes(150, 0, 170, 10))
    Exit.objects.create(building=far, geom=point(150, 0))
    site(estate, 75, ports=15)
    site(estate, -60, ports=15)
    told = ask(as_user("planner"))
    assert [each["properties"]["served"] for each in told["points"]["features"]] == [1.0, 1.0]


def test_what_is_drawn_in_a_plan_counts_in_that_plan_alone(as_user, people, home, estate):
    plan = Plan.objects.create(
        id="01936f00-0000-7000-8000-000000000001", name="一期", by=people["planner"], shared=True
    )
    Proposal.objects.create(
        id="01936f00-0000-7000-8000-000000000002",
        plan=plan,
        community=estate.community,
        estate=estate,
        by=people["planner"],
        name="拟建",
        ports=30,
        bays=60,
        geom=box(40, 0, 48, 2),
    )
    assert ask(as_user("planner"))["whole"]["served"] == 0.0
    assert ask(as_user("planner"), plan=plan.pk)["whole"]["served"] == 100.0
    assert ask(as_user("inspector"), plan=plan.pk)["whole"]["served"] == 100.0


def test_it_is_told_anew_only_when_something_was_written(as_user, home, estate):
    client = as_user("planner")
    first = client.get(URL)
    again = client.get(URL, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304
    site(estate, 100, ports=15)
    fresh = client.get(URL, HTTP_IF_NONE_MATCH=first["ETag"])
    assert fresh.status_code == 200
    assert fresh.json()["version"] != first.json()["version"]


@pytest.mark.parametrize(
    ("who", "status", "points"),
    [
        ("planner", 200, 1),
        ("leader", 200, 1),
        ("supervisor", 200, 1),
        ("inspector", 200, 1),
        ("inspector2", 200, 0),
        ("officer", 200, 1),
        ("unit", 200, 1),
        ("clerk", 200, 1),
        ("admin", 200, 1),
        ("company", 403, None),
        ("stranger", 403, None),
        ("nobody", 401, None),
    ],
)
def test_who_is_told_of_coverage(as_user, home, who, status, points):
    reply = as_user(who).get(URL)
    assert reply.status_code == status
    if status == 200:
        assert len(reply.json()["points"]["features"]) == points


def test_every_wrong_word_of_the_address_is_named(as_user):
    reply = as_user("planner").get(URL, {"plan": "x", "walk_m": "0", "since": "y", "far": "1"})
    assert reply.status_code == 400
    assert sorted(reply.json()["details"]["fields"]) == ["far", "plan", "since", "walk_m"]
