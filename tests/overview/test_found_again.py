"""What comes again at the same place: told with each write, of all at once, and by definition."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection

from geo.models import Asset, Estate
from inspections.models import ClosedSpan, Finding, FoundAgain, Inspection
from tests.factories import AssetFactory, FindingFactory, InspectionFactory
from tests.office import SHANGHAI, Office

pytestmark = pytest.mark.django_db
FIRST = datetime(2024, 9, 2, 9, tzinfo=SHANGHAI)
OTHER = {"ZM-01": "ZM-04", "ZM-04": "ZM-01"}
BY_DEFINITION = """
    WITH closings AS (
        SELECT id, closed_at FROM inspections_finding WHERE closed_at IS NOT NULL
        UNION ALL SELECT finding_id, closed_at FROM inspections_closedspan
    )
    SELECT n.id
    FROM inspections_finding n
    JOIN inspections_finding e USING (estate_id, item)
    JOIN closings c ON c.id = e.id
    WHERE n.in_force AND e.in_force AND n.inspection_id <> e.inspection_id
      AND e.recorded_at < n.recorded_at AND e.recorded_at >= n.recorded_at - interval '30 days'
      AND c.closed_at BETWEEN n.recorded_at - interval '30 days' AND n.recorded_at
      AND (n.asset_id = e.asset_id OR num_nonnulls(n.asset_id, e.asset_id) = 0
           AND ST_Distance(n.place::geography, e.place::geography) <= 20)
"""


def told_by(sql: str) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {found for (found,) in cursor}


def told_alike() -> set[UUID]:
    again = told_by(BY_DEFINITION)
    assert set(FoundAgain.objects.values_list("pk", flat=True)) == again
    assert told_by("SELECT inspections_all_found_again()") == again
    assert told_by("SELECT finding_id FROM inspections_foundagain_differs") == set()
    return again


def away(place: Point, metres: float, degrees: float) -> Point:
    """So far from there on the spheroid, in that direction from north."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Project(%s::geography, %s, radians(%s))::geometry",
            [place.ewkt, metres, degrees],
        )
        return GEOSGeometry(cursor.fetchone()[0])


class Life:
    """Faults come again at a few places of three estates, on assets and on the ground, just near
    enough and just not, after thirty days to the second and a second more; and whatever else may
    befall them."""

    def __init__(self, seed: int) -> None:
        office = Office(seed)
        self.random, self.estates, self.communities = (
            office.random,
            office.estates[:3],
            office.communities,
        )
        self.user = office.user
        self.assets = {each.pk: AssetFactory.create_batch(2, estate=each) for each in self.estates}
        middle = {each.pk: each.geom.centroid for each in self.estates}
        self.places = {
            estate: [
                place,
                *(away(place, m, self.random.uniform(0, 360)) for m in (8, 19.99, 20.01)),
            ]
            for estate, place in middle.items()
        }
        self.befalls: tuple[Callable[[], object], ...] = (
            *[self.record] * 4,
            *[self.close] * 4,
            self.reopen,
            self.reopen,
            self.correct,
            self.replace,
            self.retell,
            self.move,
            self.merge,
            self.forget,
        )

    def some(self, **which: object) -> list[Finding]:
        found = list(Finding.objects.filter(**which).order_by("pk"))
        return self.random.sample(found, min(len(found), self.random.randint(1, 3)))

    def moment(self) -> datetime:
        return FIRST + timedelta(
            days=self.random.choice([0, 3, 12, 30, 31, 42, 60]),
            seconds=self.random.choice([0, 0, 1]),
        )

    def record(self) -> None:
        """By one statement, of one or two inspections; now and then already closed."""
        found = []
        for estate in self.random.choices(self.estates, k=2):
            estate = Estate.objects.get(pk=estate.pk)
            at = self.moment()
            inspection = InspectionFactory(estate=estate, recorded_at=at, inspector=self.user)
            for item in ("ZM-01", "ZM-03"):
                found.append(
                    FindingFactory.build(
                        id=Finding.id_of(inspection.id, item),
                        inspection=inspection,
                        estate=estate,
                        item=item,
                        asset=self.asset(estate),
                        place=self.random.choice(self.places[estate.pk]),
                        recorded_at=at,
                        closed_at=self.random.choice([None, None, at + timedelta(days=2)]),
                    )
                )
        Finding.objects.bulk_create(found)

    def asset(self, estate: Estate) -> Asset | None:
        return self.random.choice([None, None, *self.assets[estate.pk]])

    def close(self) -> None:
        after = timedelta(days=self.random.choice([0, 1, 9, 25, 30]))
        for each in self.some():
            Finding.objects.filter(pk=each.pk).update(closed_at=each.recorded_at + after)

    def reopen(self) -> None:
        found = self.some(closed_at__isnull=False)
        Finding.objects.filter(pk__in=[each.pk for each in found]).update(closed_at=None)

    def correct(self) -> None:
        """What is corrected is in force no longer, or is again, and so is all that it found."""
        found = self.some()
        inspections = Inspection.objects.filter(findings__in=found)
        in_force = self.random.random() < 0.3
        Finding.objects.filter(inspection__in=inspections).update(in_force=in_force)

    def replace(self) -> None:
        for each in self.some():
            place = self.random.choice(self.places[each.estate_id])
            asset = self.asset(each.estate)
            Finding.objects.filter(pk=each.pk).update(place=place, asset=asset)

    def retell(self) -> None:
        """Everything at once."""
        for each in self.some():
            at = self.moment()
            Finding.objects.filter(pk=each.pk).update(
                recorded_at=at,
                closed_at=self.random.choice([None, at, at + timedelta(days=3)]),
                item=self.random.choice([each.item, OTHER.get(each.item, each.item)]),
                place=self.random.choice(self.places[each.estate_id]),
            )

    def move(self) -> None:
        estate = self.random.choice(self.estates)
        community = self.random.choice(self.communities)
        Estate.objects.filter(pk=estate.pk).update(community=community)

    def merge(self) -> None:
        one, other = (
            Estate.objects.get(pk=each.pk) for each in self.random.sample(self.estates, 2)
        )
        Finding.objects.filter(pk__in=[each.pk for each in self.some(estate=one)]).update(
            estate=other, community_id=other.community_id
        )

    def forget(self) -> None:
        Finding.objects.filter(pk__in=[each.pk for each in self.some()]).delete()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_befalls_findings_those_that_came_again_are_told(seed):
    life = Life(seed)
    most = 0
    for _ in range(60):
        life.random.choice(life.befalls)()
        most = max(most, len(told_alike()))
    assert most
    assert ClosedSpan.objects.exists()
    estates = ClosedSpan.objects.values_list("estate", "finding__estate")
    assert all(one == other for one, other in estates)


@pytest.mark.parametrize(("metres", "again"), [(0, True), (19.999, True), (20.001, False)])
def test_the_same_place_ends_at_twenty_metres_wherever_one_looks(estate, metres, again):
    middle = estate.geom.centroid
    FindingFactory(estate=estate, place=middle, closed_at="2024-12-01T09:00:00+08:00")
    for degrees in range(0, 360, 15):
        FindingFactory(
            estate=estate,
            place=away(middle, metres, degrees),
            recorded_at="2024-12-05T09:00:00+08:00",
        )
    assert len(told_alike()) == again * 24


def test_thirty_days_are_counted_to_the_instant(estate):
    FindingFactory(estate=estate, recorded_at=FIRST, closed_at=FIRST)
    at = FIRST + timedelta(days=30)
    again, _ = (
        FindingFactory(estate=estate, recorded_at=each, severity=1)
        for each in (at, at + timedelta(microseconds=1))
    )
    assert told_alike() == {again.pk}


def test_of_two_in_one_statement_the_later_comes_again(estate):
    inspections = InspectionFactory.create_batch(2, estate=estate)
    found = [
        FindingFactory.build(
            inspection=inspection,
            id=Finding.id_of(inspection.id, "ZM-01"),
            estate=estate,
            recorded_at=FIRST + timedelta(days=days),
            closed_at=FIRST + timedelta(days=days + 1),
        )
        for inspection, days in zip(inspections, (5, 0), strict=True)
    ]
    Finding.objects.bulk_create(found)
    assert told_alike() == {found[0].pk}
