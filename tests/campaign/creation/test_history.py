"""Every day on which score, vetoes or stage changed, with what changed them."""

from campaign.creation.evidence import Evidence
from campaign.creation.history import history
from campaign.creation.stages import Stage
from campaign.creation.walk import Reached, Walk
from tests.campaign.creation.plain import (
    a_failed,
    a_fault,
    a_sheet,
    a_standard,
    a_stretch,
    a_veto,
    an_item,
    day,
    looks,
)

SEEN = looks("2024-11-01", "XF-01", "XF-02", "XF-12", "ZM-01", "ZM-06")


def told(until: str = "2024-12-20", standards=None, stages=(), **known) -> list[tuple]:
    walk = Walk(
        (
            Reached(Stage.LISTED, day("2024-10-20")),
            *(Reached(Stage(stage), day(on)) for stage, on in stages),
        )
    )
    evidence = Evidence(**({"looks": SEEN} | known))
    return [
        (str(turn.day), None if turn.score is None else float(turn.score), turn.veto, turn.en)
        for turn in history(standards or [a_standard()], evidence, walk, day(until))
    ]


LISTED = ("2024-10-20", 0.0, False, "S1 on the list; scored by standard 1")
LOOKED = (
    "2024-11-01", 40.0, False, "looked at on site (2 items, +40.00 points); score 0.00 → 40.00",
)  # fmt: skip


def test_sheets_looks_and_stages_are_told_with_what_they_made():
    assert told(
        sheets=[a_sheet("2024-11-05", goals="met", lifts="partly")],
        stages=[("S2", "2024-11-05"), ("S3", "2024-11-09")],
    ) == [
        LISTED,
        LOOKED,
        (
            "2024-11-05", 90.0, False,
            "S2 plan and duties; Self-assessment of 2024-11-05 (2 items, +50.00 points);"
            " score 40.00 → 90.00",
        ),
        ("2024-11-09", 90.0, False, "S3 rules and training"),
    ]  # fmt: skip


def test_evidence_that_runs_out_is_told_on_the_day_after_its_last():
    assert told("2025-02-15") == [
        LISTED,
        LOOKED,
        (
            "2025-01-01", 30.0, False,
            "evidence out of date (1 item, -10.00 points); score 40.00 → 30.00",
        ),
        (
            "2025-01-31", 0.0, False,
            "evidence out of date (1 item, -30.00 points); score 30.00 → 0.00",
        ),
    ]  # fmt: skip


def test_a_finding_a_re_check_that_failed_and_the_end_of_it():
    assert told(
        faults=[a_fault("XF-12", a_stretch("2024-11-10", "2024-11-20"))],
        failed=[a_failed("XF-12", a_stretch("2024-11-15", "2024-11-20"))],
    )[2:] == [
        (
            "2024-11-10", 30.0, False,
            "finding XF-12 (case 23) (1 item, -10.00 points); score 40.00 → 30.00",
        ),
        (
            "2024-11-15", 10.0, False,
            "a re-check failed (case 23) (1 item, -20.00 points); score 30.00 → 10.00",
        ),
        (
            "2024-11-20", 40.0, False,
            "finding XF-12 closed (case 23) (1 item, +30.00 points); score 10.00 → 40.00",
        ),
    ]  # fmt: skip


def test_a_veto_comes_and_goes_without_moving_the_score():
    """A danger that no item is bound to; false records until they were found to be none."""
    assert told(
        faults=[a_fault("DC-04", a_stretch("2024-11-10", "2024-11-12"), severity=1)],
        declared=[a_veto("V5", "2024-11-20", "2024-11-22")],
    )[2:] == [
        ("2024-11-10", 40.0, True, "veto: danger DC-04"),
        ("2024-11-12", 40.0, False, "veto over: danger DC-04"),
        ("2024-11-20", 40.0, True, "veto: false records (note)"),
        ("2024-11-22", 40.0, False, "veto over: false records (found to be none)"),
    ]


def test_a_veto_that_passes_by_itself_is_over_without_a_reason():
    fire = [a_veto("V4", "2024-11-10")]
    assert told("2025-12-01", declared=fire)[-1][2:] == (False, "veto over: fire")


def test_vetoes_of_one_day_are_told_in_one_order():
    """Always the same, that of the standard: else one card would say it in two ways."""
    codes = ("DC-06", "DC-02", "DC-04", "DC-01", "DC-05", "DC-03")
    faults = [a_fault(code, a_stretch("2024-11-10", "2024-11-12"), severity=1) for code in codes]
    begun, over = told(faults=faults, looks=[])[-2:]
    assert begun[3] == "; ".join(f"veto: danger {code}" for code in codes)
    assert over[3] == "; ".join(f"veto over: danger {code}" for code in codes)


def test_another_version_of_the_standard_is_told_on_its_day():
    new = a_standard(
        an_item("goals", 20), an_item("lanes", 80, "XF-01"), version="2", holds_from="2024-12-01"
    )
    assert told(standards=[a_standard(), new])[2:] == [
        (
            "2024-12-01", 80.0, False,
            "scored by standard 2 from now on; score 40.00 → 80.00",
        )
    ]  # fmt: skip


def test_days_on_which_nothing_changes_are_left_out_and_later_ones_are_not_there_yet():
    again = [*SEEN, *looks("2024-11-08", "XF-01", "ZM-01")]
    known = {"looks": again, "sheets": [a_sheet("2024-12-01", goals="met")]}
    assert told("2024-11-30", **known) == [LISTED, LOOKED]
