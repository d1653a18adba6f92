"""How many e-bikes want to be charged where, by what is known, and by what was found near."""

from datetime import date

import pytest

from geo.scope import EVERYTHING, Scope
from planning.demand import Basis, assumed, points
from planning.models import Assumption, EbikeCount
from tests.factories import BuildingFactory, EstateFactory, FindingFactory
from tests.planning.ground import boxes, point

pytestmark = pytest.mark.django_db


def building(estate, west, households, **more):
    """Ten metres by ten, its west wall so many metres east of the estate's middle."""
    return BuildingFactory(
        estate=estate, households=households, geom=boxes(west, 0, west + 10, 10), **more
    )


def found(estate, at, item="DC-04", recorded_at="2024-11-30T09:30:00+08:00"):
    return FindingFactory(
        estate=estate,
        kind="ebike_charging",
        item=item,
        recorded_at=recorded_at,
        place=point(*at),
    )


def told(scope=EVERYTHING, **period):
    return [(each.ebikes, each.basis) for each in points(scope, assumed(), **period)]


def counted(estate, ebikes, people, on="2024-11-01", building=None):
    return EbikeCount.objects.create(
        community=estate.community,
        estate=estate,
        building=building,
        ebikes=ebikes,
        on=on,
        by=people["clerk"],
    )


def test_where_only_households_are_known_each_has_what_is_assumed(estate):
    building(estate, 0, 100)
    building(estate, 40, 50)
    assert told() == [(70.0, Basis.HOUSEHOLDS), (35.0, Basis.HOUSEHOLDS)]
    Assumption.objects.filter(name="ebikes_per_household").update(value=1)
    assert told() == [(100.0, Basis.HOUSEHOLDS), (50.0, Basis.HOUSEHOLDS)]


def test_the_registers_number_of_an_estate_is_shared_by_households(estate):
    estate.ebikes = 90
    estate.save()
    building(estate, 0, 100)
    building(estate, 40, 50)
    assert told() == [(60.0, Basis.REGISTER), (30.0, Basis.REGISTER)]


def test_a_count_of_the_estate_goes_before_the_registers_number_and_the_latest_first(
    estate, people
):
    estate.ebikes = 90
    estate.save()
    building(estate, 0, 100)
    building(estate, 40, 50)
    counted(estate, 15, people, on="2024-11-05")
    counted(estate, 300, people, on="2024-10-01")
    assert told() == [(10.0, Basis.COUNTED_ESTATE), (5.0, Basis.COUNTED_ESTATE)]


def test_what_was_counted_at_a_building_is_its_own_and_the_others_share_what_is_left(
    estate, people
):
    estate.ebikes = 90
    estate.save()
    one = building(estate, 0, 100)
    building(estate, 40, 50)
    building(estate, 80, 150)
    counted(estate, 50, people, building=one)
    assert told() == [(50.0, Basis.COUNTED), (10.0, Basis.REGISTER), (30.0, Basis.REGISTER)]


def test_more_counted_at_buildings_than_the_estate_is_said_to_have_leaves_nothing(estate, people):
    estate.ebikes = 20
    estate.save()
    one = building(estate, 0, 100)
    building(estate, 40, 50)
    counted(estate, 50, people, building=one)
    assert told() == [(50.0, Basis.COUNTED), (0.0, Basis.REGISTER)]


def test_buildings_of_which_no_households_are_known_share_what_is_left_of_the_estates(estate):
    estate.households = 200
    estate.save()
    building(estate, 0, 100)
    building(estate, 40, None)
    building(estate, 80, None)
    assert told() == [(70.0, Basis.HOUSEHOLDS), (35.0, Basis.HOUSEHOLDS), (35.0, Basis.HOUSEHOLDS)]


def test_an_estate_without_buildings_is_one_point_and_of_whom_nothing_is_known_none(
    estate, elsewhere
):
    estate.households = 100
    estate.save()
    EstateFactory(community=elsewhere)
    assert told() == [(70.0, Basis.HOUSEHOLDS), (0.0, Basis.NOT_KNOWN)]


def test_flying_wires_and_stairwell_parking_near_raise_demand_up_to_a_bound(estate):
    building(estate, 0, 100)
    building(estate, 100, 100)
    for item in ("DC-01", "DC-02", "DC-04"):
        found(estate, (20, 5), item)
    found(estate, (20, 5), "DC-16")  # a missing camera
    found(estate, (200, 5))  # far from both
    near, far = points(EVERYTHING, assumed())
    assert (near.findings, near.factor, near.weight) == (3, pytest.approx(1.3), pytest.approx(91))
    assert (far.findings, far.factor, far.weight) == (0, 1, pytest.approx(70))
    for _ in range(9):
        found(estate, (20, 5))
    (near, _) = points(EVERYTHING, assumed())
    assert (near.findings, near.factor) == (12, 1.5)


def test_only_what_was_found_in_the_period_raises_demand(estate):
    building(estate, 0, 100)
    found(estate, (5, 5), recorded_at="2024-10-31T23:59:59+08:00")
    found(estate, (5, 5), recorded_at="2024-11-01T00:00:00+08:00")
    found(estate, (5, 5), recorded_at="2024-11-30T23:59:59+08:00")
    period = {"since": date(2024, 11, 1), "until": date(2024, 11, 30)}
    assert [each.findings for each in points(EVERYTHING, assumed(), **period)] == [2]


def test_demand_is_told_within_the_scope(estate, elsewhere):
    building(estate, 0, 100)
    BuildingFactory(estate=EstateFactory(community=elsewhere), households=10)
    mine = Scope(communities=frozenset({estate.community_id}))
    assert told(mine) == [(70.0, Basis.HOUSEHOLDS)]
    assert told(Scope()) == []
