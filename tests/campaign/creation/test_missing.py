"""What an estate lacks, by whom and by when, reckoned by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaign.creation.evidence import Evidence
from campaign.creation.missing import missing
from campaign.creation.score import score
from campaign.creation.stages import Facts, Stage
from campaign.models import Indicator, Target
from tests.campaign.creation import sent
from tests.campaign.creation.plain import (
    a_failed,
    a_fault,
    a_sheet,
    a_standard,
    a_stretch,
    a_veto,
    day,
    looks,
)
from tests.campaign.creation.ready import ago, at
from tests.cases import a_case, made

NOTHING = Facts(
    danger=False, passes=True, looked=True, open_cases=0, assessed=True, forms=frozenset()
)
SEEN = looks("2024-11-01", "XF-01", "XF-02", "XF-12", "ZM-01")


def told(stage: Stage = Stage.NOTICE, on: str = "2024-11-20", facts=NOTHING, **known) -> list:
    evidence = Evidence(
        **({"looks": SEEN, "sheets": [a_sheet("2024-11-05", goals="met", lifts="met")]} | known)
    )
    scored = score(a_standard(), evidence, day(on))
    rows = missing(scored, stage, facts, need_by=day("2024-12-20"))
    return [(each.en, each.whom.value, str(each.by), float(each.points)) for each in rows]


NUMBER = [
    ("S10: evidence attached", "office", "2024-12-20", 0.0),
    ("S10: the number of the announcement", "office", "2024-12-20", 0.0),
]


def test_of_an_estate_that_has_all_only_the_next_stage_asks_something():
    assert told() == NUMBER
    assert told(Stage.ANNOUNCED) == []


def test_what_nobody_looked_at_is_the_inspectors_and_what_nobody_graded_the_companys():
    assert told(looks=looks("2024-11-01", "XF-01"), sheets=[]) == [
        ("goals in English: not graded yet", "company", "2024-12-20", 40.0),
        ("lifts in English: not graded yet", "company", "2024-12-20", 20.0),
        ("lamps in English: not looked at yet", "inspector", "2024-12-20", 10.0),
        *NUMBER,
    ]


def test_what_costs_most_comes_first_and_what_runs_out_soon_has_its_own_day():
    """Lamps count until the end of the year; fourteen days before, they are asked for."""
    sheets = [a_sheet("2024-11-05", goals="partly", lifts="unmet")]
    assert told(on="2024-12-16", sheets=sheets) == [
        ("goals in English: partly met", "company", "2024-12-20", 20.0),
        ("lifts in English: not met", "company", "2024-12-20", 20.0),
        *NUMBER,
    ]
    assert told(on="2024-12-17", sheets=sheets)[-1] == (
        "lamps in English: its evidence runs out on 2024-12-31", "inspector", "2024-12-31", 0.0,
    )  # fmt: skip
    assert told(on="2025-01-01")[0] == (
        "lamps in English: its evidence ran out on 2024-12-31", "inspector", "2024-12-20", 10.0,
    )  # fmt: skip


def test_findings_and_re_checks_are_of_whoever_has_the_case_and_told_once():
    faults = [
        a_fault("XF-01", a_stretch("2024-11-10"), severity=1),
        a_fault("DC-04", a_stretch("2024-11-11"), severity=1),
    ]
    failed = [a_failed("ZM-01", a_stretch("2024-11-12"))]
    assert told(faults=faults, failed=failed, declared=[a_veto("V5", "2024-11-13")]) == [
        ("lamps in English: a re-check failed (ZM-01)", "handler", "2024-12-20", 10.0),
        ("lanes in English: an open finding (XF-01)", "handler", "2024-12-20", 10.0),
        ("Veto: danger (DC-04)", "handler", "2024-12-20", 0.0),
        ("Veto: false records", "office", "2024-12-20", 0.0),
        *NUMBER,
    ]


def test_what_was_found_stays_missing_when_nobody_looked_again_for_too_long():
    """Lamps were looked at until the end of the year: in spring somebody has to look anew, and
    what was found in November still has to be put right."""

    def of_lamps(**known) -> list:
        rows = told(on="2025-01-10", **known)
        return [each for each in rows if each[0].startswith("lamps")]

    lamps = [a_fault("ZM-01", a_stretch("2024-11-12"), severity=3)]
    assert of_lamps(faults=lamps) == [
        (
            "lamps in English: its evidence ran out on 2024-12-31",
            *("inspector", "2024-12-20", 10.0),
        ),
        ("lamps in English: an open finding (ZM-01)", "handler", "2024-12-20", 0.0),
    ]
    # The case whose re-check failed is what costs the points.
    failed = [a_failed("ZM-01", a_stretch("2024-11-12"))]
    assert of_lamps(failed=failed) == [
        ("lamps in English: a re-check failed (ZM-01)", "handler", "2024-12-20", 10.0),
        (
            "lamps in English: its evidence ran out on 2024-12-31",
            *("inspector", "2024-12-20", 0.0),
        ),
    ]


def test_the_next_stage_asks_for_its_sheets_and_cases():
    facts = Facts(
        danger=False, passes=True, looked=True, open_cases=2, assessed=True, forms=frozenset()
    )
    assert told(Stage.REVIEWED, facts=facts) == [
        ("S8: evidence attached", "office", "2024-12-20", 0.0),
        ("S8: every case of a finding closed", "handler", "2024-12-20", 0.0),
        ("S8: a re-check sheet since the review", "supervisor", "2024-12-20", 0.0),
    ]


@pytest.mark.django_db
def test_a_cases_own_deadline_and_handler_go_before(as_user, notice, estate):
    """Assigned to the company: its name, and the day by which the case is due, which is before
    what the next stage asks."""
    Target.objects.create(
        indicator=Indicator.objects.get(code="ZX08-M1"),
        holds_from=ago(60), op=">=", number=1, deadline=timezone.localdate() + timedelta(days=90),
    )  # fmt: skip
    row = sent.enrolled(as_user("clerk"), estate)
    case = a_case(as_user("inspector"), estate, recorded_at=at(1))
    for name in ("file", "assign"):
        made(as_user("supervisor"), case, name)

    def told_of_it(on: str) -> list[tuple]:
        rows = sent.card(as_user("leader"), row, on)["missing"]
        assert [each["by"] for each in rows] == sorted(each["by"] for each in rows)
        return [(each["whom"], each["whom_zh"], each["by"]) for each in rows if each["case"]]

    due = str(timezone.localdate(case.due_at))
    assert told_of_it(ago(0)) == [("handler", estate.company.name, due)]
    # Yesterday nobody had it in hand yet.
    reported = case.spans.earliest("since")
    assert reported.company is None
    by = reported.due_at and str(timezone.localdate(reported.due_at))
    assert told_of_it(ago(1)) == [("handler", "案卷承办方", by)]
