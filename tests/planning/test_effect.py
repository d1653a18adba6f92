"""Whether a site helped: what was found near it, told by `proposals/<id>/effect/`."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.utils import timezone
from rest_framework.test import APIClient

from geo.measure import distance_m
from inspections.models import Finding, Inspection
from planning.models import Proposal, Step
from tests.factories import EstateFactory, FindingFactory, InspectionFactory, UserFactory, square
from tests.planning.drawn import SITES, a_plan, a_site

OPENED = date(2024, 6, 15)
LOT = 20


@pytest.fixture
def planner(as_user) -> APIClient:
    return as_user("planner")


@pytest.fixture
def site(planner, estate) -> dict:
    """Opened in June."""
    return opened(a_site(planner, a_plan(planner), estate), OPENED)


def opened(site: dict, on: date) -> dict:
    """As life leaves it; who may and what it needs stands elsewhere."""
    row = Proposal.objects.get(pk=site["id"])
    Step.objects.create(
        id=uuid4(),
        proposal=row,
        name="open",
        seen=row.version,
        version=row.version + 1,
        on=on,
        state_before="built",
        state_after="in_use",
        content_sha256="",
    )
    return site


def looked(estate, *days: date, found: int = 0, **columns) -> None:
    """An inspection of charging there on each day, and as many findings of it: near the site, if
    nothing else is said."""
    inspections, findings, by = [], [], UserFactory()
    for day in days:
        at = timezone.make_aware(datetime.combine(day, time(10)))
        alike = {"estate": estate, "kind": "ebike_charging", "recorded_at": at}
        inspections.append(InspectionFactory.build(inspector=by, **alike))
        for item in ("DC-01", "DC-02", "DC-03", "DC-04", "DC-05", "DC-06")[:found]:
            told = {"item": item, "place": near(estate)} | columns
            findings.append(FindingFactory.build(inspection=inspections[-1], **alike, **told))
    Inspection.objects.bulk_create(inspections)
    Finding.objects.bulk_create(findings)


def away_from_it(community, many: int = 12) -> list:
    """Estates a kilometre from the site."""
    west, south, _, _ = community.geom.extent
    return [
        EstateFactory(community=community, geom=square(west + 0.012, south + 0.001 * n, 0.001))
        for n in range(many)
    ]


def near(estate, up_m: float = 40) -> Point:
    """Some metres north of where `within` draws."""
    west, south, _, _ = estate.geom.extent
    return Point(west + 34 / 101_000, south + up_m / 110_800, srid=4326)


def days(first: date, many: int, every: int = 8) -> list[date]:
    return [first + timedelta(days=every * n) for n in range(many)]


BEFORE, AFTER = days(date(2024, 1, 2), LOT), days(date(2024, 6, 20), LOT)


@pytest.fixture
def others(community) -> list:
    """Twelve estates, each with a finding at every look, before as after."""
    estates = away_from_it(community)
    for estate in estates:
        looked(estate, *BEFORE, *AFTER, found=1)
    return estates


def effect(client: APIClient, site: dict, **asked) -> dict:
    reply = client.get(f"{SITES}{site['id']}/effect/", asked)
    assert reply.status_code == 200, reply.json()
    return reply.json()


def test_a_site_that_is_not_open_has_no_effect(planner, estate):
    told = effect(planner, a_site(planner, a_plan(planner), estate))
    assert (told["verdict"], told["factor"], told["near"], told["months"]) == (
        *("not_open", None, None, []),
    )


def test_a_quarter_as_much_as_before_where_elsewhere_all_stayed(planner, site, estate, others):
    looked(estate, *BEFORE, found=2)
    for n, day in enumerate(AFTER):
        looked(estate, day, found=2 if n % 4 == 0 else 0)
    told = effect(planner, site)
    assert (told["verdict"], told["factor"], told["elsewhere"]) == (
        *("fewer", pytest.approx(0.25), pytest.approx(1.0)),
    )
    assert told["low"] < 0.25 < told["high"] < 1
    assert (told["estates"], told["opened_on"], told["sure"]) == (12, "2024-06-15", 0.95)
    assert told["near"] == {
        "before": {
            "since": "2023-12-18",
            "until": "2024-06-14",
            "inspections": 20,
            "findings": 40,
            "per_inspection": 2.0,
        },
        "after": {
            "since": "2024-06-15",
            "until": "2024-12-11",
            "inspections": 20,
            "findings": 10,
            "per_inspection": 0.5,
        },
    }


def test_more_looks_are_not_more_trouble(planner, site, estate, others):
    looked(estate, *BEFORE[::2], *AFTER, found=4)
    told = effect(planner, site)
    assert (told["factor"], told["verdict"]) == (pytest.approx(1.0), "no_clear_change")


def test_what_fell_everywhere_is_not_the_sites_doing(planner, site, estate, community):
    for place in (estate, *away_from_it(community)):
        looked(place, *BEFORE, found=2)
        looked(place, *AFTER[::2])
        looked(place, *AFTER[1::2], found=1)
    told = effect(planner, site)
    assert (told["factor"], told["elsewhere"]) == (pytest.approx(1.0), pytest.approx(0.25))
    assert told["verdict"] == "no_clear_change"


def test_a_month_in_which_nobody_looked_has_no_rate(planner, site, estate, others):
    looked(estate, *BEFORE[:4])
    looked(estate, date(2024, 8, 2), found=3)
    months = {each["month"]: each for each in effect(planner, site)["months"]}
    assert (min(months), max(months), len(months)) == ("2023-12-01", "2024-12-01", 13)
    told = {month: each["per_inspection"] for month, each in months.items()}
    assert (told["2024-01-01"], told["2024-03-01"], told["2024-08-01"]) == (0.0, None, 3.0)
    assert months["2024-03-01"]["others_per_inspection"] == 1.0
    assert months["2023-12-01"]["others_per_inspection"] is None


def test_too_little_is_said_to_be_too_little(planner, site, estate, others):
    looked(estate, BEFORE[0], found=2)
    looked(estate, AFTER[0])
    told = effect(planner, site)
    assert (told["verdict"], told["factor"], told["low"], told["high"]) == (
        *("too_little", None, None, None),
    )
    assert told["says"] == "Too little was looked at or found to tell."


def test_what_only_moved_away_is_found_in_the_rest_of_the_estate(planner, site, estate, others):
    far = near(estate, up_m=190)
    looked(estate, *BEFORE, found=1)
    looked(estate, *AFTER, found=1, place=far)
    told = effect(planner, site)
    assert told["verdict"] == "fewer"
    beyond = told["beyond"]
    assert (beyond["before"]["findings"], beyond["after"]["findings"]) == (0, 20)
    assert effect(planner, site, within_m=250)["verdict"] == "no_clear_change"


def test_only_what_a_place_to_charge_at_may_end_is_counted(planner, site, estate, others):
    """Its own cabinets and groups are found fault with only once it is there."""
    looked(estate, *AFTER, found=1, item="DC-21")
    told = effect(planner, site)
    assert told["near"]["after"]["findings"] == 0
    assert effect(planner, site, item="DC-21")["near"]["after"]["findings"] == 20


def test_estates_that_got_a_site_themselves_are_not_compared(planner, site, estate, others):
    plan = a_plan(planner, name="方案乙")
    opened(a_site(planner, plan, others[0]), date(2024, 8, 1))
    opened(a_site(planner, plan, others[1]), date(2022, 8, 1))
    looked(estate, *BEFORE, *AFTER, found=1)
    assert effect(planner, site)["estates"] == 11


def test_the_days_asked_for_are_those_compared(planner, site, estate, others):
    looked(estate, *BEFORE, *AFTER, found=1)
    told = effect(planner, site, days=40)["near"]
    assert (told["before"]["since"], told["after"]["until"]) == ("2024-05-06", "2024-07-24")
    assert (told["before"]["inspections"], told["after"]["inspections"]) == (4, 5)


def test_each_is_told_of_what_they_may_see(as_user, site, estate, others, elsewhere):
    """Estates of a community that is not one's own are compared with by nobody but the office."""
    looked(estate, *BEFORE, *AFTER, found=1)
    away = EstateFactory(community=elsewhere)
    looked(away, *BEFORE, *AFTER, found=1)
    told = {who: effect(as_user(who), site)["estates"] for who in ("planner", "supervisor")}
    assert told == {"planner": 13, "supervisor": 12}


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"within_m": 10}, "within_m"),
        ({"within_m": 501}, "within_m"),
        ({"days": 29}, "days"),
        ({"days": "x"}, "days"),
        ({"item": "XF-01"}, "item"),
        ({"since": "2024-01-01"}, "since"),
    ],
)
def test_what_can_not_be_asked_is_named(planner, site, asked, wrong):
    reply = planner.get(f"{SITES}{site['id']}/effect/", asked)
    assert (reply.status_code, list(reply.json()["details"]["fields"])) == (400, [wrong])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *((who, 200) for who in ("planner", "admin", "leader", "supervisor", "inspector")),
        *((who, 404) for who in ("inspector2", "company", "stranger")),
        ("nobody", 401),
    ],
)
def test_whoever_sees_a_site_is_told_its_effect(as_user, site, who, status):
    assert as_user(who).get(f"{SITES}{site['id']}/effect/").status_code == status


def test_the_places_of_these_worlds_are_where_they_are_said_to_be(planner, site, estate):

    drawn = shapely.from_wkb(bytes(Proposal.objects.get(pk=site["id"]).geom.wkb))
    metres = [distance_m(drawn, shapely.Point(near(estate, up).coords)) for up in (40, 190)]
    assert metres == [pytest.approx(6, abs=1), pytest.approx(156, abs=2)]
