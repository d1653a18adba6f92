"""An estate that is taken off the list is not counted and not asked for anything, and comes back
with a reason."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.models import Enrolment, Indicator, StageMove
from geo.services import merge_estates
from tests.campaign.creation import sent
from tests.campaign.creation.ready import ago, walked
from tests.factories import EstateFactory

pytestmark = pytest.mark.django_db

WHY = "物业已退出，无法继续创建"


@pytest.fixture
def row(notice, as_user, estate) -> Enrolment:
    return sent.enrolled(as_user("clerk"), estate)


@pytest.fixture
def neighbour(estate):
    return EstateFactory(community=estate.community, company=estate.company, has_company=True)


def removed(client, row, on: str, **changes):
    told = {"reason": WHY, "removed": True, "attachments": None}
    return sent.reach(client, row, "SX", on, **told | changes)


def returned(client, row, on: str):
    return sent.reach(client, row, "SX", on, reason="材料不全", attachments=None)


def restored(client, row, on: str):
    return sent.reach(client, row, "S4", on, reason="新物业已进驻", attachments=None)


def listed(client, day: str) -> list[str]:
    return [each["id"] for each in sent.listing(client, day)["enrolments"]]


def on_map(client, day: str) -> list[str]:
    told = client.get(f"{sent.CREATION}map/", {"as_of": day}).json()["features"]
    return [each["properties"]["id"] for each in told]


def on_tablet(client) -> list[str]:
    told = client.get(f"{sent.CREATION}tablet/").json()["enrolments"]
    return [each["id"] for each in told]


def refused(reply) -> tuple:
    return reply.status_code, reply.json()["code"], reply.json()["details"]


def test_from_its_day_on_it_is_off_the_list_until_it_is_brought_back(as_user, notice, estate):
    row, clerk, leader = walked(as_user, estate, "S6"), as_user("clerk"), as_user("leader")
    before = sent.listing(leader, ago(11))
    told = removed(clerk, row, ago(10))
    assert (told.status_code, told.json()["removed"], told.json()["en"]) == (
        *(201, True),
        "taken off the list",
    )
    assert restored(clerk, row, ago(4)).status_code == 201
    for days in (11, 10, 5, 4, 0):
        there = [] if 4 < days < 11 else [str(row.pk)]
        assert (listed(leader, ago(days)), on_map(leader, ago(days))) == (there, there), days
    # What was, is as it was.
    assert sent.listing(leader, ago(11)) == before
    off = sent.listing(leader, ago(5))
    assert off["removed"] == [
        {
            "id": str(row.pk),
            "estate": {"id": estate.pk, "name": estate.name},
            "on": ago(10),
            "reason": WHY,
        }
    ]
    assert (off["announced"], off["counted"], off["expected"]) == (0, 0, 0)
    # Its steps tell no pace: five before, none now, five again.
    rests = {days: sent.listing(leader, ago(days))["forecast"]["rests_on"] for days in (11, 5, 0)}
    assert rests == {11: 5, 5: 0, 0: 5}
    assert sent.listing(leader, ago(0))["removed"] == []


def test_behind_the_boards_number_it_stands_no_more(as_user, row, neighbour):
    clerk = as_user("clerk")
    other = sent.enrolled(clerk, neighbour)
    assert removed(clerk, row, "2024-11-12").status_code == 201

    def behind(day: str) -> tuple:
        asked = {"indicator": Indicator.objects.get(code="ZX08-M1").pk, "as_of": day}
        told = as_user("leader").get("/api/v1/campaign/board/rows/", asked).json()
        return told["cell"]["n"], {each["creation"]["id"] for each in told["rows"]}

    assert behind("2024-11-11") == (0, {str(row.pk), str(other.pk)})
    assert behind("2024-11-12") == (0, {str(other.pk)})


def test_a_returned_one_stays_on_the_list(as_user, row):
    clerk = as_user("clerk")
    told = returned(clerk, row, "2024-11-12")
    assert (told.status_code, told.json()["removed"], told.json()["en"]) == (201, False, "returned")
    told = sent.listing(clerk, "2024-11-12")
    assert [each["stage"] for each in told["enrolments"]] == ["SX"]
    assert told["removed"] == []
    assert sent.card(clerk, row, "2024-11-12")["missing"] != []


def test_a_returned_one_may_still_be_taken_off(as_user, row):
    clerk = as_user("clerk")
    assert returned(clerk, row, "2024-11-12").status_code == 201
    assert [each["to"] for each in sent.card(clerk, row, "2024-11-12")["may"]] == ["SX", "S4"]
    assert refused(returned(clerk, row, "2024-11-13")) == (
        400, "creation_invalid",
        {"fields": {"removed": "This estate was returned already: from here it can be taken off"
                               " the list."}},
    )  # fmt: skip
    assert removed(clerk, row, "2024-11-13").status_code == 201
    assert [listed(clerk, day) for day in ("2024-11-12", "2024-11-13")] == [[str(row.pk)], []]


def test_the_tablet_and_the_company_have_it_no_more(as_user, row):
    today = str(timezone.localdate())
    clerk, inspector, company = as_user("clerk"), as_user("inspector"), as_user("company")
    there = [str(row.pk)]
    assert (on_tablet(inspector), listed(company, today)) == (there, there)
    assert removed(clerk, row, today).status_code == 201
    assert (on_tablet(inspector), listed(company, today)) == ([], [])
    # Of one day the move that was entered last: it is there again.
    assert restored(clerk, row, today).status_code == 201
    assert (on_tablet(inspector), listed(company, today)) == (there, there)


def test_a_sheet_of_before_comes_in_however_late(as_user, row):
    assert removed(as_user("clerk"), row, "2024-11-25").status_code == 201
    assert sent.fill(as_user("company"), sent.a_sheet(row, C1_01="met")).status_code == 201


def test_its_card_says_who_took_it_off_when_and_why_and_how_it_comes_back(as_user, people, row):
    clerk = as_user("clerk")
    assert removed(clerk, row, "2024-11-12").status_code == 201
    for who in ("clerk", "leader", "company", "officer"):
        told = sent.card(as_user(who), row, "2024-11-12")
        last = told["stages"][-1]
        names = ("to", "removed", "zh", "en", "on", "by", "by_name", "reason")
        assert [last[name] for name in names] == [
            *("SX", True, "撤销，移出名单", "taken off the list", "2024-11-12", "clerk"),
            *(str(people["clerk"]), WHY),
        ]
        assert told["missing"] == []
        assert told["forecast"] == {"low": None, "likely": None, "high": None}
        assert [(each["to"], each["needs"], each["lacking"]) for each in told["may"]] == [
            ("S4", ["reason"], [])
        ]
        assert told["history"][-1]["en"] == "SX taken off the list"
    assert as_user("inspector2").get(f"{sent.CREATION}{row.pk}/").status_code == 404
    assert sent.card(clerk, row, "2024-11-11")["missing"] != []
    assert restored(clerk, row, "2024-11-13").status_code == 201
    told = sent.card(clerk, row, "2024-11-13")
    assert (told["stage"], told["stages"][-1]["removed"], told["missing"] != []) == (
        *("S4", False),
        True,
    )


def test_who_was_taken_off_goes_nowhere_but_back(as_user, row):
    clerk = as_user("clerk")
    assert removed(clerk, row, "2024-11-12").status_code == 201
    nowhere = (409, "stage_not_allowed", {"stage": "SX", "may": ["S4"]})
    assert refused(removed(clerk, row, "2024-11-13")) == nowhere
    assert refused(returned(clerk, row, "2024-11-13")) == nowhere
    assert refused(sent.reach(clerk, row, "S2", "2024-11-13")) == nowhere
    no_reason = sent.reach(clerk, row, "S4", "2024-11-13", attachments=None)
    assert refused(no_reason)[2]["needs"] == ["reason"]


def test_it_is_taken_off_once_by_going_to_sx_with_a_reason(as_user, row):
    clerk, id = as_user("clerk"), uuid.uuid4()
    for to, told, sentence in (
        ("S2", True, "An estate is taken off the list by going to SX alone."),
        ("SX", "yes", "True or false."),
        ("SX", 1, "True or false."),
    ):
        reply = sent.reach(clerk, row, to, "2024-11-12", reason=WHY, removed=told)
        assert refused(reply) == (400, "creation_invalid", {"fields": {"removed": sentence}})
    assert refused(removed(clerk, row, "2024-11-12", reason=None))[2]["needs"] == ["reason"]
    assert not StageMove.objects.exists()
    assert removed(clerk, row, "2024-11-12", id=id).status_code == 201
    assert removed(clerk, row, "2024-11-12", id=id).status_code == 200
    other = removed(clerk, row, "2024-11-12", id=id, removed=False)
    assert (other.status_code, other.json()["code"]) == (409, "recorded_differently")


def test_no_other_stage_takes_it_off(people, row):
    told = {"enrolment": row, "on": "2024-11-12", "by": people["clerk"], "removed": True}
    with pytest.raises(IntegrityError, match="who_is_taken_off"), transaction.atomic():
        StageMove.objects.create(id=uuid.uuid4(), to="S2", **told)


def test_who_moves_it_takes_it_off_and_nobody_else(as_user, row):
    answered = {
        who: removed(as_user(who), row, "2024-11-12").status_code
        for who in ("nobody", "stranger", "inspector2", "company", "officer", "leader", "clerk")
    }
    assert answered == {
        **{"nobody": 401, "stranger": 404, "inspector2": 404, "company": 403, "officer": 403},
        **{"leader": 403, "clerk": 201},
    }


def test_it_is_brought_back_and_not_enrolled_again(as_user, estate, row):
    clerk = as_user("clerk")
    assert removed(clerk, row, "2024-11-12").status_code == 201
    again = sent.enrol(clerk, estate)
    assert (again.status_code, again.json()["code"], again.json()["message"]) == (
        *(409, "already_enrolled"),
        "This estate was taken off that list. It can be brought back from its score card.",
    )
    assert restored(clerk, row, "2024-11-13").status_code == 201
    again = sent.enrol(clerk, estate)
    assert (again.status_code, again.json()["code"], again.json()["message"]) == (
        *(409, "already_enrolled"),
        "This estate is on that list already.",
    )


@pytest.mark.parametrize("off", ["kept", "twin"])
def test_of_two_that_turn_out_to_be_one_the_one_on_the_list_stays(
    as_user, people, estate, row, neighbour, off
):
    """However little far it is; one that was returned is on the list."""
    clerk = as_user("clerk")
    rows = {"kept": row, "twin": sent.enrolled(clerk, neighbour)}
    other = rows["twin" if off == "kept" else "kept"]
    assert removed(clerk, rows[off], "2024-11-12").status_code == 201
    assert returned(clerk, other, "2024-11-12").status_code == 201
    merge_estates(kept=estate, twin=neighbour, by=people["clerk"], reason="同一小区")
    told = sent.listing(clerk, "2024-12-20")
    assert [(each["id"], each["estate"]["id"]) for each in told["enrolments"]] == [
        (str(other.pk), estate.pk)
    ]
    assert told["removed"] == []


def test_where_both_were_taken_off_one_is_told(as_user, people, estate, row, neighbour):
    clerk = as_user("clerk")
    twin = sent.enrolled(clerk, neighbour)
    for each in (row, twin):
        assert removed(clerk, each, "2024-11-12").status_code == 201
    merge_estates(kept=estate, twin=neighbour, by=people["clerk"], reason="同一小区")
    told = sent.listing(clerk, "2024-12-20")
    assert (told["enrolments"], [each["id"] for each in told["removed"]]) == ([], [str(row.pk)])
