"""What an inspector needs offline, taken whole."""

import gzip
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import timezone

from geo.models import Exit
from inspections import kinds
from inspections.models import Finding, Photo, Round
from inspections.services import published_kinds
from people.models import Leave
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    EstateFactory,
    FindingFactory,
    InspectionFactory,
    MembershipFactory,
    UserFactory,
    case_of,
)
from tests.packs import Tablet, names
from tests.records import a_lamp, an_estate, propose

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_here(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def taken(as_user, community):
    def take(who: str = "inspector", *communities: int) -> Tablet:
        tablet = Tablet(as_user(who), *(communities or [community.pk]))
        tablet.take()
        return tablet

    return take


def listed(client, name: str) -> dict:
    reply = client.get(f"/api/v1/{name}/").json()
    return {feature["id"]: feature for feature in reply["features"]}


def test_the_manifest_says_what_to_fetch_and_how_large_it_is(as_user, community, estate):
    manifest = as_user("inspector").get("/api/v1/pack/", {"community": community.pk}).json()
    assert manifest.keys() == {
        *("cursor", "at", "full", "communities", "bytes", "packed", "parts", "basemap", "photos")
    }
    assert names(manifest) == [
        *("communities", "estates", "buildings", "exits", "assets", "findings", "rechecks"),
        *("kinds", "looked", "rounds", "people", "calendar"),
    ]
    assert manifest["full"] is True
    assert manifest["communities"] == [community.pk]
    assert manifest["bytes"] == sum(part["bytes"] for part in manifest["parts"])
    assert manifest["packed"] == sum(part["packed"] for part in manifest["parts"])
    assert manifest["basemap"] is None
    assert manifest["photos"] == {"count": 0, "bytes": 0}


def test_places_are_told_as_the_lists_tell_them(as_user, taken, community, estate, elsewhere):
    EstateFactory(community=elsewhere)
    EstateFactory(community=community, retired_at=timezone.now())
    AssetFactory(estate=estate)
    AssetFactory(estate=None, community=community, geom=Point(118.55, 24.78, srid=4326))
    AssetFactory(estate=EstateFactory(community=elsewhere))
    tablet, client = taken(), as_user("inspector")
    for name in ("communities", "estates", "assets"):
        assert tablet.held[name] == listed(client, name)
        assert tablet.held[name]


def test_what_was_proposed_comes_with_the_proposal_that_made_it(as_user, taken, estate, community):
    lamp, village = uuid4(), uuid4()
    client = as_user("inspector")
    assert propose(client, an_estate(community), village).status_code == 201
    assert propose(client, a_lamp(estate), lamp).status_code == 201
    tablet = taken()
    told = [*tablet.held["estates"].values(), *tablet.held["assets"].values()]
    assert {(row["properties"]["proposed"], row["properties"]["unconfirmed"]) for row in told} == {
        (None, False),
        (str(village), True),
        (str(lamp), True),
    }


def test_buildings_and_their_exits_come_with_what_a_plan_needs(taken, estate, elsewhere):
    west, south = estate.geom.extent[:2]
    bent = ((0, 0), (0.0002, 0.000001), (0.0004, 0), (0.0004, 0.0004), (0, 0.0004), (0, 0))
    building = BuildingFactory(
        estate=estate,
        number="14栋",
        floors=18,
        height_m=54.5,
        households=72,
        geom=MultiPolygon(Polygon([(west + x, south + y) for x, y in bent]), srid=4326),
    )
    door = Exit.objects.create(building=building, name="东门", geom=Point(west, south, srid=4326))
    gone = BuildingFactory(estate=estate, retired_at=timezone.now())
    Exit.objects.create(building=gone, geom=Point(west, south, srid=4326))
    BuildingFactory(estate=EstateFactory(community=elsewhere))
    tablet = taken()
    corners = [(0, 0), (0.0004, 0), (0.0004, 0.0004), (0, 0.0004), (0, 0)]
    ring = [[round(west + x, 7), round(south + y, 7)] for x, y in corners]
    assert tablet.held["buildings"] == {
        building.pk: {
            "type": "Feature",
            "id": building.pk,
            # A bend of ten centimetres is not seen on any map.
            "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]},
            "properties": {
                "id": building.pk,
                "number": "14栋",
                "estate": estate.pk,
                "community": estate.community_id,
                "floors": 18,
                "height_m": 54.5,
                "households": 72,
                "unconfirmed": False,
            },
        }
    }
    assert [each["properties"] for each in tablet.held["exits"].values()] == [
        {"id": door.pk, "building": building.pk, "estate": estate.pk, "name": "东门"}
    ]


def shown(finding, item: str, small: int | None, **columns) -> Photo:
    return Photo.objects.create(
        id=uuid4(),
        entry=finding.inspection_id,
        inspection=finding.inspection,
        sender=finding.inspection.inspector,
        item=item,
        sha256="",
        bytes=2_000_000,
        declared_at=timezone.now(),
        **{"held_at": timezone.now(), "original": "x", "small_bytes": small} | columns,
    )


def test_open_findings_come_with_their_photos_and_how_often_they_were_seen(
    as_user, taken, estate, elsewhere
):
    finding = FindingFactory(estate=estate)
    whole = shown(finding, "", 300, taken_at="2024-11-30T09:00:00+08:00")
    near = shown(finding, "ZM-01", 100, taken_at="2024-11-30T09:20:00+08:00")
    far = shown(finding, "ZM-01", 200, taken_at="2024-11-30T09:25:00+08:00")
    shown(finding, "ZM-02", 400)
    shown(finding, "", 500, taken_at=timezone.now())
    shown(finding, "ZM-01", None, held_at=None, original="")
    for at in ("2024-12-01T09:30:00+08:00", "2024-12-02T09:30:00+08:00"):
        FindingFactory(estate=estate, recorded_at=at, same_as=finding.pk, in_force=False)
    FindingFactory(estate=estate, closed_at=timezone.now())
    FindingFactory(estate=EstateFactory(community=elsewhere))
    tablet = taken()
    (told,) = tablet.held["findings"].values()
    properties = told["properties"]
    assert properties.pop("photos") == [
        {"id": str(each.pk), "small": f"/api/v1/photos/{each.pk}/small.jpg", "bytes": size}
        for each, size in ((near, 100), (far, 200), (whole, 300))
    ]
    assert properties["sightings"] == 2
    assert properties.pop("case_version") is None
    one = as_user("inspector").get(f"/api/v1/findings/{finding.pk}/").json()
    for name in ("photos", "overdue"):
        one["properties"].pop(name)
    assert told == one


def test_the_manifest_says_how_many_photos_there_are_to_fetch(as_user, community, estate):
    first, second = FindingFactory(estate=estate), FindingFactory(estate=estate)
    for size in (100, 200, 300, 400):
        shown(first, "ZM-01", size)
    shown(second, "", 50)
    manifest = as_user("inspector").get("/api/v1/pack/", {"community": community.pk}).json()
    assert manifest["photos"]["count"] == 4


def test_kinds_days_and_oneself_are_told(as_user, taken, estate, people, monkeypatch):
    InspectionFactory(estate=estate, recorded_at="2024-11-30T09:30:00+08:00")
    InspectionFactory(estate=estate, recorded_at="2024-11-29T09:30:00+08:00")
    InspectionFactory(estate=estate, recorded_at="2024-12-01T09:30:00+08:00", in_force=False)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 3, 1))
    tablet = taken()
    client = as_user("inspector")
    assert tablet.held["looked"] == {
        f"{estate.pk}:lighting": {
            "id": f"{estate.pk}:lighting",
            "estate": estate.pk,
            "kind": "lighting",
            "at": "2024-11-30T01:30:00Z",
        }
    }
    told = client.get("/api/v1/kinds/").json()["kinds"]
    assert list(tablet.held["kinds"].values()) == [{"id": each["slug"], **each} for each in told]
    me = client.get("/api/v1/me/").json()
    user = people["inspector"]
    assert tablet.held["people"] == {user.pk: {**me, "id": user.pk}}
    years = tablet.calendar["years"]
    assert sorted(years) == ["2025", "2026"]
    assert {"2025-10-01", "2025-10-08"} <= set(years["2025"]["holidays"])
    assert {"2025-09-28", "2025-10-11"} <= set(years["2025"]["workdays"])
    # Who plans for January is told that nobody can know its holidays yet.
    assert tablet.calendar["missing"] == [2027]


def a_round(inspector, estate, **columns) -> Round:
    today = timezone.localdate()
    row = Round.objects.create(
        **{
            "name": "周一",
            "inspector": inspector,
            "kinds": ["lighting"],
            "since": today,
            "until": today + timedelta(days=6),
            "given_by": inspector,
        }
        | columns
    )
    row.estates.add(estate)
    return row


def test_rounds_are_ones_own_and_those_one_stands_in_for(taken, people, community, estate):
    colleague = UserFactory()
    MembershipFactory(user=colleague, role="inspector", community=community)
    own = a_round(people["inspector"], estate)
    covered = a_round(colleague, EstateFactory(community=community))
    assert taken().ids("rounds") == {own.pk}
    today = timezone.localdate()
    Leave.objects.create(person=colleague, stand_in=people["inspector"], since=today, until=today)
    assert taken().ids("rounds") == {own.pk, covered.pk}


def test_several_communities_are_one_pack(taken, community, elsewhere, estate):
    other = EstateFactory(community=elsewhere)
    assert taken("leader", community.pk, elsewhere.pk).ids("estates") == {estate.pk, other.pk}
    assert taken("leader", elsewhere.pk).ids("estates") == {other.pk}


def test_without_a_community_it_is_all_that_one_sees(as_user, community, elsewhere, estate):
    other = EstateFactory(community=elsewhere)
    tablet = Tablet(as_user("leader"))
    assert {community.pk, elsewhere.pk} <= set(tablet.take()["communities"])
    assert {estate.pk, other.pk} <= tablet.ids("estates")
    tablet = Tablet(as_user("stranger"))
    assert tablet.take()["communities"] == []
    assert not tablet.ids("estates")


def test_a_community_that_one_does_not_see_is_not_found(as_user, community, elsewhere):
    asked = {"community": [community.pk, elsewhere.pk, 987654]}
    reply = as_user("inspector").get("/api/v1/pack/", asked)
    assert (reply.status_code, reply.json()) == (
        404,
        {
            "code": "community_not_found",
            "message": "This community is not in your area.",
            "details": {"communities": sorted([elsewhere.pk, 987654])},
        },
    )


def test_a_companys_people_take_their_own_estates_alone(taken, community, estate):
    FindingFactory(estate=estate)
    other = EstateFactory(community=community)
    BuildingFactory(estate=other)
    FindingFactory(estate=other)
    tablet = taken("company")
    assert tablet.ids("estates") == {estate.pk}
    assert not tablet.ids("buildings")
    assert len(tablet.ids("findings")) == 1


def test_what_is_misspelt_is_named(as_user):
    reply = as_user("inspector").get("/api/v1/pack/?communitys=1&community=x")
    assert reply.status_code == 400
    assert reply.json()["details"]["fields"].keys() == {"communitys", "community"}


def test_an_unchanged_pack_is_not_sent_again(as_user, community, estate):
    tablet = Tablet(as_user("inspector"), community.pk)
    first = tablet.ask()
    again = tablet.ask(**{"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-cache"
    EstateFactory(community=community)
    assert tablet.ask(**{"if-none-match": first["ETag"]}).status_code == 200


def test_a_fetch_that_is_begun_again_goes_on_with_what_it_was_told(
    as_user, community, elsewhere, estate
):
    tablet = Tablet(as_user("inspector"), community.pk)
    first = tablet.ask().json()
    EstateFactory(community=elsewhere)
    assert tablet.ask().json() == first
    EstateFactory(community=community)
    assert tablet.ask().json()["parts"] != first["parts"]


def test_a_part_stays_as_it_was_told(as_user, community, estate):
    client = as_user("inspector")
    manifest = Tablet(client, community.pk).ask().json()
    (part,) = (each for each in manifest["parts"] if each["name"] == "estates")
    first = client.get(part["url"])
    estate.name = "新名"
    estate.save()
    again = client.get(part["url"], headers={"accept-encoding": "gzip"})
    assert gzip.decompress(again.content) == first.content
    assert len(again.content) == part["packed"]
    assert again["Content-Encoding"] == "gzip"
    assert again["ETag"] == f'"{part["sha256"]}"'
    assert "immutable" in again["Cache-Control"]


def test_a_part_is_for_whom_it_was_told_and_for_as_long_as_they_see_it(
    as_user, people, community, elsewhere, estate
):
    client = as_user("inspector")
    manifest = Tablet(client, community.pk).ask().json()
    url = manifest["parts"][0]["url"]
    bare = url.partition("?")[0]
    changed = {
        "code": "pack_changed",
        "message": "This part of the pack is no longer there. The pack is looked up again.",
        "details": {},
    }
    for other, address in ((as_user("leader"), url), (client, bare), (client, bare + "?seal=x")):
        reply = other.get(address)
        assert (reply.status_code, reply.json()) == (410, changed)
    people["inspector"].memberships.update(community=elsewhere)
    assert as_user("inspector").get(url).status_code == 410


def test_a_part_that_was_thrown_away_is_told_anew(as_user, community, estate, tmp_path):
    client = as_user("inspector")
    tablet = Tablet(client, community.pk)
    url = tablet.ask().json()["parts"][0]["url"]
    for path in (tmp_path / "packs").iterdir():
        path.unlink()
    assert client.get(url).status_code == 410
    tablet.take()
    assert tablet.ids("estates") == {estate.pk}


def test_a_new_kind_is_in_the_pack(taken, monkeypatch):
    assert taken().ids("kinds") == {each.slug for each in kinds.all()}
    assert [each.slug for each in published_kinds()] == list(taken().held["kinds"])


def test_it_asks_the_database_as_often_for_many_as_for_few(
    as_user, community, estate, django_assert_max_num_queries
):
    tablet = Tablet(as_user("inspector"), community.pk)
    for _ in range(5):
        finding = FindingFactory(estate=EstateFactory(community=community))
        shown(finding, "ZM-01", 100)
        case_of(finding, state="checking")
        BuildingFactory(estate=finding.estate)
    tablet.ask()
    with django_assert_max_num_queries(28):
        tablet.ask()
    assert Finding.objects.count() == 5
