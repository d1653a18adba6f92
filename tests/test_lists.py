"""The lists of the API: GeoJSON, in pages, in one order, narrowed by what the address says."""

import uuid
from datetime import date, datetime

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from geo.models import Estate
from inspections.models import Finding, Inspection
from people.models import ApiToken
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CommunityFactory,
    EstateFactory,
    MembershipFactory,
    square,
)
from tests.records import a_record, here, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(as_user):
    return as_user("leader")


@pytest.fixture
def recorded(as_user, estate):
    """Records, and answers the finding that follows."""

    def record(**changes) -> Finding:
        id = uuid.uuid4()
        of = changes.pop("of", estate)
        reply = put(as_user("admin"), a_record(of, **changes), id)
        assert reply.status_code == 201, reply.json()
        return Finding.objects.get(inspection=id)

    return record


def ids(reply) -> list:
    assert reply.status_code == 200, reply.json()
    return [feature["id"] for feature in reply.json()["features"]]


def test_a_community_is_told_whole(leader, community):
    reply = leader.get(f"/api/v1/communities/{community.pk}/")
    assert reply["Content-Type"] == "application/geo+json"
    west, south, east, north = (round(each, 7) for each in community.geom.extent)
    assert reply.json() == {
        "type": "Feature",
        "id": community.pk,
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
            ],
        },
        "properties": {
            "retired": False,
            "id": community.pk,
            "code": "350582001008",
            "name": "陈村社区",
            "name_en": "",
            "provisional": False,
            "unconfirmed": False,
        },
    }


def test_an_estate_is_told_whole(leader, community, estate):
    Estate.objects.filter(pk=estate.pk).update(
        households=1200, ebikes=640, height_class="mixed", target_year=2024, code="QY-001"
    )
    for height_m in (18, 54.5):
        BuildingFactory(estate=estate, height_m=height_m)
    BuildingFactory(estate=estate, height_m=99, retired_at=timezone.now())
    told = leader.get("/api/v1/estates/").json()
    assert (told["type"], told["count"], told["next"]) == ("FeatureCollection", 1, None)
    assert told["features"][0]["properties"] == {
        "retired": False,
        "id": estate.pk,
        "code": "QY-001",
        "name": "银星花园",
        "community": community.pk,
        "community_name": "陈村社区",
        "company_name": estate.company.name,
        "has_company": True,
        "households": 1200,
        "ebikes": 640,
        "height_class": "mixed",
        "tallest_m": 54.5,
        "target_year": 2024,
        "unconfirmed": False,
        "proposed": None,
    }


def test_an_asset_is_told_whole(leader, community, estate):
    site = AssetFactory(
        estate=estate, type="charging_site", status="planned", ports=12, bays=20, indoor=False
    )
    (told,) = leader.get("/api/v1/assets/").json()["features"]
    lon, lat = site.geom.coords
    assert told["geometry"] == {
        "type": "Point",
        "coordinates": [pytest.approx(lon, abs=1e-7), pytest.approx(lat, abs=1e-7)],
    }
    assert told["properties"] == {
        "retired": False,
        "id": site.pk,
        "type": "charging_site",
        "code": site.code,
        "name": "",
        "community": community.pk,
        "estate": estate.pk,
        "owner": "unknown",
        "status": "planned",
        "built_at": None,
        "width_m": None,
        "ports": 12,
        "bays": 20,
        "indoor": False,
        "area_m2": None,
        "unconfirmed": False,
        "proposed": None,
    }


def test_what_is_drawn_as_an_area_tells_its_square_metres(leader, estate):
    """A ten-thousandth of a degree is 10.11 m by 11.08 m here."""
    AssetFactory(estate=estate, type="charging_site", geom=square(118.57, 24.81, 0.0001)[0])
    (told,) = leader.get("/api/v1/assets/").json()["features"]
    assert told["properties"]["area_m2"] == pytest.approx(112.0, abs=0.2)


def test_an_inspection_is_told_whole(as_user, leader, people, community, estate):
    id = uuid.uuid4()
    people["inspector"].name = "王芳"
    people["inspector"].save()
    put(as_user("inspector"), a_record(estate, answers={"ZM-01": True}, **here(estate, 40)), id)
    told = leader.get(f"/api/v1/inspections/{id}/").json()
    inspection = Inspection.objects.get()
    received_at = told["properties"].pop("received_at")
    assert datetime.fromisoformat(received_at) == inspection.received_at
    assert told["geometry"]["type"] == "Point"
    assert told["properties"] == {
        "id": str(id),
        "kind": "lighting",
        "kind_version": 1,
        "community": community.pk,
        "estate": estate.pk,
        "estate_name": "银星花园",
        "asset": None,
        "inspector": "inspector",
        "inspector_name": "王芳",
        "location_source": "gps",
        "accuracy_m": 5.0,
        "placed": "near",
        "distance_m": inspection.distance_m,
        "recorded_at": "2024-11-30T01:30:00Z",
        "building": None,
        "floor": "",
        "zone": "",
        "doubts": [],
        "photos_missing": 0,
        "photos": [],
        "answers": {"ZM-01": True},
        "in_force": True,
        "supersedes": None,
        "reason": "",
        "findings": [str(Finding.objects.get().pk)],
    }


def test_a_finding_is_told_whole(leader, recorded, community, estate):
    finding = recorded()
    told = leader.get(f"/api/v1/findings/{finding.pk}/").json()
    assert told["geometry"]["type"] == "Point"
    assert told["properties"] == {
        "id": str(finding.pk),
        "number": finding.number,
        "inspection": str(finding.inspection_id),
        "item": "ZM-01",
        "item_zh": "单盏路灯不亮",
        "item_en": "Single lamp out",
        "kind": "lighting",
        "severity": 3,
        "advisory": False,
        "community": community.pk,
        "estate": estate.pk,
        "estate_name": "银星花园",
        "asset": None,
        "recorded_at": "2024-11-30T01:30:00Z",
        "closed_at": None,
        "status": "open",
        "in_force": True,
        "same_as": None,
        "sightings": 0,
        "photos": [],
        "case": str(finding.case_id),
        "case_state": "reported",
        "overdue": True,
    }


def test_what_has_no_place_has_no_geometry(leader, community, recorded):
    shapeless = EstateFactory(community=community, geom=None)
    recorded(of=shapeless)
    estate = leader.get(f"/api/v1/estates/{shapeless.pk}/").json()
    (inspection,) = leader.get("/api/v1/inspections/").json()["features"]
    assert (estate["geometry"], inspection["geometry"]) == (None, None)


def test_pages_follow_one_another_and_leave_nothing_out(leader, estate):
    lamps = [AssetFactory(estate=estate, code="") for _ in range(7)]
    seen, address, sizes = [], "/api/v1/assets/?page_size=3&type=light", []
    while address:
        told = leader.get(address).json()
        assert told["count"] == 7
        seen += [feature["id"] for feature in told["features"]]
        sizes.append(len(told["features"]))
        address = told["next"]
    assert (seen, sizes) == ([lamp.pk for lamp in lamps], [3, 3, 1])
    assert leader.get("/api/v1/assets/?page_size=3&page=4").json() == {
        "type": "FeatureCollection",
        "count": 7,
        "next": None,
        "features": [],
    }


def test_an_office_s_estates_come_in_one_page(leader, community):
    EstateFactory.create_batch(120, community=community, geom=None)
    told = leader.get("/api/v1/estates/").json()
    assert (told["count"], len(told["features"]), told["next"]) == (121, 121, None)


def test_a_page_is_as_many_queries_however_many_rows(leader, estate, recorded):
    for _ in range(3):
        recorded()
    leader.get("/api/v1/findings/")
    # Of records their photos too, and of findings how often they were seen again.
    more = {"communities": 0, "estates": 0, "assets": 0, "inspections": 1, "findings": 2}
    for name, n in more.items():
        with CaptureQueriesContext(connection) as queries:
            leader.get(f"/api/v1/{name}/")
        # Before it, who asks: the session, the person, their roles.
        assert len(queries) == 4 + n, name


def test_a_box_finds_what_it_meets(leader, community, estate):
    west, south, east, north = estate.geom.extent
    EstateFactory(community=CommunityFactory(), name="别处", geom=None)
    corner = f"{west - 0.01},{south - 0.01},{west + 0.0001},{south + 0.0001}"
    beside = f"{east + 0.001},{south},{east + 0.002},{north}"
    assert ids(leader.get(f"/api/v1/estates/?in_bbox={corner}")) == [estate.pk]
    assert ids(leader.get(f"/api/v1/estates/?in_bbox={beside}")) == []


def test_a_box_finds_findings_and_inspections_by_their_own_places(leader, estate, recorded):
    finding = recorded(**here(estate, 500))
    lon, lat = finding.place.coords
    box = f"{lon - 1e-4},{lat - 1e-4},{lon + 1e-4},{lat + 1e-4}"
    assert ids(leader.get(f"/api/v1/findings/?in_bbox={box}")) == [str(finding.pk)]
    assert ids(leader.get(f"/api/v1/inspections/?in_bbox={box}")) == [str(finding.inspection_id)]


def test_findings_are_narrowed_as_everywhere(leader, community, estate, recorded):
    other = EstateFactory(community=CommunityFactory())
    lamp = recorded()
    lane = recorded(
        kind="fire_lane", answers={"XF-01": True}, recorded_at="2024-12-01T00:00:00+08:00"
    )
    far = recorded(of=other, recorded_at="2024-12-02T23:59:59+08:00")
    Finding.objects.filter(pk=lamp.pk).update(closed_at=timezone.now())
    for query, found in {
        "": [far, lane, lamp],
        "kind=fire_lane": [lane],
        "kind=fire_lane&kind=lighting": [far, lane, lamp],
        "severity=1": [lane],
        "severity=1&severity=3&status=open": [far, lane],
        "status=closed": [lamp],
        "since=2024-12-01": [far, lane],
        "until=2024-12-01": [lane, lamp],
        "since=2024-12-02&until=2024-12-02": [far],
        f"community={other.community_id}": [far],
        f"estate={estate.pk}": [lane, lamp],
        f"estate={estate.pk}&kind=lighting": [lamp],
        "kind=manhole": [],
    }.items():
        assert ids(leader.get(f"/api/v1/findings/?{query}")) == [str(f.pk) for f in found], query
        first = leader.get(f"/api/v1/findings/?{query}&page_size=1").json()
        assert (first["count"], len(first["features"])) == (len(found), min(len(found), 1)), query


def test_inspections_are_narrowed(as_user, leader, community, estate, recorded):
    lamp = AssetFactory(estate=estate)
    first = recorded(**here(estate, 400)).inspection_id
    second = recorded(
        asset=lamp.pk,
        recorded_at="2024-12-01T00:00:00Z",
        supersedes=str(first),
        reason="wrong answer",
    ).inspection_id
    for query, found in {
        "": [second, first],
        "placed=far": [first],
        "placed=far&placed=unknown": [second, first],
        f"asset={lamp.pk}": [second],
        "in_force=1": [second],
        "in_force=false": [first],
        "inspector=admin": [second, first],
        "inspector=inspector": [],
        "since=2024-12-01&kind=lighting": [second],
    }.items():
        assert ids(leader.get(f"/api/v1/inspections/?{query}")) == [str(pk) for pk in found], query
        first = leader.get(f"/api/v1/inspections/?{query}&page_size=1").json()
        assert (first["count"], len(first["features"])) == (len(found), min(len(found), 1)), query
    (in_force,) = leader.get("/api/v1/findings/").json()["features"]
    assert in_force["properties"]["inspection"] == str(second)


def test_the_register_is_narrowed(leader, community, elsewhere, estate):
    target = EstateFactory(community=elsewhere, name="玉兰苑", code="YL-1", target_year=2024)
    lane = AssetFactory(estate=estate, type="vacant_space", geom=estate.geom, name="南门空地")
    lamp = AssetFactory(estate=target)
    for query, found in {
        "estates/?target_year=2024": [target],
        f"estates/?community={community.pk}": [estate],
        "estates/?height_class=unknown&q=玉兰": [target],
        "estates/?q=yl-1": [target],
        "assets/?type=vacant_space": [lane],
        "assets/?type=vacant_space&type=light": [lane, lamp],
        f"assets/?estate={target.pk}": [lamp],
        "assets/?q=南门&status=built": [lane],
        "communities/?q=象山": [elsewhere],
    }.items():
        assert ids(leader.get(f"/api/v1/{query}")) == [each.pk for each in found], query


def test_when_an_estate_was_last_inspected_is_told_when_asked(leader, estate, recorded):
    recorded(recorded_at="2024-10-01T08:00:00Z")
    first = recorded(recorded_at="2024-11-01T08:00:00Z").inspection_id
    recorded(recorded_at="2024-11-02T08:00:00Z", supersedes=str(first), reason="wrong lamp")
    (told,) = leader.get("/api/v1/estates/?with=last_inspected").json()["features"]
    assert told["properties"]["last_inspected"] == {
        "ebike_charging": None,
        "environment": None,
        "fire_lane": None,
        "lighting": "2024-11-02T08:00:00Z",
    }
    assert told == leader.get(f"/api/v1/estates/{estate.pk}/?with=last_inspected").json()


def test_what_is_retired_is_the_clerk_s_to_see(as_user, leader, community, estate):
    Estate.objects.filter(pk=estate.pk).update(retired_at=timezone.now())
    assert ids(leader.get("/api/v1/estates/")) == []
    assert leader.get(f"/api/v1/estates/{estate.pk}/").status_code == 404
    refused = leader.get("/api/v1/estates/?retired=1")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    (told,) = as_user("clerk").get("/api/v1/estates/?retired=1").json()["features"]
    assert (told["id"], told["properties"]["retired"]) == (estate.pk, True)
    assert as_user("clerk").get(f"/api/v1/estates/{estate.pk}/?retired=1").status_code == 200


def test_every_wrong_filter_is_named_at_once(leader):
    reply = leader.get(
        "/api/v1/findings/?severity=4&status=lost&since=yesterday&until=2024-13-01&estate=x"
        "&community=-1&in_bbox=1,2,3&page=0&page_size=1001&colour=red"
    )
    assert (reply.status_code, reply.json()) == (
        400,
        {
            "code": "filter_invalid",
            "message": "A filter in the address can't be read.",
            "details": {
                "fields": {
                    "severity": "1, 2 or 3.",
                    "status": "One of closed, open.",
                    "since": "A date such as 2024-11-30.",
                    "until": "A date such as 2024-11-30.",
                    "estate": "A number, once or more.",
                    "community": "A number, once or more.",
                    "in_bbox": "Four numbers: west,south,east,north.",
                    "page": "A number from 1 to 1000000000.",
                    "page_size": "A number from 1 to 1000.",
                    "colour": "There is no such filter here.",
                }
            },
        },
    )


@pytest.mark.parametrize(
    "query",
    [
        "findings/?since=2024-12-02&until=2024-12-01",
        "findings/?in_bbox=118.6,24.8,118.5,24.9",
        "findings/?in_bbox=nan,nan,nan,nan",
        "findings/?in_bbox=118,24,181,25",
        "findings/?since=0001-01-01",
        "findings/?severity=99999999999999999999",
        "findings/?kind=%00",
        "estates/?height_class=tall",
        "estates/?with=everything",
        "estates/?retired=perhaps",
        "estates/?q=%00",
        "assets/?type=tree",
        "assets/?status=lost",
        "inspections/?placed=there",
        "inspections/?inspector=%00",
        "estates/1/?page=2",
    ],
)
def test_a_filter_that_can_t_be_read_narrows_nothing_in_silence(leader, query):
    reply = leader.get(f"/api/v1/{query}")
    assert (reply.status_code, reply.json()["code"]) == (400, "filter_invalid")


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "9223372036854775808"])
def test_a_number_that_is_no_one_s_is_not_found(leader, number):
    assert leader.get(f"/api/v1/estates/{number}/").status_code == 404
    assert ids(leader.get("/api/v1/assets/?estate=999999999999999999")) == []


def test_a_token_opens_the_lists_as_a_session_does(as_user, people, estate):
    ApiToken.objects.create(user=people["inspector"], digest=ApiToken.digest_of("secret"))
    program = as_user("nobody")
    program.credentials(HTTP_AUTHORIZATION="Token secret")
    assert ids(program.get("/api/v1/estates/")) == [estate.pk]
    assert put(program, a_record(estate)).status_code == 201
    program.credentials(HTTP_AUTHORIZATION="Token guessed")
    assert program.get("/api/v1/estates/").status_code == 401


def test_who_one_is_and_what_one_may(as_user, people, community, estate):
    assert as_user("inspector").get("/api/v1/me/").json() == {
        "id": people["inspector"].pk,
        "username": "inspector",
        "name": "",
        "language": "",
        "roles": ["inspector"],
        "scope": {"everything": False, "communities": [community.pk], "companies": []},
        "may": {
            "record": True,
            "plan": True,
            "overview": True,
            "cases": False,
            "dispatch": False,
            "keep_register": False,
        },
        "demonstration": False,
    }
    told = {who: as_user(who).get("/api/v1/me/").json() for who in people}
    assert {who for who in told if told[who]["may"]["record"]} == {
        "inspector",
        "inspector2",
        "supervisor",
        "admin",
    }
    assert {who for who in told if told[who]["may"]["keep_register"]} == {"clerk", "admin"}
    assert told["company"]["scope"] == {
        "everything": False,
        "communities": [],
        "companies": [estate.company_id],
    }


def test_a_role_of_yesterday_is_not_told(as_user, people):
    MembershipFactory(user=people["stranger"], role="clerk", until=date(2024, 1, 1))
    assert as_user("stranger").get("/api/v1/me/").json()["roles"] == []


def test_a_stale_csrf_token_has_its_own_code_and_is_renewed(people, estate):
    client = APIClient(enforce_csrf_checks=True, headers={"accept-language": "en"})
    client.force_login(people["inspector"], "django.contrib.auth.backends.ModelBackend")
    stale = put(client, a_record(estate))
    assert (stale.status_code, stale.json()["code"]) == (403, "csrf_stale")
    client.get("/api/v1/me/")
    token = client.cookies["csrftoken"].value
    reply = client.put(
        f"/api/v1/inspections/{uuid.uuid4()}/",
        a_record(estate),
        format="json",
        headers={"x-csrftoken": token},
    )
    assert reply.status_code == 201


def test_the_kinds_are_told_once_and_then_only_when_they_change(as_user):
    client = as_user("inspector")
    first = client.get("/api/v1/kinds/")
    assert [kind["slug"] for kind in first.json()["kinds"]] == [
        "ebike_charging",
        "environment",
        "fire_lane",
        "lighting",
    ]
    assert {kind["version"] for kind in first.json()["kinds"]} == {1}
    assert sum(len(kind["items"]) for kind in first.json()["kinds"]) == 69
    again = client.get("/api/v1/kinds/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("wish", ["application/geo+json", "text/html", "application/xml"])
def test_whatever_a_client_would_like_it_is_told_the_same(leader, estate, wish):
    reply = leader.get("/api/v1/estates/", headers={"accept": wish})
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/geo+json")
    assert leader.get("/api/v1/me/", headers={"accept": wish}).status_code == 200


def test_places_are_told_to_a_centimetre(leader, estate):
    AssetFactory(estate=estate, geom=Point(118.543123456789, 24.773123456789, srid=4326))
    (told,) = leader.get("/api/v1/assets/").json()["features"]
    assert told["geometry"]["coordinates"] == [118.5431235, 24.7731235]
