"""What is asked, as the API tells it on a day."""

import pytest

from campaign.metrics import METRICS
from campaign.models import Indicator, Target
from tests.campaign.entered import INDICATORS
from tests.campaign.notice import NOTICE

pytestmark = pytest.mark.django_db


def asked(client, **filters) -> dict[str, dict]:
    reply = client.get(INDICATORS, filters)
    assert reply.status_code == 200, reply.json()
    return {each["code"]: each for each in reply.json()["indicators"]}


def test_an_indicator_is_told_with_the_target_that_held_on_the_day(as_user, notice):
    leader = as_user("leader")
    indicator = Indicator.objects.get(code="ZX08-M1")
    Target.objects.create(
        indicator=indicator, holds_from="2024-12-10", op=">=", number=25, deadline="2025-01-31"
    )
    assert asked(leader, as_of="2024-12-09")["ZX08-M1"] == {
        "id": indicator.pk,
        "code": "ZX08-M1",
        "zh": "物业住宅小区安全生产标准化创建",
        "en": "Estates through safety-production standardisation",
        "programme": NOTICE,
        "action": "ZX08",
        "metric": "safety_std_estates",
        "unit": "estate",
        "level": "subdistrict",
        "recurrence": "",
        "since": "2024-11-07",
        "note_zh": "领导最关注的指标。",
        "note_en": "The one that the leaders watch most.",
        "derived": True,
        "says_zh": METRICS["safety_std_estates"].says_zh,
        "says_en": METRICS["safety_std_estates"].says_en,
        "target": {
            "op": ">=",
            "number": 20,
            "deadline": "2024-12-31",
            "holds_from": "2024-11-07",
            "note": "",
            "says_zh": "≥ 20 个小区",
            "says_en": "≥ 20 estates",
        },
    }
    assert asked(leader, as_of="2024-12-10")["ZX08-M1"]["target"]["number"] == 25
    assert asked(leader)["ZX08-M1"]["target"]["deadline"] == "2025-01-31"


def test_four_indicators_read_no_target_set(as_user, notice):
    told = asked(as_user("leader"))
    unset = {code: each["target"] for code, each in told.items() if not each["target"]["number"]}
    assert unset.pop("ZX07-M2")["number"] == 0
    assert {(each["says_zh"], each["says_en"]) for each in unset.values()} == {
        ("未设目标", "no target set")
    }
    assert set(unset) == {"ZX00-G2", "ZX00-G4", "ZX08-D3", "ZX08-D4"}
    assert unset["ZX00-G2"]["deadline"] == "2024-11-30"


def test_indicators_are_found_by_action_level_and_programme(as_user, notice):
    leader = as_user("leader")
    assert set(asked(leader, action="ZX04", level="estate")) == {"ZX04-D1"}
    assert len(asked(leader, programme=NOTICE)) == 51
    assert asked(leader, programme="晋政青〔2025〕9号") == {}
    assert asked(leader, as_of="2024-11-06") == {}
    wrong = leader.get(INDICATORS, {"level": "street", "as_of": "2999-01-01", "colour": "red"})
    assert (wrong.status_code, set(wrong.json()["details"]["fields"])) == (
        400,
        {"level", "as_of", "colour"},
    )


def test_what_is_no_longer_asked_stays_in_the_list_of_earlier_days(as_user, notice):
    Indicator.objects.filter(code="ZX02-R1").update(retired_on="2024-12-01")
    assert "ZX02-R1" in asked(as_user("leader"), as_of="2024-11-30")
    assert "ZX02-R1" not in asked(as_user("leader"), as_of="2024-12-01")
