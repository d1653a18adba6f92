"""Cases on the map: points with how they stand, and cells from farther away."""

import pytest
from django.utils import timezone

from inspections.models import Case
from tests.factories import CaseFactory, CompanyFactory, EstateFactory, UserFactory
from tests.tiles import address, features

pytestmark = pytest.mark.django_db


@pytest.fixture
def middle(estate):
    return estate.geom.centroid


def of_tile(client, place, query: str = "", zoom: int = 16) -> list[dict]:
    return features(client.get(address("cases", zoom, *place.coords, query)))


def test_a_case_is_a_point_with_what_it_is(as_user, estate, middle):
    case = CaseFactory(
        estate=estate,
        place=middle,
        severity=2,
        state="assigned",
        due_at="9000-01-01T00:00:00Z",
        step_due_at="2024-12-05T10:00:00+08:00",
    )
    case.refresh_from_db()
    CaseFactory(estate=estate)  # nobody knows where
    (point,) = of_tile(as_user("leader"), middle)
    assert (point["id"], point["properties"]) == (
        case.number,
        {
            "state": "assigned",
            "severity": 2,
            "open": True,
            "overdue": False,
            "late": True,
            "source": "complaint",
            "estate": estate.pk,
        },
    )


def test_from_farther_away_cases_are_cells(as_user, estate, middle):
    for severity, ended_at in ((3, None), (2, None), (2, timezone.now())):
        CaseFactory(
            estate=estate,
            place=middle,
            severity=severity,
            state="closed" if ended_at else "filed",
            ended_at=ended_at,
        )
    for zoom in (10, 14):
        (cell,) = of_tile(as_user("leader"), middle, zoom=zoom)
        told = {name: each for name, each in cell["properties"].items() if name != "per_ha"}
        assert told == {"n": 3, "open": 2, "worst": 2}
    (cell,) = of_tile(as_user("leader"), middle, "status=open&severity=3", zoom=14)
    assert (cell["properties"]["n"], cell["properties"]["worst"]) == (1, 3)


def test_very_many_points_are_told_by_what_they_are(as_user, estate, middle, monkeypatch):
    from geo import tiles

    monkeypatch.setattr(tiles, "POINTS", 2)
    CaseFactory.create_batch(3, estate=estate, place=middle)
    (points,) = of_tile(as_user("leader"), middle)
    assert points["properties"] == {"state": "reported", "severity": 3, "overdue": False, "n": 3}


SEES = {"leader": 3, "inspector": 2, "inspector2": 1, "company": 1, "stranger": 0}


@pytest.mark.parametrize("who", SEES)
@pytest.mark.parametrize("zoom", [12, 16])
def test_each_sees_their_own(as_user, estate, elsewhere, middle, who, zoom):
    CaseFactory(estate=estate, place=middle, handler="company", company=estate.company)
    CaseFactory(estate=estate, place=middle, handler="company", company=CompanyFactory())
    CaseFactory(estate=EstateFactory(community=elsewhere), place=middle)
    found = of_tile(as_user(who), middle, zoom=zoom)
    assert sum(each["properties"].get("n", 1) for each in found) == SEES[who]


def test_tiles_have_the_filters_of_the_list(as_user, estate, middle):
    CaseFactory(estate=estate, place=middle, title="灯", state="filed")
    CaseFactory(estate=estate, place=middle, title="道", state="reported", source="joint")
    leader = as_user("leader")
    for query, n in (("q=灯", 1), ("state=filed", 1), ("source=joint&q=灯", 0), ("mine=1", 0)):
        assert len(of_tile(leader, middle, query)) == n, query
    refused = leader.get(address("cases", 16, *middle.coords, "status=gone&sort=due"))
    assert (refused.status_code, set(refused.json()["details"]["fields"])) == (
        400,
        {"status", "sort"},
    )


def test_the_layer_describes_itself(as_user):
    told = as_user("leader").get("/tiles/cases.json?state=filed&mine=1").json()
    assert told["tiles"] == ["http://testserver/tiles/cases/{z}/{x}/{y}.mvt?state=filed&mine=1"]
    assert told["vector_layers"][0]["fields"] == {
        "state": "String",
        "severity": "Number",
        "open": "Number",
        "overdue": "Boolean",
        "late": "Boolean",
        "source": "String",
        "estate": "Number",
        "n": "Number",
        "worst": "Number",
        "per_ha": "Number",
    }


def test_ones_own_are_another_tile_than_everyones(as_user, estate, middle):
    CaseFactory(estate=estate, place=middle)
    url = address("cases", 16, *middle.coords, "mine=1")
    tags = {as_user(who).get(url)["ETag"] for who in ("leader", "planner")}
    assert len(tags) == 2  # both see everything


WRITES = {
    "a case": lambda estate, place: CaseFactory(estate=estate, place=place),
    "a move": lambda estate, place: Case.objects.update(state="filed", version=1),
    "a move that waits": lambda estate, place: _proposal(),
    "the estate's name": lambda estate, place: type(estate).objects.update(name="新名"),
    "the company's name": lambda estate, place: type(estate.company).objects.update(name="新名"),
    "a person's name": lambda estate, place: UserFactory._meta.model.objects.update(name="新名"),
}


def _proposal():
    from tests.factories import MoveFactory

    MoveFactory(case=Case.objects.get(), standing="proposed", version=None, made_at=None, seen=0)


@pytest.mark.parametrize("write", WRITES)
def test_a_write_ends_the_tag_of_a_list(as_user, estate, middle, write):
    CaseFactory(estate=estate, place=middle)
    leader = as_user("leader")
    first = leader.get("/api/v1/cases/")
    same = leader.get("/api/v1/cases/", headers={"if-none-match": first["ETag"]})
    WRITES[write](estate, middle)
    other = leader.get("/api/v1/cases/", headers={"if-none-match": first["ETag"]})
    assert (same.status_code, other.status_code) == (304, 200)


def test_a_person_who_signs_in_changes_no_list(as_user, people, estate):
    CaseFactory(estate=estate)
    leader = as_user("leader")
    first = leader.get("/api/v1/cases/")
    people["company"].last_login = timezone.now()
    people["company"].save(update_fields=["last_login"])
    assert leader.get("/api/v1/cases/", headers={"if-none-match": first["ETag"]}).status_code == 304
