"""An estate at S9 with all scores good, an immediate danger found by the tablet, and its end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.models import Indicator, Target
from inspections.models import Case, Finding
from tests.campaign.creation import sent
from tests.campaign.creation.ready import ago, at, walked
from tests.cases import WAYS, made
from tests.records import a_record, put

pytestmark = pytest.mark.django_db

# All but charging places, which there are none of (C4c-02 to C4c-04, 6 points); safety funds (2)
# are met in half.
APPLICABLE, EARNED = 94.0, 93.0
GOOD = 98.94


@pytest.fixture
def soon(notice) -> None:
    """One estate is to be announced within six days."""
    Target.objects.create(
        indicator=Indicator.objects.get(code="ZX08-M1"),
        holds_from=timezone.localdate() - timedelta(days=60),
        op=">=",
        number=1,
        deadline=timezone.localdate() + timedelta(days=6),
    )


def board(client, day: str) -> tuple:
    told = client.get("/api/v1/campaign/board/", {"as_of": day}).json()
    rows = [each for action in told["actions"] for each in action["indicators"]]
    indicator = next(each for each in rows if each["code"] == "ZX08-M1")
    asked = {"indicator": indicator["id"], "as_of": day}
    behind = client.get("/api/v1/campaign/board/rows/", asked).json()
    assert behind["cell"] == indicator["whole"]
    whole, estate = indicator["whole"], behind["rows"][0]["creation"]
    told = (estate["stage"], estate["score"], estate["veto"])
    return whole["light"], whole["n"], whole["expected"], *told


def looked_at(client, row, day: str) -> dict:
    """What the page shows of it on that day."""
    listed, card = sent.listing(client, day), sent.card(client, row, day)
    on_map = client.get(f"{sent.CREATION}map/", {"as_of": day}).json()["features"][0]["properties"]
    one = listed["enrolments"][0]
    assert all(on_map[name] == one[name] == card[name] for name in ("score", "veto", "passes"))
    assert one["forecast"] == card["forecast"]
    return {
        "score": card["score"],
        "vetoes": [each["code"] for each in card["vetoes"]],
        "expected": listed["expected"],
        "passes": on_map["passes"],
        "lacking": [each["code"] for each in card["may"][0]["lacking"]],
    }


def test_an_immediate_danger_stops_it_until_the_case_is_closed(as_user, soon, estate):
    leader, inspector = as_user("leader"), as_user("inspector")
    row = walked(as_user, estate)
    good = {"score": GOOD, "vetoes": [], "expected": 1, "passes": True, "lacking": []}
    assert looked_at(leader, row, ago(3)) == good
    card = sent.card(leader, row, ago(0))
    assert (card["earned"], card["applicable"]) == (EARNED, APPLICABLE)
    before, chance = card["forecast"], sent.listing(leader, ago(0))["forecast"]["chance"]
    assert board(leader, ago(0))[1:] == (0, 1, "S9", GOOD, False)

    found = put(
        inspector,
        a_record(estate, kind="fire_lane", recorded_at=at(2), answers={"XF-01": True}),
    )
    assert found.status_code == 201, found.json()
    case = Case.objects.get(pk=Case.id_of(Finding.objects.get(item="XF-01").pk))

    # XF-01 is one of the two codes of C4b-01: half of its 4 points. 91 of 94.
    bad = {
        "score": 96.81, "vetoes": ["V1"], "expected": 0, "passes": False, "lacking": ["passes"],
    }  # fmt: skip
    assert looked_at(leader, row, ago(3)) == good
    assert looked_at(leader, row, ago(2)) == looked_at(leader, row, ago(0)) == bad
    card = sent.card(leader, row, ago(0))
    assert card["forecast"]["likely"] > before["likely"]
    assert sent.listing(leader, ago(0))["forecast"]["chance"] < chance
    assert [each["case"] for each in card["vetoes"]] == [str(case.pk)]
    assert [(each["item"], each["case"]) for each in card["missing"] if each["case"]] == [
        ("C4b-01", str(case.pk))
    ]
    told = {"announcement": "晋建物安〔2026〕7号"}
    refused = sent.reach(as_user("clerk"), row, "S10", ago(0), **told)
    assert (refused.status_code, refused.json()["code"], refused.json()["details"]) == (
        409,
        "stage_lacks",
        {
            "needs": ["passes"],
            "lacking": ["a score that reaches the pass mark, and no veto"],
        },
    )
    assert board(leader, ago(3))[1:] == (0, 1, "S9", GOOD, False)
    assert board(leader, ago(0))[1:] == (0, 0, "S9", 96.81, True)

    for who, name in WAYS["closed"]:
        made(as_user(who), case, name, recorded_at=at(0))
    assert looked_at(leader, row, ago(0)) == good
    assert looked_at(leader, row, ago(1)) == bad
    assert sent.card(leader, row, ago(0))["forecast"] == before
    assert sent.listing(leader, ago(0))["forecast"]["chance"] == chance
    turns = sent.card(leader, row, ago(0))["history"][-2:]
    assert [(each["day"], each["score"], each["veto"], each["en"]) for each in turns] == [
        (
            ago(2), 96.81, True,
            f"finding XF-01 (case {case.number}) (1 item, -2.00 points); score 98.94 → 96.81;"
            " veto: An open finding of severity 1 XF-01",
        ),
        (
            ago(0), GOOD, False,
            f"finding XF-01 closed (case {case.number}) (1 item, +2.00 points);"
            " score 96.81 → 98.94; veto over: An open finding of severity 1 XF-01",
        ),
    ]  # fmt: skip

    announced = sent.reach(as_user("clerk"), row, "S10", ago(0), **told)
    assert announced.status_code == 201, announced.json()
    assert board(leader, ago(0)) == ("done", 1, 0, "S10", GOOD, False)
    listed = sent.listing(leader, ago(0))
    assert (listed["announced"], listed["counted"], listed["expected"]) == (1, 1, 0)
