"""The clerk's registers of the campaign say in a sentence what they can't take."""

import pytest

from campaign.models import Action, Baseline, Indicator, Programme
from tests.registers import page_of, wrong_in

pytestmark = pytest.mark.django_db

BASELINE = {
    "metric": "complaint_reduction",
    "community": "",
    "since": "2024-08-01",
    "until": "2024-10-31",
    "number": "",
    "source": "信访台账",
    "holds_from": "2024-11-07",
}
PROGRAMME = {"code": "9号", "zh": "冬季", "en": "Winter", "year": "2024", "issued_on": "2024-12-01"}


def inline(prefix: str, **row: str) -> dict[str, str]:
    counts = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}
    return {f"{prefix}-{name}": each for name, each in counts.items()} | {
        f"{prefix}-0-{name}": each for name, each in row.items()
    }


def test_a_baseline_that_ends_too_early_or_has_no_number_says_so(as_user, community):
    page = page_of(Baseline, "add")
    clerk = as_user("clerk")
    early = clerk.post(page, BASELINE | {"until": "2024-07-31"})
    assert wrong_in(early) == ["It ends before it begins."]
    alone = clerk.post(page, BASELINE | {"community": community.pk})
    assert wrong_in(alone) == [
        "Without a number Xuntu counts in every community: give one, or name no community."
    ]
    assert not Baseline.objects.exists()


def test_a_programme_is_of_a_year(as_user):
    reply = as_user("clerk").post(page_of(Programme, "add"), PROGRAMME | {"year": "24"})
    assert wrong_in(reply) == ["A year such as 2024."]


def test_a_target_without_its_comparison_and_a_unit_for_all_communities_say_so(as_user, notice):
    row = Indicator.objects.get(code="ZX02-D1")
    names = ("action", "code", "zh", "en", "metric", "unit", "level", "recurrence")
    sent = {name: getattr(row, name) for name in names} | {"action": row.action_id}
    target = inline("targets", holds_from="2024-12-01", op="", number="3", deadline="", note="")
    reply = as_user("clerk").post(page_of(Indicator, "change", row.pk), sent | target)
    assert wrong_in(reply) == [
        "A comparison and a number of at least 0 go together; with neither no target is set."
    ]
    assert row.targets.count() == 1

    action = row.action
    sent = {"programme": action.programme_id, "code": "ZX11", "zh": "植树", "en": "Trees"}
    unit = action.responsibilities.exclude(unit=None).first()
    who = {"part": "lead", "named": "各社区", "whom": "communities", "unit": str(unit.unit_id)}
    reply = as_user("clerk").post(page_of(Action, "add"), sent | inline("responsibilities", **who))
    assert wrong_in(reply) == ["Only where one unit is meant is a unit chosen."]
