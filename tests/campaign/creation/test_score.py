"""Scores reckoned by hand: what earns, what does not apply, what runs out, and what vetoes."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest

from campaign.creation.evidence import Evidence, Grade, Look
from campaign.creation.score import of_sheet, score
from campaign.creation.standard import in_force
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

# Goals met, lifts partly; lanes and lamps looked at and in order: 40 + 10 + 30 + 10 of 100.
SEEN = looks("2024-11-01", "XF-01", "XF-02", "XF-12", "ZM-01", "ZM-06")
GOOD = Evidence(looks=SEEN, sheets=[a_sheet("2024-11-05", goals="met", lifts="partly")])


def with_(**more) -> Evidence:
    told = {name: getattr(GOOD, name) for name in ("looks", "sheets")}
    return Evidence(**(told | more))


def told(known: Evidence, on: str = "2024-11-20") -> tuple:
    """Earned, applicable, score; states in the order of the items."""
    scored = score(a_standard(), known, day(on))
    states = [each.state.value for each in scored.items]
    return scored.earned, scored.applicable, scored.score, states


def test_what_is_met_earns_all_and_what_is_partly_met_half():
    assert told(GOOD) == (90, 100, 90, ["met", "partly", "met", "met"])


def test_of_what_nobody_graded_or_looked_at_nothing_is_earned():
    assert told(Evidence()) == (0, 100, 0, ["never"] * 4)


def test_what_does_not_apply_drops_out_and_the_rest_is_scaled_to_a_hundred():
    # 40 + 30 + 10 = 80 of the 80 that apply.
    no_lifts = with_(sheets=[a_sheet("2024-11-05", goals="met", lifts="na")])
    assert told(no_lifts) == (80, 80, 100, ["met", "na", "met", "met"])
    # 20 + 30 + 10 = 60 of 80.
    partly = with_(sheets=[a_sheet("2024-11-05", goals="partly", lifts="na")])
    assert told(partly) == (60, 80, 75, ["partly", "na", "met", "met"])


def test_a_score_is_told_to_two_decimals_and_that_is_what_must_reach_the_mark():
    # A third of the lanes is lost: 40 + 20 = 60 of 70.
    known = Evidence(
        looks=looks("2024-11-01", "XF-01", "XF-02", "XF-12"),
        sheets=[a_sheet("2024-11-05", goals="met", lifts="na")],
        faults=[a_fault("XF-12", a_stretch("2024-11-01"), severity=3)],
    )
    standard = a_standard(
        an_item("goals", 40), an_item("lifts", 30, na=True),
        an_item("lanes", 30, "XF-01", "XF-02", "XF-12"),
    )  # fmt: skip
    scored = score(standard, known, day("2024-11-20"))
    assert (scored.earned, scored.applicable, scored.score) == (60, 70, Fraction("85.71"))


def test_each_code_with_an_open_finding_loses_its_share_of_the_item():
    one = with_(faults=[a_fault("XF-12", a_stretch("2024-11-10"))])
    assert told(one) == (80, 100, 80, ["met", "partly", "partly", "met"])
    two = with_(faults=[*one.faults, a_fault("XF-02", a_stretch("2024-11-12"))])
    assert told(two) == (70, 100, 70, ["met", "partly", "partly", "met"])
    # Two findings of one code cost no more than one.
    again = with_(faults=[*one.faults, a_fault("XF-12", a_stretch("2024-11-11"))])
    assert told(again)[0] == 80


def test_a_finding_costs_until_the_day_it_is_closed_and_again_when_it_is_opened_again():
    fault = a_fault("XF-12", a_stretch("2024-11-10", "2024-11-14"), a_stretch("2024-11-18"))
    known = with_(faults=[fault])
    scores = {on: told(known, on)[0] for on in ("2024-11-09", "2024-11-10", "2024-11-13")}
    assert scores == {"2024-11-09": 90, "2024-11-10": 80, "2024-11-13": 80}
    scores = {on: told(known, on)[0] for on in ("2024-11-14", "2024-11-17", "2024-11-18")}
    assert scores == {"2024-11-14": 90, "2024-11-17": 90, "2024-11-18": 80}


def test_codes_that_were_said_not_to_apply_drop_out_of_their_item():
    # Of two codes in play one is faulty: half of the 30.
    looked = [*SEEN, *looks("2024-11-02", "XF-12", applies=False)]
    known = with_(looks=looked, faults=[a_fault("XF-02", a_stretch("2024-11-10"))])
    assert told(known)[0] == 75
    # Where none is left, so does the item: 40 + 10 + 10 of 70.
    none = looks("2024-11-02", "XF-01", "XF-02", "XF-12", applies=False)
    assert told(with_(looks=[*SEEN, *none])) == (
        60, 70, Fraction("85.71"), ["met", "partly", "na", "met"],
    )  # fmt: skip


def test_what_does_not_apply_to_one_lamp_may_apply_to_the_next():
    other = looks("2024-11-02", "ZM-01", "ZM-06", applies=False, of_asset=True)
    assert told(with_(looks=[*SEEN, *other]))[3] == ["met", "partly", "met", "met"]


def test_codes_that_were_not_asked_there_cost_nothing():
    known = with_(looks=looks("2024-11-01", "XF-01", "ZM-01"))
    assert told(known) == (90, 100, 90, ["met", "partly", "met", "met"])


def test_a_failed_re_check_takes_the_whole_item_until_the_case_is_over():
    known = with_(
        faults=[a_fault("XF-12", a_stretch("2024-11-10", "2024-11-20"))],
        failed=[a_failed("XF-12", a_stretch("2024-11-15", "2024-11-20"))],
    )
    days = ("2024-11-14", "2024-11-15", "2024-11-19", "2024-11-20")
    assert [told(known, on)[0] for on in days] == [80, 60, 60, 90]


def test_evidence_counts_to_its_last_day_and_no_longer():
    """Lamps count for 60 days after 1 November, lanes for 90; lifts for 180 after the 5th."""
    days = ("2024-12-31", "2025-01-01", "2025-01-30", "2025-01-31", "2025-05-04", "2025-05-05")
    assert [(on, told(GOOD, on)[0], told(GOOD, on)[3]) for on in days] == [
        ("2024-12-31", 90, ["met", "partly", "met", "met"]),
        ("2025-01-01", 80, ["met", "partly", "met", "expired"]),
        ("2025-01-30", 80, ["met", "partly", "met", "expired"]),
        ("2025-01-31", 50, ["met", "partly", "expired", "expired"]),
        ("2025-05-04", 50, ["met", "partly", "expired", "expired"]),
        ("2025-05-05", 40, ["met", "expired", "expired", "expired"]),
    ]
    lamps = score(a_standard(), GOOD, day("2025-01-01")).items[3]
    assert (lamps.expires_on, lamps.applicable) == (day("2024-12-31"), 10)


def test_of_two_looks_of_one_day_the_same_is_named_in_whatever_order_they_are_read():
    twice = [Look("XF-01", day("2024-11-01"), True, False, UUID(int=n)) for n in (1, 2)]
    for read in (twice, twice[::-1]):
        lanes = score(a_standard(), with_(looks=read), day("2024-11-20")).items[2]
        assert [each.id for each in lanes.why] == [UUID(int=2)]


def test_whoever_looks_again_makes_it_count_again():
    again = with_(looks=[*SEEN, *looks("2025-01-10", "ZM-01")])
    assert told(again, "2025-01-09")[3][3] == "expired"
    assert told(again, "2025-01-10")[3][3] == "met"


def test_the_newest_sheet_that_grades_an_item_counts_whatever_its_form():
    sheets = [
        a_sheet("2024-11-05", goals="met", lifts="met"),
        a_sheet("2024-11-12", "review", goals="unmet"),
        a_sheet("2024-11-18", "recheck", goals="partly"),
    ]
    known = with_(sheets=sheets)
    days = ("2024-11-11", "2024-11-12", "2024-11-18")
    assert [told(known, on)[0] for on in days] == [100, 60, 80]
    why = score(a_standard(), known, day("2024-11-18")).items[0].why
    assert [(each.what.value, each.code, each.day) for each in why] == [
        ("sheet", "recheck", day("2024-11-18"))
    ]


def test_nothing_of_a_later_day_is_there_yet():
    later = with_(
        looks=[*SEEN, *looks("2024-11-25", "XF-01", applies=False)],
        sheets=[*GOOD.sheets, a_sheet("2024-11-26", goals="unmet")],
        faults=[a_fault("XF-01", a_stretch("2024-11-27"), severity=1)],
        declared=[a_veto("V5", "2024-11-28")],
    )
    assert told(later) == told(GOOD)
    assert score(a_standard(), later, day("2024-11-20")).passes


@pytest.mark.parametrize(
    ("fault", "vetoes"),
    [
        (a_fault("XF-01", a_stretch("2024-11-10"), severity=1), ["V1"]),
        (a_fault("DC-04", a_stretch("2024-11-10"), severity=1), ["V1"]),
        (a_fault("XF-18", a_stretch("2024-11-10"), severity=2), ["V3"]),
        (a_fault("XF-12", a_stretch("2024-11-10"), severity=2), []),
        (a_fault("XF-01", a_stretch("2024-11-10", "2024-11-20"), severity=1), []),
    ],
)
def test_an_open_danger_vetoes_whatever_the_score(fault, vetoes):
    scored = score(a_standard(), with_(faults=[fault]), day("2024-11-20"))
    assert [each.veto.code for each in scored.vetoes] == vetoes
    assert scored.score >= 60
    assert scored.passes == (not vetoes)


def test_a_fire_vetoes_for_a_year_and_false_records_until_it_is_lifted():
    known = with_(declared=[a_veto("V4", "2023-11-21"), a_veto("V5", "2024-11-10", "2024-11-15")])
    days = ("2024-11-09", "2024-11-10", "2024-11-14", "2024-11-15", "2024-11-20", "2024-11-21")
    assert {
        on: [each.veto.code for each in score(a_standard(), known, day(on)).vetoes] for on in days
    } == {
        "2024-11-09": ["V4"],
        "2024-11-10": ["V4", "V5"],
        "2024-11-14": ["V4", "V5"],
        "2024-11-15": ["V4"],
        "2024-11-20": ["V4"],
        "2024-11-21": [],
    }


def test_weights_that_change_in_mid_year_hold_from_their_day_and_the_past_keeps_its_own():
    """From 1 December goals are worth 10 and lanes 60; a sheet of the old version is read on."""
    new = a_standard(
        an_item("goals", 10, lasts=365), an_item("lifts", 20, lasts=180, na=True),
        an_item("lanes", 60, "XF-01", "XF-02", "XF-12"), an_item("lamps", 10, "ZM-01", lasts=60),
        version="2", holds_from="2024-12-01",
    )  # fmt: skip
    both = [a_standard(), new]
    known = with_(sheets=[a_sheet("2024-11-05", goals="unmet", lifts="met")])

    def on(told: str) -> tuple:
        standard = in_force(both, day(told))
        scored = score(standard, known, day(told))
        return standard.version, scored.score

    assert on("2024-11-30") == ("1", 60)  # 0 + 20 + 30 + 10
    assert on("2024-12-01") == ("2", 90)  # 0 + 20 + 60 + 10
    assert on("2024-11-30") == ("1", 60)
    assert in_force(both, date(2023, 12, 31)) is None


def test_an_item_that_a_new_version_has_no_more_is_not_asked_and_a_new_one_was_never_graded():
    new = a_standard(an_item("goals", 50), an_item("drills", 50), version="2")
    scored = score(new, GOOD, day("2024-11-20"))
    assert [(each.item.code, each.state.value) for each in scored.items] == [
        ("goals", "met"),
        ("drills", "never"),
    ]
    assert scored.score == 50


def test_a_sheet_by_itself_is_scored_by_what_it_asks():
    # 40 of 60; without lifts, 40 of 40; what is left open earned nothing.
    standard = a_standard()
    met = Grade.MET
    assert of_sheet(standard, {"goals": met, "lifts": Grade.UNMET}) == Fraction("66.67")
    assert of_sheet(standard, {"goals": met, "lifts": Grade.NA}) == 100
    assert of_sheet(standard, {"lifts": met}) == Fraction("33.33")


def test_a_day_without_end_has_a_score_too():
    """However long ago: everything has run out."""
    assert told(GOOD, str(day("2024-11-05") + timedelta(days=3000)))[:3] == (0, 100, 0)
