"""Hot spots are asked for, worked out by the worker, kept while the data are the same, and told
no more often by chance than is stated."""

import calendar
from datetime import date, timedelta
from urllib.parse import urlencode

import numpy as np
import pytest
from django.db import connection

from inspections import overview, tasks
from inspections.models import HotSpots
from tests.factories import CaseFactory, EstateFactory, FindingFactory
from tests.overview.fields import SIDE, Field

pytestmark = pytest.mark.django_db

HOTSPOTS = "/api/v1/overview/hotspots/"
HOT = {"hot", "new", "growing", "part"}
# An estate and the four nearest to it, in the middle of the field.
CROSS = [45, 44, 46, 35, 55]


@pytest.fixture
def field(db) -> Field:
    return Field()


def month(n: int) -> dict[str, str]:
    """The n-th month since 2000, as it is asked for."""
    first = date(2000 + n // 12, n % 12 + 1, 1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return {"since": str(first), "until": str(last)}


def of_month(n: int) -> date:
    return date(2000 + n // 12, n % 12 + 1, 1)


def post(client, **query):
    return client.post(f"{HOTSPOTS}?{urlencode(query, doseq=True)}")


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'key' FROM procrastinate_jobs WHERE task_name LIKE '%%hot_spots'"
        )
        return [key for (key,) in cursor.fetchall()]


def answered(client, **query):
    """As it is told once the worker was at it."""
    assert post(client, **query).status_code == 202
    for key in HotSpots.objects.filter(state="working").values_list("key", flat=True):
        tasks.reckon_hot_spots(key)
    told = client.get(HOTSPOTS, query).json()
    assert told["state"] == "ready"
    return told


def kinds(told) -> dict[int, str]:
    return {each["id"]: each["kind"] for each in told["estates"]}


def marked(told) -> set[int]:
    return {id for id, kind in kinds(told).items() if kind in HOT}


def test_hot_spots_are_asked_for_and_told_whole(as_user, field):
    n = np.where(np.isin(np.arange(SIDE**2), CROSS), 24, 8)
    field.add(of_month(0), np.ones(SIDE**2), {3: n})
    field.write()
    client, query = as_user("leader"), {**month(0), "measure": "rate", "as_of": "2024-12-20"}
    first = client.get(HOTSPOTS, query)
    assert (first.status_code, first.json()["state"], first.json()["estates"]) == (
        200,
        "unasked",
        [],
    )
    asked = [post(client, **query) for _ in range(3)]
    assert [(each.status_code, each.json()["state"]) for each in asked] == [(202, "working")] * 3
    assert client.get(HOTSPOTS, query).json()["state"] == "working"
    (key,) = jobs()
    assert tasks.reckon_hot_spots(key) is True
    assert tasks.reckon_hot_spots(key) is False
    told = client.get(HOTSPOTS, query).json()
    assert {name: told[name] for name in told if name not in ("estates", "version", "measure")} == {
        "as_of": "2024-12-21T00:00:00+08:00",
        "filters": first.json()["filters"],
        "state": "ready",
        "answered": {
            "version": asked[0].json()["version"],
            "at": told["answered"]["at"],
            "as_of": "2024-12-20",
        },
        "method": "Getis-Ord Gi*",
        "inference": "random places, one-sided, Benjamini-Hochberg",
        "seed": 20241130,
        "neighbours": 4,
        "weights": "binary, the estate itself with its nearest",
        "alpha": 0.05,
        "permutations": 40_000,
        "cells": 100,
        "farthest_m": told["farthest_m"],
        "compared_with": {"since": "1999-12-01", "until": "1999-12-31"},
    }
    assert told["measure"]["slug"] == "rate"
    assert 600 < told["farthest_m"] < 670
    middle = field.estates[CROSS[0]].pk
    spot = next(each for each in told["estates"] if each["id"] == middle)
    # Nobody looked in the month before, so nothing is known to have changed.
    assert spot["kind"] == "hot"
    assert spot["z"] > 6
    assert spot["p"] < spot["q"] < 0.05
    # All five of them are told, and only one estate beside: its neighbourhood has two of them.
    assert {field.estates[each].pk for each in CROSS} <= marked(told)
    assert {kinds(told)[id] for id in marked(told)} == {"hot", "part"}
    assert post(client, **query).json()["state"] == "ready"
    assert len(jobs()) == 1


def test_what_was_written_since_makes_it_another_question_and_the_last_answer_is_told(
    as_user, field
):
    client = as_user("leader")
    before = answered(client)
    FindingFactory(estate=field.estates[0])
    told = client.get(HOTSPOTS).json()
    assert (told["state"], told["answered"]) == ("unasked", before["answered"])
    assert told["version"] != told["answered"]["version"] == before["version"]
    assert told["estates"] == before["estates"]
    post(client)
    told = client.get(HOTSPOTS).json()
    assert (told["state"], told["answered"]) == ("working", before["answered"])
    now = answered(client)
    assert now["answered"]["version"] == now["version"]
    # Another question has no answer yet, nor has the same by someone who sees less.
    for who, query in (("leader", {"measure": "rate"}), ("supervisor", {})):
        other = as_user(who).get(HOTSPOTS, query).json()
        assert (other["state"], other["answered"], other["estates"]) == ("unasked", None, [])


def test_a_deadline_that_passes_changes_only_what_is_overdue(as_user, field, clock):
    due = clock(0) + timedelta(days=1)
    CaseFactory(estate=field.estates[0], due_at=due, step_due_at=due, opened_at=clock(0))
    client = as_user("leader")
    asked = {"as_of": "2024-12-01"}
    for measure in ("found", "rate", "open", "overdue"):
        answered(client, measure=measure, **asked)
    clock(1.5)
    told = {
        measure: client.get(HOTSPOTS, {"measure": measure, **asked}).json()["state"]
        for measure in ("found", "rate", "open", "overdue")
    }
    assert told == {"found": "ready", "rate": "ready", "open": "ready", "overdue": "unasked"}


def test_on_the_next_day_the_last_answer_of_today_is_told(as_user, field, clock):
    client = as_user("leader")
    answered(client)
    clock(1)
    told = client.get(HOTSPOTS).json()
    assert (told["state"], told["answered"]["as_of"]) == ("unasked", "2024-12-02")
    assert told["as_of"].startswith("2024-12-03")
    # Of a day that is past it is the same for ever.
    past = {"as_of": "2024-12-01"}
    answered(client, **past)
    clock(2)
    assert client.get(HOTSPOTS, past).json()["state"] == "ready"


def test_everyone_is_told_of_the_estates_they_see(as_user, field, estate, elsewhere):
    EstateFactory(community=elsewhere)
    field.add(of_month(0), np.full(SIDE**2, 2), {3: np.full(SIDE**2, 6)})
    field.write()
    whole, part = (answered(as_user(who), **month(0)) for who in ("leader", "supervisor"))
    assert len(whole["estates"]) == SIDE**2 + 2
    assert part["estates"] == [
        {"id": estate.pk, "z": None, "p": None, "q": None, "kind": "too_few"}
    ]
    assert (whole["cells"], part["cells"], part["permutations"]) == (SIDE**2, 0, None)


def test_where_nobody_looked_nothing_is_cold(as_user, field):
    looked = np.where(np.isin(np.arange(SIDE**2), CROSS), 0, 1)
    field.add(of_month(0), looked, {3: np.full(SIDE**2, 20) + np.arange(SIDE**2) % 3})
    field.write()
    told = kinds(answered(as_user("leader"), **month(0)))
    for place, each in enumerate(field.estates):
        assert (told[each.pk] == "too_few") == (place in CROSS)
    assert "cold" not in told.values()


def test_what_stands_open_has_no_period_before_it(as_user, field):
    field.add(of_month(0), np.ones(SIDE**2), {3: np.full(SIDE**2, 6)})
    field.write()
    told = answered(as_user("leader"), measure="open", since="2024-01-01")
    assert told["compared_with"] is None


def test_a_spot_is_new_where_there_was_none_the_month_before(as_user, field):
    n = np.where(np.isin(np.arange(SIDE**2), CROSS), 24, 8)
    field.add(of_month(1), np.ones(SIDE**2), {3: np.full(SIDE**2, 8)})
    field.add(of_month(2), np.ones(SIDE**2), {3: n})
    field.add(of_month(3), np.ones(SIDE**2), {3: np.full(SIDE**2, 8)})
    field.write()
    client, middle = as_user("leader"), field.estates[CROSS[0]].pk
    # March has as many days as January, and two more than February: 31 before it.
    told = [kinds(answered(client, measure="rate", **month(n)))[middle] for n in (1, 2, 3)]
    assert told == ["none", "new", "fading"]


def test_one_whose_worker_fails_is_told_so_and_can_be_asked_again(as_user, field, monkeypatch):
    client = as_user("leader")
    post(client)
    (key,) = jobs()

    def out_of_memory(scope, asked):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(overview, "hot_spots", out_of_memory)
        with pytest.raises(MemoryError):
            tasks.reckon_hot_spots(key)
    assert client.get(HOTSPOTS).json()["state"] == "failed"
    assert post(client).json()["state"] == "working"
    assert jobs() == [key, key]
    assert tasks.reckon_hot_spots(key) is True


def test_one_that_was_lost_with_its_worker_is_asked_again(as_user, field):
    client = as_user("leader")
    post(client)
    HotSpots.objects.update(asked_at="2024-01-01T00:00:00Z")
    assert client.get(HOTSPOTS).json()["state"] == "failed"
    assert post(client).json()["state"] == "working"
    assert len(jobs()) == 2
    HotSpots.objects.update(asked_at="2024-01-01T00:00:00Z")
    assert tasks.forget_hot_spots(0) == 1


SEEDS = 200


@pytest.mark.slow
def test_chance_makes_no_more_spots_than_stated_and_a_cluster_is_found(as_user, field):
    """Two findings to an inspection everywhere, one to six inspections. Each seed is a month; by
    its severest findings too, five estates, one and those around it, have 2.5 times the rate."""
    planted = []
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        times = random.integers(1, 7, SIDE**2)
        middle = random.integers(1, SIDE - 1) * SIDE + random.integers(1, SIDE - 1)
        cluster = np.array([middle, middle - 1, middle + 1, middle - SIDE, middle + SIDE])
        more = np.where(np.isin(np.arange(SIDE**2), cluster), random.poisson(times * 3.0), 0)
        field.add(of_month(seed), times, {3: random.poisson(times * 2.0), 1: more})
        planted.append({field.estates[each].pk for each in cluster})
    field.write()
    client = as_user("leader")
    by_chance, told = 0, np.zeros(4)
    for seed in range(SEEDS):
        asked = {"measure": "rate", **month(seed)}
        by_chance += bool(marked(answered(client, severity=3, **asked)))
        hot = marked(answered(client, **asked))
        theirs = len(hot & planted[seed])
        told += (theirs > 0, theirs >= 3, theirs, len(hot))
    found, most, theirs, all_told = told
    assert by_chance <= SEEDS * 0.05
    assert found >= SEEDS * 0.9
    # Most of the five are told, and of those that are told nearly all are of the five.
    assert most >= SEEDS * 0.9
    assert theirs >= all_told * 0.8
