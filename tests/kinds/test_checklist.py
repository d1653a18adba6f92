"""The office's 58 items, against a copy of its own list; and those that stand in its notice."""

import csv
from pathlib import Path

import pytest

from inspections import kinds
from inspections.kind import Evidence, Force, Measures

with (Path(__file__).parent / "checklist.csv").open(encoding="utf-8", newline="") as file:
    LIST = list(csv.DictReader(file))

ITEMS = {item.code: item for kind in kinds.all() for item in kind.items}


def codes(*numbers: str) -> set[str]:
    return set(" ".join(numbers).split())


def test_the_items_are_the_offices_58_word_for_word():
    assert [
        {
            "code": item.code,
            "severity": str(item.severity.value),
            "sure": item.sure.value,
            "zh": item.zh,
            "en": item.en,
        }
        for slug in ("fire_lane", "ebike_charging", "lighting")
        for item in kinds.get(slug).items
    ] == LIST
    assert len(LIST) == 58


def test_each_kind_has_its_items_and_looks_at_its_asset():
    assert {
        kind.slug: (kind.asset, kind.items[0].code[:2], len(kind.items)) for kind in kinds.all()
    } == {
        "fire_lane": ("lane", "XF", 20),
        "ebike_charging": ("charging_site", "DC", 23),
        "lighting": ("light", "ZM", 15),
        "environment": (None, "HJ", 11),
    }


def test_several_measures_stand_under_one_code():
    several = {code for code, item in ITEMS.items() if isinstance(item.answer, Measures)}
    assert several == codes("XF-09 XF-11 DC-07 DC-11 DC-12 DC-13 ZM-11")


def test_only_three_items_recommend():
    should = {c for c, item in ITEMS.items() if item.force == Force.SHOULD}
    assert should == codes("XF-06 XF-07 HJ-11")


def test_what_is_remembered_or_proposed_is_never_printed():
    unprinted = {code for code, item in ITEMS.items() if not item.printable_basis}
    assert unprinted == {row["code"] for row in LIST if row["sure"] in "MP"} | {"HJ-10"}


def test_what_is_asked_of_the_environment_stands_in_action_7_of_the_notice():
    notice = (Path(__file__).parents[1] / "campaign" / "notice.txt").read_text(encoding="utf-8")
    action = notice.partition("(七)")[2].partition("(八)")[0]
    quoted = {
        item.code: item.basis_zh.partition("“")[2].rstrip("”")
        for item in kinds.get("environment").items
        if item.printable_basis
    }
    assert len(quoted) == 10
    assert {code for code, words in quoted.items() if not words or words not in action} == set()


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_every_item_says_in_both_languages_what_to_take_and_on_what_it_rests(item):
    assert all([item.evidence_zh, item.evidence_en, item.basis_zh, item.basis_en])


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_no_printed_basis_says_from_memory(item):
    assert not any(word in item.printable_basis for word in ("待核实", "记忆", "S-", "V-"))


def test_what_the_tablet_asks_to_be_shown_is_what_the_words_say():
    marked = {
        mark: {code for code, item in ITEMS.items() if item.evidence == mark} for mark in Evidence
    }
    assert marked[Evidence.WIDE_AND_CLOSE] == codes("XF-01 XF-02")
    assert marked[Evidence.PHOTO_OR_VIDEO] == codes("XF-15")
    assert marked[Evidence.VIDEO] == codes("ZM-03")
    assert marked[Evidence.NONE] == codes("XF-05 XF-06 XF-11 DC-06 DC-07 DC-09 DC-10")
    assert all("photo" in ITEMS[code].evidence_en for code in marked[Evidence.PHOTO])


def test_nobody_is_told_to_photograph_inside_a_flat():
    assert ITEMS["DC-06"].evidence_zh == "只附投诉文字或门外照片;严禁拍摄住户室内"
    assert "NEVER photograph inside a flat" in ITEMS["DC-06"].evidence_en
