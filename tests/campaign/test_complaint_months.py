"""Complaints by month and community, against the baseline. That every number is plain SQL's stands
in `test_metrics`."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.campaign.test_reduction import baseline, complaints
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/campaign/complaints/"


def told(client, **asked) -> dict:
    reply = client.get(ADDRESS, asked)
    assert reply.status_code == 200, reply.json()
    return reply.json()


def test_a_year_is_told_month_by_month_against_its_baseline(
    as_user, people, estate, community, elsewhere, clock
):
    """88 days with 44 complaints are 15.5 in the 31 days of October, 10 in the first 20 of
    December, and 55.5 in the 111 days since September: the baseline ends in August."""
    clock("2024-12-20", "12:00")
    far = EstateFactory(community=elsewhere)
    complaints(estate, people, "2024-10-05", 3)
    complaints(far, people, "2024-10-31", 1)
    complaints(estate, people, "2024-12-20", 2)
    complaints(estate, people, "2023-12-31", 5)
    baseline(people, number=44)
    year = told(as_user("leader"))
    assert (year["as_of"], year["year"]) == ("2024-12-20", 2024)
    assert [each["month"] for each in year["months"]] == [f"2024-{n:02}" for n in range(1, 13)]
    october, december = year["months"][9], year["months"][11]
    assert {name: october[name] for name in ("since", "until", "whole")} == {
        "since": "2024-10-01",
        "until": "2024-10-31",
        "whole": {
            "received": 4,
            "handled": {"n": 0, "of": 4},
            "same_day": None,
            "same_day_reply": {"n": 0, "of": 4},
            "fewer": {"n": 11.5, "of": 15.5},
        },
    }
    assert {key: each["received"] for key, each in october["places"].items()} == {
        str(community.pk): 3,
        str(elsewhere.pk): 1,
    }
    # A community alone has nothing to be compared with.
    assert october["places"][str(community.pk)]["fewer"] is None
    assert (december["until"], december["whole"]["fewer"]) == ("2024-12-20", {"n": 8, "of": 10})
    # What came today and is not answered yet may still be.
    assert december["whole"]["same_day_reply"] is None
    assert year["total"]["whole"]["fewer"] == {"n": 49.5, "of": 55.5}
    assert year["compared_since"] == "2024-09-01"
    assert [each["whole"]["fewer"] for each in year["months"][:8]] == [None] * 8
    assert year["baselines"] == [
        {
            "community": None,
            "since": "2024-06-01",
            "until": "2024-08-27",
            "number": 44,
            "source": "街道信访台账",
            "holds_from": "2024-11-07",
        }
    ]


def test_without_a_baseline_nothing_is_compared_and_the_clerk_may_set_one(as_user, estate, people):
    complaints(estate, people, "2024-10-05", 3)
    for who, may in (("clerk", True), ("leader", False), ("officer", False)):
        year = told(as_user(who), year=2024)
        assert (year["may_set_baseline"], year["baselines"]) == (may, []), who
        assert (year["total"]["whole"]["received"], year["total"]["whole"]["fewer"]) == (3, None)


def test_an_officer_is_told_of_the_own_community_alone(
    as_user, people, estate, community, elsewhere
):
    complaints(estate, people, "2024-10-05", 3)
    complaints(EstateFactory(community=elsewhere), people, "2024-10-05", 2)
    baseline(people, number=44)
    year = told(as_user("officer"), year=2024)
    assert [each["id"] for each in year["communities"]] == [community.pk]
    assert (year["total"]["whole"]["received"], year["total"]["whole"]["fewer"]) == (3, None)


@pytest.mark.parametrize(
    "asked", [{"year": "x"}, {"year": 1200}, {"year": 2025}, {"as_of": "x"}, {"month": "2024-01"}]
)
def test_what_cannot_be_read_is_named(as_user, clock, asked):
    clock("2024-12-20", "12:00")
    reply = as_user("leader").get(ADDRESS, asked)
    assert (reply.status_code, list(reply.json()["details"]["fields"])) == (400, list(asked))


def test_they_stand_among_the_ledgers_under_their_action(as_user, people, notice, estate, clock):
    clock("2024-12-20", "12:00")
    complaints(estate, people, "2024-11-30", 3)
    complaints(estate, people, "2024-12-01", 2)
    listed = as_user("leader").get("/api/v1/campaign/ledgers/", {"month": "2024-11"}).json()
    assert listed["complaints"] == {
        "action": "ZX03",
        "action_zh": "物业领域矛盾纠纷化解调处",
        "action_en": "Property-dispute mediation",
        "received": 3,
    }


def test_a_year_is_read_in_a_handful_of_statements(
    as_user, people, estate, community, elsewhere, clock
):
    clock("2024-12-20", "12:00")
    far = EstateFactory(community=elsewhere)
    for n in range(1, 13):
        complaints(estate if n % 2 else far, people, f"2024-{n:02}-01", n)
    baseline(people, number=None, holds_from="2024-01-01")
    leader = as_user("leader")

    def read(day: str) -> tuple[dict, int]:
        with CaptureQueriesContext(connection) as asked:
            year = told(leader, as_of=day)
        return year, sum("inspections_" in each["sql"] for each in asked)

    # The version of the data is known by then.
    read("2024-12-19")
    # What came, what came in the baseline's days, and three rates.
    assert read("2024-01-31")[1] == 5
    year, statements = read("2024-12-20")
    assert statements == 5
    assert [each["whole"]["received"] for each in year["months"]] == list(range(1, 13))
    assert year["total"]["whole"]["received"] == 78


def test_it_is_told_anew_after_a_complaint_or_a_baseline_and_only_then(
    as_user, people, estate, clock
):
    clock("2024-12-20", "12:00")
    leader, clerk = as_user("leader"), as_user("clerk")

    def again(had):
        return leader.get(ADDRESS, headers={"if-none-match": had["ETag"]})

    first = leader.get(ADDRESS)
    assert (again(first).status_code, again(first).content) == (304, b"")
    # What one may is no other's.
    assert clerk.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 200
    complaints(estate, people, "2024-12-05", 1)
    second = again(first)
    assert (second.status_code, second.json()["total"]["whole"]["received"]) == (200, 1)
    baseline(people, number=44)
    third = again(second)
    assert (third.status_code, len(third.json()["baselines"])) == (200, 1)
