"""Estates on a list that turn out to be one."""

import pytest

from campaign.models import Enrolment
from geo.services import merge_estates
from tests.campaign.creation import sent
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(estate):
    return EstateFactory(community=estate.community, company=estate.company, has_company=True)


def listed(as_user) -> list[tuple]:
    told = sent.listing(as_user("leader"), "2024-12-20")["enrolments"]
    return [(each["estate"]["id"], each["stage"]) for each in told]


def test_its_place_on_the_list_goes_along(as_user, notice, people, estate, twin):
    sent.enrolled(as_user("clerk"), twin)
    merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一小区")
    assert listed(as_user) == [(estate.pk, "S1")]


@pytest.mark.parametrize("further", ["kept", "twin"])
def test_of_two_on_the_list_the_one_that_came_further_stays(
    as_user, notice, people, estate, twin, further
):
    clerk = as_user("clerk")
    rows = {"kept": sent.enrolled(clerk, estate), "twin": sent.enrolled(clerk, twin)}
    assert sent.reach(clerk, rows[further], "S2", "2024-11-12").status_code == 201
    merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一小区")
    assert listed(as_user) == [(estate.pk, "S2")]
    assert Enrolment.objects.get(pk=rows[further].pk).estate_id == estate.pk
    assert Enrolment.objects.count() == 2


def test_what_was_said_of_either_is_said_of_the_one_that_stays(
    as_user, notice, people, estate, twin
):
    """A fire that was declared, and a sheet, however late the tablet brings it."""
    clerk, officer = as_user("clerk"), as_user("officer")
    row, gone = sent.enrolled(clerk, estate), sent.enrolled(clerk, twin)
    veto = sent.declare(clerk, gone).json()["id"]
    merge_estates(kept=estate, twin=twin, by=people["clerk"], reason="同一小区")
    assert sent.fill(officer, sent.a_sheet(gone, C1_01="met")).status_code == 201
    card = sent.card(as_user("leader"), row, "2024-11-30")
    assert [(each["id"], each["by_name"]) for each in card["vetoes"]] == [
        (veto, str(people["clerk"]))
    ]
    assert [each["day"] for each in card["sheets"]] == ["2024-11-20"]
    assert sent.item(card, "C1-01")["state"] == "met"
    assert sent.lift(clerk, row, veto).status_code == 201
    assert sent.card(as_user("leader"), row, "2024-12-01")["vetoes"] == []
