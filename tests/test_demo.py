"""The demonstration town and its record: what `manage.py demo` leaves in an empty database."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
import shapely
from django.db import connection
from django.db.models import Count, F, Q, Sum
from rest_framework.test import APIClient

from geo.models import Asset, Building, Community, Estate, ExcludedArea, Exit, Office, Road
from geo.placing import Asked, place
from geo.querysets import Roads
from inspections.demo.ground import EAST, NORTH, SOUTH, WEST
from inspections.demo.people import PASSWORD, SIGN_IN
from inspections.models import Finding, Inspection
from inspections.models.summaries import EstateMonth
from inspections.services import kind_of
from inspections.services.placing import facts_of, grade
from people.models import Membership, User
from people.policy import must_read_notice

UNTIL = date(2024, 12, 20)


@pytest.fixture
def in_town(demo_town, db):
    """A test's own transaction inside the town's."""


def shapes(rows) -> list[shapely.Geometry]:
    return [shapely.from_wkb(bytes(row.geom.wkb)) for row in rows]


def pieces(lines: shapely.Geometry) -> int:
    """In how many parts they fall that share no point."""
    home = {}

    def root(at):
        while home.setdefault(at, at) != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    for line in shapely.get_parts(lines):
        points = [tuple(at) for at in shapely.get_coordinates(line)]
        for one, other in pairwise(points):
            home[root(one)] = root(other)
    return len({root(at) for at in list(home)})


@pytest.mark.usefixtures("in_town")
class TestTheTown:
    def test_communities_cut_the_box_without_gap_or_overlap(self):
        cells = shapes(Community.objects.order_by("code"))
        assert len(cells) == 15
        assert all(cell.is_valid for cell in cells)
        box = shapely.box(WEST, SOUTH, EAST, NORTH)
        assert sum(cell.area for cell in cells) == pytest.approx(box.area, abs=1e-9)
        assert shapely.union_all(cells).symmetric_difference(box).area < 1e-9
        overlaps = [a.intersection(b).area for a in cells for b in cells if a is not b]
        assert max(overlaps) < 1e-12

    def test_fourteen_are_named_and_the_placeholder_has_no_estate(self):
        estates = Community.objects.annotate(n=Count("estates")).order_by("code")
        told = list(estates.values_list("provisional", "n"))
        assert [provisional for provisional, _ in told] == [False] * 14 + [True]
        assert (min(n for _, n in told[:-1]) > 0, told[-1][1]) == (True, 0)

    def test_every_estate_lies_in_its_community_and_no_two_meet(self):
        assert Estate.objects.count() == 150
        assert not Estate.objects.exclude(geom__coveredby=F("community__geom")).exists()
        outlines = shapes(Estate.objects.order_by("pk"))
        one, other = shapely.STRtree(outlines).query(outlines, predicate="intersects")
        assert one.tolist() == other.tolist()
        assert Estate.objects.values("name").distinct().count() == 150

    def test_buildings_stand_in_their_estate_clear_of_each_other_and_of_every_lane(self):
        assert Building.objects.count() > 1000
        assert not Building.objects.exclude(geom__coveredby=F("estate__geom")).exists()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT count(*) FROM geo_building one JOIN geo_building other
                    ON one.estate_id = other.estate_id AND one.id < other.id
                WHERE ST_Distance(one.geom::geography, other.geom::geography) < 5
                """
            )
            assert cursor.fetchone() == (0,)
            cursor.execute(
                """
                SELECT count(*) FROM geo_building building JOIN geo_asset lane
                    ON building.estate_id = lane.estate_id AND lane.type = 'lane'
                WHERE ST_Distance(building.geom::geography, lane.geom::geography)
                    < lane.width_m / 2 + 3
                """
            )
            assert cursor.fetchone() == (0,)

    def test_people_leave_a_building_at_its_edge(self):
        assert not Building.objects.filter(exits=None).exists()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT max(ST_Distance(door.geom::geography, ST_Boundary(b.geom)::geography))
                FROM geo_exit door JOIN geo_building b ON b.id = door.building_id
                """
            )
            assert cursor.fetchone()[0] < 0.01

    def test_assets_of_every_type_lie_in_their_estate(self):
        assert not Asset.objects.exclude(geom__coveredby=F("estate__geom")).exclude(type="lane")
        types = dict(Asset.objects.values_list("type").annotate(n=Count("pk")))
        assert {type: n > 100 for type, n in types.items()} == dict.fromkeys(
            ("lane", "light", "charging_site", "hydrant", "operation_area", "vacant_space"), True
        )
        lanes = Asset.objects.of_type("lane")
        assert 0 < lanes.filter(width_m__lt=4).count() < lanes.filter(width_m__gte=4).count()
        sites = Asset.objects.of_type("charging_site")
        assert set(sites.values_list("status", flat=True)) == {"planned", "built", "in_use"}
        assert Asset.objects.of_type("light").filter(code="LD-023").count() > 10

    def test_twenty_estates_are_to_be_standardised_and_each_has_a_company(self):
        targets = Estate.objects.targets_of(2024)
        assert (targets.count(), targets.filter(company=None).count()) == (20, 0)

    def test_every_shape_is_flagged_unconfirmed(self):
        for model in (Community, Estate, Building, Exit, Asset, Road, ExcludedArea):
            assert not model.objects.filter(unconfirmed=False).exists(), model

    def test_nobody_lives_or_strays_on_excluded_ground(self):
        (area,) = ExcludedArea.objects.all()
        assert not Estate.objects.filter(geom__intersects=area.geom).exists()
        assert not Inspection.objects.filter(location__intersects=area.geom).exists()

    def test_from_every_door_one_can_walk_to_a_street_and_through_no_wall(self):
        """In all estates but those where the paths are not drawn yet: some of a hundred and
        fifty."""
        paths = Road.objects.filter(rank=Roads.PATH)
        assert 110 < paths.count() < 145
        streets = shapely.union_all(shapes(Road.objects.filter(rank__lt=Roads.PATH)))
        for row in paths.order_by("pk")[:25]:
            ways = shapes([row])[0]
            # Parts meet at their ends, to the millimetre that is stored.
            assert pieces(ways) == 1
            assert ways.distance(streets) < 1e-6
            walls = Building.objects.filter(geom__intersects=row.geom)
            inside = [ways.intersection(wall.buffer(-1e-6)).length for wall in shapes(walls)]
            assert sum(inside) == 0
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT count(*) FILTER (WHERE near), count(*) FROM (
                    SELECT EXISTS (SELECT FROM geo_road path WHERE path.rank = 4
                        AND ST_DWithin(path.geom, door.geom, 0.0000005)) AS near
                      FROM geo_exit door) AS doors
                """
            )
            reached, doors = cursor.fetchone()
        assert 0.7 * doors < reached < doors

    @pytest.mark.slow
    def test_another_python_plans_the_same_town(self):
        """However it hashes: 1 is hardly what this one drew."""
        plan = (
            "from inspections.demo.town import plan\n"
            "for each in plan(1, [False] * 14 + [True]).estates: print(each.name, each.ebikes)"
        )
        told = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", plan],
            env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout.decode()
        rows = Estate.objects.order_by("pk").values_list("name", "ebikes")
        assert told.splitlines() == [f"{name} {ebikes}" for name, ebikes in rows]

    def test_the_database_says_that_it_is_a_demonstration(self):
        assert Office.is_demonstration()


def visited() -> tuple[list[Inspection], list[object]]:
    """Every inspection, and what the register says of the place where it was made."""
    rows = list(Inspection.objects.select_related("kind_version").prefetch_related("findings"))
    asked = [
        Asked(row.estate_id, row.asset_id, row.location and row.location.coords) for row in rows
    ]
    return rows, place(asked, Estate.objects.all())


@pytest.mark.usefixtures("in_town")
class TestTheRecord:
    def test_it_is_of_the_two_years_before_the_day_it_stands(self):
        assert Inspection.objects.count() == 300
        moments = Inspection.objects.order_by("recorded_at").values_list("recorded_at", flat=True)
        begins, ends = (datetime(year, 12, 19, 16, tzinfo=UTC) for year in (2022, 2024))
        assert (begins <= moments.first(), moments.last() < ends) == (True, True)
        late = Q(received_at__lt=F("recorded_at")) | Q(received_at__gt=ends)
        assert not Inspection.objects.filter(late).exists()
        assert not Finding.objects.filter(closed_at__gte=ends).exists()

    def test_what_was_found_is_what_the_kind_judges(self):
        for inspection, where in zip(*visited(), strict=True):
            kind = kind_of(inspection.kind_version)
            judged = kind.judge(kind.read(inspection.answers), facts_of(where))
            expected = {
                (Finding.id_of(inspection.pk, each.code), each.code, each.severity, each.advisory)
                for each in judged
                if not each.met
            }
            found = inspection.findings.values_list("pk", "item", "severity", "advisory")
            assert set(found) == expected

    def test_positions_are_graded_and_findings_drawn_as_the_product_does(self):
        for inspection, where in zip(*visited(), strict=True):
            distance = inspection.distance_m
            assert inspection.placed == grade(distance, inspection.accuracy_m)
            assert (distance is None) == (inspection.location is None)
            if distance is not None:
                assert distance == pytest.approx(where.distance_m, abs=0.15, rel=1e-3)
            for finding in inspection.findings.all():
                assert finding.place.coords == pytest.approx((where.lon, where.lat), abs=1e-7)

    def test_sent_again_it_is_known(self):
        for inspection in Inspection.objects.select_related("inspector")[:5]:
            client = APIClient()
            client.force_login(inspection.inspector, "django.contrib.auth.backends.ModelBackend")
            reply = client.put(
                f"/api/v1/inspections/{inspection.pk}/",
                json.dumps(inspection.content),
                content_type="application/json",
            )
            assert reply.status_code == 200, reply.content
        assert Inspection.objects.count() == 300

    def test_the_next_inspection_goes_on_where_the_record_ends(self):
        last = Finding.objects.order_by("-number").first()
        content = last.inspection.content
        client = APIClient()
        client.force_login(last.inspection.inspector, "django.contrib.auth.backends.ModelBackend")
        reply = client.put(
            f"/api/v1/inspections/{last.pk}/",
            {**content, "supersedes": None, "reason": None},
            format="json",
        )
        assert reply.status_code == 201, reply.content
        numbers = Finding.objects.filter(inspection=last.pk).values_list("number", flat=True)
        assert min(numbers) == last.number + 1

    def test_sums_are_those_of_the_rows(self):
        found = Finding.objects.in_force()
        kept = EstateMonth.objects.aggregate(
            found=Sum(F("found_1") + F("found_2") + F("found_3")),
            open=Sum(F("open_1") + F("open_2") + F("open_3")),
            inspections=Sum("inspections"),
        )
        assert kept == {
            "found": found.count(),
            "open": found.open().count(),
            "inspections": 300 - self.corrected(),
        }

    def corrected(self) -> int:
        return Inspection.objects.filter(in_force=False).count()


@pytest.mark.usefixtures("in_town")
class TestThePeople:
    def test_everyone_named_signs_in_with_the_one_password_and_goes_straight_in(self):
        for name in SIGN_IN:
            user = User.objects.get(username=name)
            assert user.check_password(PASSWORD), name
            assert (user.must_change_password, must_read_notice(user)) == (False, False), name
        others = User.objects.exclude(username__in=SIGN_IN)
        assert not any(user.has_usable_password() for user in others)

    def test_the_two_inspectors_walk_different_communities(self):
        one, other = (User.objects.get(username=n).scope for n in ("inspector", "inspector2"))
        assert (len(one.communities), len(other.communities)) == (2, 1)
        assert not one.communities & other.communities

    def test_every_community_with_estates_has_an_inspector_from_the_first_day_on(self):
        walked = Membership.objects.filter(role="inspector", since__lt=date(2022, 12, 20))
        assert set(walked.values_list("community", flat=True)) == set(
            Estate.objects.values_list("community", flat=True)
        )
        for inspection in Inspection.objects.select_related("inspector"):
            assert inspection.community_id in inspection.inspector.scope.communities
