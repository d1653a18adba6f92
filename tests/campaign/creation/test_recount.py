"""Scores of the demonstration, of random estates as of random days, equal a plain recount of the
rows; the list, the card and its history say the same; and many are read in a few
statements."""

from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaign.gathering import gather, standards_by
from campaign.models import Enrolment, Programme, Standard
from campaign.reports import creation
from geo.models import Estate
from geo.scope import EVERYTHING
from inspections.models import Finding, Move
from people.models import User
from tests.campaign.creation.recount import recounted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_town")]

FIRST, LAST = date(2024, 9, 10), date(2024, 12, 20)


@pytest.fixture
def another_version() -> None:
    """From 15 November other weights: what costs most is worth twice as much."""
    old = Standard.objects.get()
    told = old.description | {"version": "2024-2", "holds_from": "2024-11-15"}
    for category in told["categories"]:
        for item in category["items"]:
            item["points"] = str(int(item["points"]) * (2 if item["codes"] else 1))
            item["lasts_days"] = 75 if item["codes"] else 30
    Standard.objects.create(
        version="2024-2", holds_from="2024-11-15", description=told, sha256="0" * 64
    )


@pytest.fixture
def more_of_them() -> None:
    """All estates with a company where anything was ever wrong, and some re-checks that failed."""
    programme, clerk = Programme.objects.get(), User.objects.get(username="clerk")
    listed = Enrolment.objects.values("estate")
    wrong = Finding.objects.in_force().filter(advisory=False).values("estate")
    estates = Estate.objects.filter(pk__in=wrong).exclude(company=None).exclude(pk__in=listed)
    Enrolment.objects.bulk_create(
        Enrolment(
            id=uuid4(), programme=programme, estate=each, person="–", enrolled_on=FIRST, by=clerk
        )
        for each in estates
    )
    with pgtrigger.ignore("inspections.Move:move_stays"):
        assert Move.objects.made().filter(name="claim").update(name="fail_check") > 0


@pytest.mark.usefixtures("another_version", "more_of_them")
def test_scores_equal_a_plain_recount():
    chance = Random(20241220)
    rows = list(Enrolment.objects.select_related("estate").order_by("estate"))
    seen: set[str] = set()
    for _ in range(12):
        day = FIRST + timedelta(days=chance.randint(0, (LAST - FIRST).days))
        some = chance.sample(rows, 8)
        standards = standards_by(day)
        for each in gather(some, standards, day):
            scored = each.scored(standards, day)
            score = None if scored.score is None else float(scored.score)
            vetoes = sorted(veto.veto.code for veto in scored.vetoes)
            assert (score, vetoes) == recounted(each.row, day), (each.row.estate.name, day)
            seen |= {one.state.value for one in scored.items} | set(vetoes)
    assert seen >= {"met", "partly", "unmet", "expired", "never", "na", "V1"}


@pytest.mark.usefixtures("another_version", "more_of_them")
def test_the_history_says_of_every_day_what_the_list_said():
    """What is read whole, for all days, and what is read for one day are one."""
    programme = Programme.objects.get()
    chance = Random(7)
    rows = Enrolment.objects.select_related("programme", "estate").order_by("estate")
    for row in chance.sample(list(rows), 5):
        turns = creation.card(row, LAST).history
        for _ in range(6):
            day = max(row.enrolled_on, FIRST) + timedelta(days=chance.randint(0, 95))
            day = min(day, LAST)
            held = [turn for turn in turns if turn.day <= day][-1]
            listed = creation.listing(EVERYTHING, programme, day, office=True)["listed"]
            one = next(each for each in listed if each.enrolled.row == row)
            assert (held.score, held.veto, held.stage) == (
                one.scored.score,
                bool(one.scored.vetoes),
                one.stage,
            ), (row.estate.name, day)


def statements(read) -> int:
    with CaptureQueriesContext(connection) as asked:
        read()
    return len(asked)


def test_a_hundred_estates_are_read_in_a_few_statements():
    programme, clerk = Programme.objects.get(), User.objects.get(username="clerk")

    def reading() -> list[int]:
        return [
            statements(lambda: creation.listing(EVERYTHING, programme, LAST, office=True)),
            statements(lambda: creation.on_map(EVERYTHING, programme, LAST)),
        ]

    listed = Enrolment.objects.values("estate")
    estates = Estate.objects.exclude(company=None).exclude(pk__in=listed)
    Enrolment.objects.bulk_create(
        Enrolment(
            id=uuid4(), programme=programme, estate=each, person="–", enrolled_on=FIRST, by=clerk
        )
        for each in estates
    )
    assert Enrolment.objects.count() > 100
    assert reading() == [15, 10]
