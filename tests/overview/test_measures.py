"""What each measure counts, as of which day, and how sure that is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from scipy.stats import chi2

from inspections.honest import intervals
from inspections.models import Finding
from tests.factories import CompanyFactory, EstateFactory, FindingFactory, InspectionFactory

pytestmark = pytest.mark.django_db

FIGURES = "/api/v1/overview/figures/"
FRAMES = "/api/v1/overview/frames/"


def asked(client, address=FIGURES, **query):
    reply = client.get(address, {"as_of": "2024-12-20", **query})
    assert reply.status_code == 200, reply.content
    return reply.json()


def total(client, **query):
    return asked(client, **query)["total"]


def values(told):
    return {row["key"]: (row["n"], row["of"], row["value"]) for row in told["rows"]}


def test_a_count_is_told_whole(as_user, estate):
    FindingFactory(estate=estate)
    told = asked(as_user("leader"), kind="lighting", since="2024-11-01")
    version = told.pop("version")
    assert told == {
        "as_of": "2024-12-21T00:00:00+08:00",
        "filters": {
            "measure": "found",
            "kind": ["lighting"],
            "item": [],
            "severity": [],
            "community": [],
            "estate": [],
            "company": [],
            "since": "2024-11-01",
            "until": None,
            "as_of": "2024-12-20",
        },
        "measure": {
            "slug": "found",
            "title_zh": "发现隐患数",
            "title_en": "Findings",
            "unit_zh": "处",
            "unit_en": "findings",
            "says_zh": "这段时间内检查发现、现仍有效的隐患数。"
            "检查得越多，发现得也越多：比较各处请看检出率。",
            "says_en": "Findings in force that were recorded in the period. Who looks more finds"
            " more: to compare places, read the rate per inspection.",
            "scale": [1, 5, 10, 20, 50, 100],
        },
        "by": "estate",
        "total": {"value": 1, "n": 1, "of": None, "low": None, "high": None},
        "rows": [
            {
                "key": estate.pk,
                "name": "银星花园",
                "name_en": "",
                "value": 1,
                "n": 1,
                "of": None,
                "low": None,
                "high": None,
                "looked": True,
            }
        ],
    }
    FindingFactory(estate=estate)
    assert asked(as_user("leader"))["version"] != version


def test_twice_the_inspectors_find_twice_as_much_at_the_same_rate(as_user, community):
    """The story of a heat map: it mostly draws where inspectors went. The same hazards, looked at
    twice as often, are twice the count, and the same rate."""
    once, twice = EstateFactory.create_batch(2, community=community)
    for estate, inspectors in ((once, 1), (twice, 2)):
        for day in range(1, 31):
            for hour in range(inspectors):
                at = f"2024-11-{day:02}T{9 + hour:02}:00:00+08:00"
                inspection = InspectionFactory(estate=estate, recorded_at=at)
                if day % 3 == 0:  # what is wrong is found by everyone who looks
                    FindingFactory(estate=estate, inspection=inspection, recorded_at=at)
    leader, two = as_user("leader"), {"estate": [once.pk, twice.pk]}
    assert values(asked(leader, **two)) == {once.pk: (10, None, 10), twice.pk: (20, None, 20)}
    rates = asked(leader, measure="rate", **two)
    assert values(rates) == {once.pk: (10, 30, 0.333333), twice.pk: (20, 60, 0.333333)}
    sure = {row["key"]: row["high"] - row["low"] for row in rates["rows"]}
    assert sure[twice.pk] < sure[once.pk]


def test_the_interval_of_a_rate_is_garwoods(as_user, estate):
    low, high = intervals.poisson([0, 1, 7, 250])
    assert low[0] == 0
    assert low[1:] == pytest.approx(chi2.ppf(0.025, [2, 14, 500]) / 2)
    assert high == pytest.approx(chi2.ppf(0.975, [2, 4, 16, 502]) / 2)
    InspectionFactory.create_batch(4, estate=estate)
    told = total(as_user("leader"), measure="rate")
    assert told == {"value": 0, "n": 0, "of": 4, "low": 0, "high": 0.92222}


def test_where_nobody_looked_there_is_no_rate_and_it_is_said(as_user, community, estate):
    never = EstateFactory(community=community)
    InspectionFactory(estate=estate, recorded_at="2024-11-30T09:30:00+08:00")
    InspectionFactory(estate=never, recorded_at="2024-10-01T09:30:00+08:00")
    leader = as_user("leader")
    told = asked(leader, measure="rate", kind="lighting", since="2024-11-01")
    assert {row["key"]: (row["value"], row["looked"]) for row in told["rows"]} == {
        estate.pk: (0, True),
        never.pk: (None, False),
    }
    # Sixty days after the last look at its lamps it is grey again.
    for day, seen in (("2025-01-28", True), ("2025-01-29", False)):
        told = asked(leader, kind="lighting", estate=estate.pk, as_of=day)
        assert [row["looked"] for row in told["rows"]] == [seen], day
    # All kinds are asked for, and nobody looked at the others.
    assert not any(row["looked"] for row in asked(leader)["rows"])


def test_households_that_are_not_known_are_left_out(as_user, community, estate):
    estate.households = 400
    estate.save()
    FindingFactory.create_batch(2, estate=estate)
    FindingFactory(estate=EstateFactory(community=community))
    told = total(as_user("leader"), measure="households")
    assert (told["n"], told["of"], told["value"]) == (2, 400, 0.5)


def test_as_of_a_past_day_what_came_later_has_not_happened(as_user, estate):
    FindingFactory(estate=estate, closed_at="2024-12-10T09:00:00+08:00")
    FindingFactory(estate=estate, recorded_at="2024-12-05T23:59:59+08:00")
    leader = as_user("leader")
    expected = {"2024-11-29": 0, "2024-11-30": 1, "2024-12-04": 1, "2024-12-05": 2}
    for day, n in (expected | {"2024-12-09": 2, "2024-12-10": 1}).items():
        assert total(leader, measure="open", as_of=day)["n"] == n, day
        assert total(leader, as_of=day)["n"] == min(n, 2) + (day == "2024-12-10"), day


def test_what_comes_again_at_the_same_place_within_30_days_is_a_repeat(as_user, estate):
    first = FindingFactory(estate=estate, closed_at="2024-12-03T09:00:00+08:00")
    FindingFactory(estate=estate, recorded_at="2024-12-08T09:00:00+08:00")
    leader = as_user("leader")
    assert total(leader, measure="repeat")["n"] == 1
    assert total(leader, measure="repeat", until="2024-12-07")["n"] == 0
    far = FindingFactory(estate=estate, recorded_at="2024-12-09T09:00:00+08:00", item="ZM-03")
    assert total(leader, measure="repeat")["n"] == 1
    Finding.objects.filter(pk=far.pk).update(item="ZM-01")
    assert total(leader, measure="repeat")["n"] == 2
    first.place.x += 0.0003  # some 30 m
    first.save()
    assert total(leader, measure="repeat")["n"] == 0


def test_a_company_is_the_estates_it_manages(as_user, community, estate):
    FindingFactory(estate=estate)
    other = EstateFactory(community=community, company=CompanyFactory(), has_company=True)
    InspectionFactory.create_batch(3, estate=other)
    leader = as_user("leader")
    assert values(asked(leader, by="company", measure="rate")) == {
        estate.company_id: (1, 1, 1),
        other.company_id: (0, 3, 0),
    }
    told = total(leader, measure="rate", company=other.company_id)
    assert (told["n"], told["of"]) == (0, 3)


def test_the_slider_has_every_step_in_one_answer(as_user, estate):
    FindingFactory(estate=estate, closed_at="2024-12-10T09:00:00+08:00")
    FindingFactory(estate=estate, recorded_at="2024-12-05T23:59:59+08:00")
    leader = as_user("leader")
    told = asked(leader, FRAMES, since="2024-11-25", until="2024-12-12")
    assert told["steps"] == [
        {"key": "2024-W48", "since": "2024-11-25", "until": "2024-12-01"},
        {"key": "2024-W49", "since": "2024-12-02", "until": "2024-12-08"},
        {"key": "2024-W50", "since": "2024-12-09", "until": "2024-12-12"},
    ]
    assert (told["estates"], told["n"], told["of"]) == ([estate.pk], [[1], [1], [0]], None)
    for mode, n in (("cumulative", [[1], [2], [2]]), ("open", [[1], [2], [1]])):
        told = asked(leader, FRAMES, since="2024-11-25", until="2024-12-12", mode=mode)
        assert told["n"] == n, mode
    told = asked(leader, FRAMES, since="2024-11-25", step="month", measure="rate")
    assert (told["n"], told["of"]) == ([[1], [1]], [[1], [1]])
    reply = leader.get(FRAMES, {"since": "2023-01-01", "as_of": "2024-12-20", "step": "day"})
    assert (reply.status_code, reply.json()["code"]) == (400, "too_many_steps")


def test_what_is_asked_wrongly_is_named(as_user):
    to_morrow = timezone.localdate() + timedelta(days=1)
    query = {"as_of": to_morrow, "measure": "heat", "by": "colour", "colour": "red"}
    reply = as_user("leader").get(FIGURES, query)
    assert (reply.status_code, set(reply.json()["details"]["fields"])) == (
        400,
        {"as_of", "measure", "by", "colour"},
    )


@pytest.mark.parametrize(("who", "n"), [("leader", 2), ("inspector", 1), ("officer", 1)])
def test_everyone_counts_what_they_see(as_user, estate, elsewhere, who, n):
    FindingFactory(estate=estate)
    FindingFactory(estate=EstateFactory(community=elsewhere))
    assert total(as_user(who))["n"] == n
    assert sum(row["n"] for row in asked(as_user(who))["rows"]) == n


@pytest.mark.parametrize("measure", ["found", "rate", "households", "open", "overdue", "repeat"])
def test_of_today_it_is_this_moment(as_user, estate, measure, monkeypatch):
    # At noon: an hour ago is the same day.
    now = timezone.localtime().replace(hour=12)
    monkeypatch.setattr(timezone, "now", lambda: now)
    estate.households = 100
    estate.save()
    FindingFactory(estate=estate, recorded_at=now - timedelta(hours=1))
    # By a clock that runs ahead.
    FindingFactory(estate=estate, recorded_at=now + timedelta(minutes=5))
    leader, query = as_user("leader"), {"measure": measure, "as_of": timezone.localdate()}
    expected = 0 if measure in ("overdue", "repeat") else 1
    for address in (FIGURES, FRAMES):
        for step in ("estate", "item", "day", "week", "month"):
            if address == FRAMES and step not in ("day", "week", "month"):
                continue
            name = "by" if address == FIGURES else "step"
            told = asked(leader, address, **query, **{name: step})
            n = [row["n"] for row in told["rows"]] if address == FIGURES else told["n"][-1]
            assert sum(n) == expected, (address, step)
