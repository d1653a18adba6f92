"""Heat and hexagons through the API: of the same findings as the figures, in metres, of no zoom."""

from base64 import b64decode
from datetime import date

import numpy as np
import pytest
import shapely
from django.contrib.gis.geos import Point
from django.utils import timezone
from sklearn.neighbors import KernelDensity

from geo.measure import points_m
from geo.scope import EVERYTHING
from inspections import overview
from inspections.models import Finding
from inspections.overview import Asked, placed
from tests.factories import CaseFactory, EstateFactory, FindingFactory, square
from tests.office import Office

pytestmark = pytest.mark.django_db

HEAT, HEXAGONS, FIGURES = (f"/api/v1/overview/{name}/" for name in ("heat", "hexagons", "figures"))
AS_OF = "2025-01-31"


def asked(client, address, **query):
    reply = client.get(address, {"as_of": AS_OF, **query})
    assert reply.status_code == 200, reply.content
    return reply.json()


def grid_of(told) -> np.ndarray:
    values = np.frombuffer(b64decode(told["values"]), dtype="<f4")
    return values.reshape(told["rows"], told["columns"])


def nodes_of(told) -> np.ndarray:
    """The nodes in metres, (rows, columns, 2), by the corners alone."""
    north_west, _, south_east, _ = points_m(np.array(told["corners"]))
    west, north = north_west
    east, south = south_east
    columns = west + (np.arange(told["columns"]) + 0.5) * (east - west) / told["columns"]
    rows = north - (np.arange(told["rows"]) + 0.5) * (north - south) / told["rows"]
    return np.stack(np.meshgrid(columns, rows), axis=-1)


def reference(told, rows) -> np.ndarray:
    """By scikit-learn, of the very same points."""
    points = points_m(np.array([row.place.coords for row in rows]))
    fit = KernelDensity(kernel="gaussian", bandwidth=told["bandwidth_m"]).fit(points)
    nodes = nodes_of(told)
    logs = fit.score_samples(nodes.reshape(-1, 2)).reshape(nodes.shape[:2])
    return np.exp(logs) * len(points) * 1e6


@pytest.fixture
def office(db) -> Office:
    office = Office(3)
    office.close(office.random.sample(office.record(office.random, 60), 20))
    return office


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"since": "2024-10-07", "until": "2024-11-20"},
        {"kind": "lighting", "severity": 1},
        {"measure": "open"},
    ],
)
def test_heat_is_the_reference_of_the_same_findings(as_user, office, query):
    told = asked(as_user("leader"), HEAT, **query)
    rows = Finding.objects.filter(in_force=True)
    if "since" in query:
        rows = rows.filter(recorded_at__range=("2024-10-06T16:00Z", "2024-11-20T15:59:59.9Z"))
    if "kind" in query:
        rows = rows.filter(kind="lighting", severity=1)
    if "measure" in query:
        # They were closed the day after.
        rows = rows.filter(recorded_at__lt="2025-02-01T00:00+08:00")
    expected = reference(told, rows)
    matters = expected > expected.max() / 100
    np.testing.assert_allclose(grid_of(told)[matters], expected[matters], rtol=0.001)
    assert (told["bandwidth_m"], told["cell_m"], told["srid"]) == (250.0, 50.0, 4549)
    assert told["one_by_one"] is True


def test_heat_sums_up_to_the_figures(as_user, office):
    client = as_user("leader")
    for query in ({}, {"since": "2024-11-03"}, {"measure": "open", "kind": "lighting"}):
        told = asked(client, HEAT, **query)
        total = asked(client, FIGURES, **query)["total"]["n"]
        cell_km2 = (told["cell_m"] / 1000) ** 2
        assert told["total"] == total
        assert grid_of(told).sum(dtype=float) * cell_km2 == pytest.approx(total, rel=1e-6)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"since": date(2024, 9, 20), "until": date(2024, 12, 3)},
        {"as_of": date(2024, 12, 20), "severities": (2,)},
        {"since": date(2024, 12, 4), "as_of": date(2024, 12, 20), "kinds": ("lighting",)},
        {"items": ("ZM-01",)},
        {"measure": "open", "as_of": date(2024, 11, 11)},
        {"measure": "open", "as_of": timezone.localdate()},
    ],
)
def test_of_many_findings_heat_is_that_of_their_cells_and_of_the_same_number(
    office, monkeypatch, query
):
    asked = Asked(**{"as_of": date(2025, 1, 31)} | query)
    single = overview.heat(EVERYTHING, asked)
    monkeypatch.setattr(placed, "ONE_BY_ONE", 0)
    cells = overview.heat(EVERYTHING, asked)
    assert (single["one_by_one"], cells["one_by_one"]) == (True, False)
    assert (cells["total"], cells["unplaced"]) == (single["total"], 0)
    assert single["total"] > 5
    one, other = grid_of(single), grid_of(cells)
    assert other.sum() == pytest.approx(one.sum(), rel=1e-6)
    for share, off in ((10, 0.005), (100, 0.01)):
        matters = one > one.max() / share
        np.testing.assert_allclose(other[matters], one[matters], rtol=off)


def test_the_map_stays_where_it_is_whatever_is_asked_of_it(as_user, office):
    client = as_user("leader")
    whole, part = asked(client, HEAT), asked(client, HEAT, since="2024-12-01")
    assert (whole["corners"], whole["columns"]) == (part["corners"], part["columns"])
    assert whole["scale"] == part["scale"]


def test_a_rate_has_no_density(as_user, office):
    for measure in ("rate", "households"):
        reply = as_user("leader").get(HEAT, {"measure": measure})
        assert (reply.status_code, reply.json()["code"]) == (400, "no_density")


def test_where_nothing_is_nothing_is_hot(as_user, db):
    told = asked(as_user("leader"), HEAT)
    # The estate of everyone; nobody was there.
    assert (told["total"], grid_of(told).max()) == (0, 0)
    assert told["columns"] > 40
    stranger = as_user("stranger").get(HEAT)
    assert stranger.status_code == 403


def test_a_case_without_a_place_is_told_to_have_none(as_user, estate):
    due = {"due_at": "2024-12-10T00:00:00Z", "opened_at": "2024-12-01T00:00:00Z"}
    CaseFactory(estate=estate, place=None, **due)
    CaseFactory(estate=estate, place=estate.geom.centroid, **due)
    for address in (HEAT, HEXAGONS):
        told = asked(as_user("leader"), address, measure="overdue")
        assert told["unplaced"] == 1
    assert asked(as_user("leader"), HEAT, measure="overdue")["total"] == 1


def test_everyone_sees_the_heat_of_their_own(as_user, estate, elsewhere):
    FindingFactory(estate=estate)
    FindingFactory.create_batch(2, estate=EstateFactory(community=elsewhere))
    told = {who: asked(as_user(who), HEAT) for who in ("leader", "inspector", "inspector2")}
    assert {who: each["total"] for who, each in told.items()} == {
        "leader": 3,
        "inspector": 1,
        "inspector2": 2,
    }


def hexagon_at(told, place: Point):
    (one,) = [
        each
        for each in told["features"]
        if shapely.contains_xy(shapely.geometry.shape(each["geometry"]), place.x, place.y)
    ]
    return one["properties"]


@pytest.mark.parametrize("measure", ["found", "open", "rate", "households", "repeat"])
def test_hexagons_sum_up_to_the_figures(as_user, office, measure):
    client = as_user("leader")
    for query in ({}, {"since": "2024-10-07", "until": "2024-11-20"}, {"severity": [1, 2]}):
        told = asked(client, HEXAGONS, measure=measure, **query)
        total = asked(client, FIGURES, measure=measure, **query)["total"]
        each = [feature["properties"] for feature in told["features"]]
        assert sum(one["n"] for one in each) == total["n"]
        if measure == "rate":
            assert sum(one["of"] for one in each) == total["of"]
        assert len({one["key"] for one in each}) == len(each)
        assert (told["edge_m"], told["unplaced"]) == (150.0, 0)


def test_a_finding_is_in_the_hexagon_of_its_place(as_user, estate):
    # Its corner is four hundred metres from its middle.
    estate.geom = square(118.55, 24.78, 0.006)
    estate.save()
    place = Point(118.5501, 24.7801, srid=4326)
    FindingFactory(estate=estate, place=place)
    told = asked(as_user("leader"), HEXAGONS, since="2024-11-01")
    assert hexagon_at(told, place) == {
        "key": hexagon_at(told, place)["key"],
        "value": 1,
        "n": 1,
        "of": None,
        "low": None,
        "high": None,
        "looked": False,
    }
    middle = hexagon_at(told, estate.geom.centroid)
    assert (middle["n"], middle["value"]) == (0, 0)


def test_a_rate_is_that_of_the_estates_whose_middle_is_there(as_user, estate):
    place = Point(*estate.geom.extent[:2], srid=4326)
    FindingFactory.create_batch(2, estate=estate, place=place)
    told = asked(as_user("leader"), HEXAGONS, measure="rate", as_of="2024-12-02", kind="lighting")
    (one,) = told["features"]
    assert hexagon_at(told, estate.geom.centroid) == one["properties"]
    assert {name: one["properties"][name] for name in ("n", "of", "value", "looked")} == {
        "n": 2,
        "of": 2,
        "value": 1,
        "looked": True,
    }
