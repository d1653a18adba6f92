"""What a map gets to draw: the right things, to the right people, in tiles of a bounded size."""

from datetime import date
from itertools import pairwise
from math import atan, degrees, isclose, pi, sinh

import pytest
import shapely
from django.contrib.gis.geos import LineString, MultiLineString, Point
from django.db import connection
from django.utils import timezone

from geo.measure import area_m2
from geo.models import Gate, Road, SensitivePlace
from inspections.models import ClosedSpan, Finding
from tests.factories import (
    AssetFactory,
    BuildingFactory,
    CompanyFactory,
    EstateFactory,
    FindingFactory,
    square,
)
from tests.records import a_record, here, put
from tests.tiles import address, features

pytestmark = pytest.mark.django_db


def middle(estate) -> tuple[float, float]:
    return estate.geom.centroid.coords


def told(reply) -> list[dict]:
    """The properties of a tile's features."""
    return [feature["properties"] for feature in features(reply)]


def test_a_finding_is_on_the_map_as_soon_as_it_is_recorded(as_user, estate):
    put(as_user("inspector"), a_record(estate, **here(estate, -50)))
    finding = Finding.objects.get()
    [point] = features(as_user("leader").get(address("findings", 17, *finding.place.coords)))
    [cell] = features(as_user("leader").get(address("findings", 13, *finding.place.coords)))
    assert (point["id"], point["geometry"]["type"]) == (finding.number, "Point")
    assert point["properties"] == {
        "kind": "lighting",
        "severity": 3,
        "open": True,
        "item": "ZM-01",
        "estate": estate.pk,
        "case_number": finding.case.number,
        "case_state": "reported",
        "overdue": True,
        "day": date_number(timezone.localdate(finding.recorded_at)),
    }
    assert cell["geometry"]["type"] == "Polygon"
    assert cell["properties"] == {
        "n": 1,
        "open": 1,
        "worst": 3,
        "per_ha": pytest.approx(0.52, abs=0.005),
    }


def the_register(estate) -> dict[str, tuple[object, dict]]:
    """Layer → a row of it, and what its tile tells."""
    lon, lat = middle(estate)
    line = LineString((lon, lat), (lon + 0.0005, lat), srid=4326)
    area = square(lon, lat, 0.0003)[0]

    def asset(type, **fields):
        return AssetFactory(type=type, estate=estate, **fields)

    at = {"estate": estate.pk}
    return {
        "communities": (
            estate.community,
            {"name": "陈村社区", "name_en": "", "provisional": False, "unconfirmed": False},
        ),
        "estates": (
            estate,
            {"name": "银星花园", "community": estate.community_id, "unconfirmed": False},
        ),
        "buildings": (
            BuildingFactory(estate=estate, number="14栋", floors=18, height_m=54.5),
            {"number": "14栋", "floors": 18, "height_m": 54.5},
        ),
        "lanes": (
            asset("lane", name="环路", code="C-1", width_m=3.6, geom=line),
            {"name": "环路", "code": "C-1", "width_m": 3.6} | at,
        ),
        "lights": (asset("light", code="LD-023"), {"code": "LD-023"} | at),
        "charging_sites": (
            asset("charging_site", name="北门", status="planned", ports=20, bays=40, geom=area),
            {"name": "北门", "status": "planned", "ports": 20, "bays": 40} | at,
        ),
        "hydrants": (asset("hydrant", code="H-7"), {"code": "H-7"} | at),
        "operation_areas": (
            asset("operation_area", name="登高面", code="D-1", geom=area),
            {"name": "登高面", "code": "D-1"} | at,
        ),
        "vacant_spaces": (
            asset("vacant_space", name="空地", code="K-1", geom=area),
            {"name": "空地", "code": "K-1"} | at,
        ),
        "roads": (
            Road.objects.create(name="世纪大道", rank=1, geom=MultiLineString(line, srid=4326)),
            {"name": "世纪大道", "rank": 1},
        ),
        "sensitive_places": (
            SensitivePlace.objects.create(kind="school", name="小学", geom=area),
            {"name": "小学", "kind": "school"},
        ),
        "gates": (
            Gate.objects.create(
                estate=estate, name="东门", open_to="residents", geom=area.point_on_surface
            ),
            {"name": "东门", "open_to": "residents"} | at,
        ),
    }


def test_paths_are_drawn_near_by_and_streets_from_afar(as_user, estate):
    west, south, east, north = estate.geom.extent
    line = LineString((west, south), (east, north), srid=4326)
    for rank in (3, 4):
        Road.objects.create(rank=rank, geom=MultiLineString(line, srid=4326))
    seen = {
        zoom: {
            each["properties"]["rank"]
            for each in features(as_user("planner").get(address("roads", zoom, *middle(estate))))
        }
        for zoom in (14, 15)
    }
    assert seen == {14: {3}, 15: {3, 4}}


@pytest.mark.parametrize(
    "layer",
    [
        "communities",
        "estates",
        "buildings",
        "lanes",
        "lights",
        "charging_sites",
        "hydrants",
        "operation_areas",
        "vacant_spaces",
        "roads",
        "sensitive_places",
        "gates",
    ],
)
def test_every_layer_of_the_register_is_drawn(as_user, estate, layer):
    row, properties = the_register(estate)[layer]
    [feature] = features(as_user("planner").get(address(layer, 16, *middle(estate))))
    assert (feature["id"], feature["properties"]) == (row.pk, properties)


def test_what_is_out_of_use_is_not_drawn(as_user, estate):
    lamp = AssetFactory(estate=estate, retired_at="2024-01-01T00:00:00Z")
    assert features(as_user("planner").get(address("lights", 16, *lamp.geom.coords))) == []


def test_an_empty_tile_is_an_empty_answer(as_user, estate):
    reply = as_user("leader").get("/tiles/findings/14/0/0.mvt")
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply["Content-Type"] == "application/vnd.mapbox-vector-tile"


def test_a_sign_near_the_edge_is_in_both_tiles(as_user, estate):
    lon = 118.5369873046875  # where columns 54347 and 54348 of level 16 meet
    AssetFactory(estate=estate, geom=Point(lon + 0.00005, 24.77, srid=4326))
    planner = as_user("planner")
    _, _, _, _, x, y = address("lights", 16, lon + 0.00005, 24.77)[:-4].split("/")
    east, west, beyond = (
        features(planner.get(f"/tiles/lights/16/{int(x) - back}/{y}.mvt")) for back in (0, 1, 2)
    )
    assert [len(east), len(west), len(beyond)] == [1, 1, 0]
    assert west[0]["geometry"]["coordinates"][0] > 4096
    assert west[0]["id"] == east[0]["id"]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("inspector", 1 + 4),
        ("inspector2", 2),
        ("leader", 1 + 2 + 4),
        ("company", 1),
        ("stranger", 0),
    ],
)
def test_a_tile_holds_what_its_reader_may_see(as_user, estate, elsewhere, who, sees):
    """Of three estates on the same ground: one's own, one elsewhere, one of another company."""
    FindingFactory.create_batch(1, estate=estate)
    other = EstateFactory(community=elsewhere, geom=estate.geom)
    FindingFactory.create_batch(2, estate=other)
    other = EstateFactory(
        community=estate.community, geom=estate.geom, company=CompanyFactory(), has_company=True
    )
    FindingFactory.create_batch(4, estate=other)
    reader, place = as_user(who), middle(estate)
    assert len(features(reader.get(address("findings", 16, *place)))) == sees
    assert sum(each["n"] for each in told(reader.get(address("findings", 12, *place)))) == sees


def test_without_signing_in_there_are_no_tiles(as_user):
    for url in ("/tiles/findings/0/0/0.mvt", "/tiles/findings.json", "/api/v1/overview/figures/"):
        reply = as_user("nobody").get(url)
        assert (reply.status_code, reply.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("url", "status", "code"),
    [
        ("/tiles/findings/23/0/0.mvt", 404, "no_such_tile"),
        ("/tiles/findings/3/8/0.mvt", 404, "no_such_tile"),
        ("/tiles/findings/3/0/8.mvt", 404, "no_such_tile"),
        ("/tiles/findings/3/-1/0.mvt", 404, "not_found"),
        ("/tiles/secrets/3/0/0.mvt", 404, "not_found"),
        ("/tiles/secrets.json", 404, "not_found"),
        ("/tiles/findings/3/0/0.mvt?severity=4", 400, "filter_invalid"),
        ("/tiles/findings/3/0/0.mvt?since=yesterday", 400, "filter_invalid"),
        ("/tiles/findings.json?colour=red", 400, "filter_invalid"),
        ("/tiles/lanes/3/0/0.mvt?kind=lighting", 400, "filter_invalid"),
    ],
)
def test_an_address_of_no_tile_is_refused_with_a_reason(as_user, url, status, code):
    reply = as_user("leader").get(url)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.json()["message"]


def test_whatever_form_is_asked_for_a_tile_is_a_tile(as_user, estate):
    url = address("estates", 14, *middle(estate))
    assert features(as_user("leader").get(url, headers={"accept": "application/x-protobuf"}))


def date_number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def test_a_finding_carries_its_days_by_the_offices_midnight(as_user, estate):
    late = FindingFactory(
        estate=estate,
        recorded_at="2024-11-30T23:59:59+08:00",
        closed_at="2024-12-05T00:00:00+08:00",
    )
    early = FindingFactory(estate=estate, recorded_at="2024-12-01T00:00:00+08:00")
    for closed, reopened in (("02T12:00", "04T09:00"), ("06T12:00", "06T18:00")):
        ClosedSpan.objects.create(
            finding=early,
            closed_at=f"2024-12-{closed}+08:00",
            reopened_at=f"2024-12-{reopened}+08:00",
        )
    there = features(as_user("leader").get(address("findings", 17, *middle(estate))))
    days = {
        each["id"]: {name: each["properties"].get(name) for name in ("day", "closed_day", "shut")}
        for each in there
    }
    first = date_number(date(2024, 11, 30))
    # At the end of the second and the third it stood closed; what was opened again by the evening
    # was closed at the end of no day.
    assert days == {
        late.number: {"day": first, "closed_day": first + 5, "shut": None},
        early.number: {"day": first + 1, "closed_day": None, "shut": f",{first + 2},{first + 3},"},
    }


def test_cells_tell_how_many_how_many_open_and_the_worst(as_user, estate):
    FindingFactory(estate=estate, severity=1, closed_at="2024-12-01T00:00:00Z")
    FindingFactory.create_batch(2, estate=estate, severity=2)
    FindingFactory(estate=estate, severity=3, in_force=False)
    leader, place = as_user("leader"), middle(estate)

    def cell(query=""):
        [properties] = told(leader.get(address("findings", 14, *place, query)))
        return properties["n"], properties["open"], properties["worst"]

    assert cell() == (3, 2, 1)
    assert cell("status=open") == (2, 2, 2)
    assert cell("status=closed") == (1, 0, 1)
    assert cell("severity=1&severity=2") == (3, 2, 1)


def test_cells_are_half_as_wide_with_each_level_and_compare_by_ground(as_user, estate):
    FindingFactory.create_batch(5, estate=estate)
    finding = Finding.objects.first()
    leader, widths = as_user("leader"), []
    for zoom in range(9, 15):
        url = address("findings", zoom, *finding.place.coords)
        [cell] = features(leader.get(url))
        _, _, _, _, x, y = url[:-4].split("/")
        ring = [
            to_wgs84(zoom, int(x) + px / 4096, int(y) + py / 4096)
            for px, py in cell["geometry"]["coordinates"][0]
        ]
        ground = shapely.Polygon(ring)
        assert ground.contains(shapely.Point(finding.place.coords))
        hectares = area_m2(ground) / 10_000
        assert isclose(cell["properties"]["per_ha"], 5 / hectares, rel_tol=0.002)
        widths.append(ground.bounds[2] - ground.bounds[0])
    assert widths == pytest.approx([360 / 2 ** (zoom + 5) for zoom in range(9, 15)])


def to_wgs84(zoom: int, x: float, y: float) -> tuple[float, float]:
    across = 1 << zoom
    return x / across * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * y / across))))


def test_cells_are_outer_rings(as_user, estate):
    """Turned the other way round, a ring is a hole."""
    FindingFactory(estate=estate)
    [cell] = features(as_user("leader").get(address("findings", 12, *middle(estate))))
    ring = cell["geometry"]["coordinates"][0]
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert doubled > 0


def test_a_crowded_tile_tells_points_by_class(as_user, estate):
    first = FindingFactory(estate=estate, severity=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO inspections_finding (id, inspection_id, item, kind, severity, advisory,
                community_id, estate_id, place, recorded_at, in_force)
            SELECT gen_random_uuid(), inspection_id, 'X' || n, kind, 3, false, community_id,
                estate_id, ST_Translate(place, n * 1e-7, 0), recorded_at, true
            FROM inspections_finding, generate_series(1, 4000) AS n WHERE id = %s
            """,
            [first.pk],
        )
    crowd = features(as_user("leader").get(address("findings", 15, *first.place.coords)))
    assert sorted((each["properties"]["severity"], each["properties"]["n"]) for each in crowd) == [
        (1, 1),
        (3, 4000),
    ]
    assert {each["geometry"]["type"] for each in crowd} <= {"Point", "MultiPoint"}
    # One fewer, and each has its sign again.
    Finding.objects.filter(item="X1").delete()
    single = features(as_user("leader").get(address("findings", 15, *first.place.coords)))
    assert len(single) == 4000
    assert first.number in {each["id"] for each in single}


def test_a_large_tile_is_packed_for_those_who_can_unpack(as_user, estate):
    for n in range(60):
        BuildingFactory(estate=estate, number=f"{n}栋")
    url = address("buildings", 16, *middle(estate))
    leader = as_user("leader")
    plain, packed = (
        leader.get(url, headers=headers) for headers in ({}, {"accept-encoding": "gzip, br"})
    )
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert len(features(plain)) == 60
    assert packed["ETag"] == plain["ETag"]


def test_a_layer_describes_itself(as_user, estate):
    reply = as_user("leader").get("/tiles/findings.json?kind=lighting&status=open")
    assert reply.json() == {
        "tilejson": "3.0.0",
        "name": "findings",
        "scheme": "xyz",
        "tiles": [
            "http://testserver/tiles/findings/{z}/{x}/{y}.mvt?kind=lighting&status=open",
        ],
        "minzoom": 0,
        "maxzoom": 18,
        "vector_layers": [
            {
                "id": "findings",
                "minzoom": 0,
                "maxzoom": 18,
                "fields": {
                    "kind": "String",
                    "severity": "Number",
                    "open": "Number",
                    "item": "String",
                    "estate": "Number",
                    "case_number": "Number",
                    "case_state": "String",
                    "overdue": "Boolean",
                    "day": "Number",
                    "closed_day": "Number",
                    "shut": "String",
                    "n": "Number",
                    "worst": "Number",
                    "per_ha": "Number",
                },
            }
        ],
    }
