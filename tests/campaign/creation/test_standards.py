"""The scoring standard is a file: published once, and followed by another."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from campaign.creation.standard import Standard as Described
from campaign.models import Standard
from campaign.services.loading import BUILT_IN
from inspections import kinds
from tests.campaign.creation import sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("notice", "in_english")]

FILE = next(each for each in BUILT_IN if each.stem == "standards")
# DOMAIN §3.
WEIGHTS = {
    "C1": 10, "C2": 8, "C3": 8, "C4a": 12, "C4b": 10, "C4c": 10, "C4d": 6, "C4e": 6, "C4f": 4,
    "C5": 12, "C6": 8, "C7": 3, "C8": 3,
}  # fmt: skip


def published(version: str = "2024-1") -> Described:
    return Standard.objects.get(version=version).described


def test_the_built_in_standard_has_the_weights_and_vetoes_of_the_notes():
    told = published()
    assert {each.code: each.weight for each in told.categories} == WEIGHTS
    assert (told.pass_mark, str(told.holds_from)) == (60, "2024-01-01")
    assert {each.code: (each.rule.value, each.codes) for each in told.vetoes} == {
        "V1": ("danger", ()),
        "V2": ("finding", ("XF-02",)),
        "V3": ("finding", ("XF-17",)),
        "V4": ("declared", ()),
        "V5": ("declared", ()),
    }
    assert {kind.slug for kind in kinds.all() for item in kind.items} == {
        kind.slug for kind in kinds.all() for item in kind.items if item.code in told.bound_codes
    }, "every kind of inspection moves the score"


def test_what_was_described_is_read_again_as_it_was():
    told = published()
    assert Described.from_description(told.describe()) == told


def load(tmp_path: Path, *changes: tuple[str, str]) -> None:
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file = tmp_path / "standard.csv"
    file.write_text(text, encoding="utf-8")
    call_command("load_actions", file)


NEXT = (("standard,2024-1,", "standard,2024-2,"), (",2024-01-01,60", ",2024-12-01,70"))


def test_a_version_is_loaded_once_and_again_is_harmless(tmp_path):
    load(tmp_path)
    load(tmp_path, *NEXT)
    load(tmp_path, *NEXT)
    assert [row.version for row in Standard.objects.all()] == ["2024-1", "2024-2"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([*NEXT, (",4,XF-17,", ",5,XF-17,")], "line 2: the points are 101.0 together, not 100"),
        ([*NEXT, ("XF-17,90", "XF-99,90")], "no inspection asks XF-99"),
        ([*NEXT, ("item,C1-02,", "item,C1-01,")], "C1-01 stands there twice"),
        ([*NEXT, (",4,XF-17,90,", ",4,XF-17,,")], "lasts_days is needed"),
        ([*NEXT, (",declared,", ",rumour,")], "rule must be one of danger, finding, declared"),
        ([*NEXT, ("veto,V5", "item,V5")], "points is needed"),
        ([NEXT[0], (",2024-01-01,60", ",2024-12-01,600")], "line 2: the pass mark is at most 100"),
        (
            [*NEXT, ("veto,V5,", "veto,FALSE-RECORDS,")],
            "the code of a veto has at most 10 characters",
        ),
        ([*NEXT, (",danger,", ",declared,")], "an open finding of severity 1 must be a veto"),
    ],
)
def test_a_file_that_does_not_add_up_is_named_and_not_loaded(tmp_path, changes, said):
    with pytest.raises(CommandError, match=said.replace("(", r"\(")):
        load(tmp_path, *changes)
    assert Standard.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([(",60\n", ",65\n")], "version 2024-1 was published with other content"),
        (
            [("standard,2024-1,", "standard,2023-9,")],
            "version 2024-1 holds from 2024-01-01 already",
        ),
    ],
)
def test_what_was_published_stays_and_that_is_said(tmp_path, capsys, changes, said):
    """Not refused: the built-in file is read at every start, whatever the office published."""
    load(tmp_path, *changes)
    assert f"stays: standard.csv: {said}" in capsys.readouterr().out
    assert [(row.version, row.described.pass_mark) for row in Standard.objects.all()] == [
        ("2024-1", 60)
    ]


def test_a_published_version_never_changes():
    row = Standard.objects.get()
    for change in (lambda: Standard.objects.update(holds_from="2025-01-01"), row.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_new_version_holds_from_its_day_and_old_sheets_are_read_on(tmp_path, as_user, estate):
    """From 1 December the appointment (C1-02) is worth 5 of 100, and goals (C1-01) 1."""
    row = sent.enrolled(as_user("clerk"), estate)
    sheet = sent.a_sheet(row, day="2024-11-20", C1_01="met", C1_02="met")
    assert sent.fill(as_user("officer"), sheet).status_code == 201
    load(
        tmp_path,
        *NEXT,
        ('"A responsible person, and a list of duties for each post",4,',
         '"A responsible person, and a list of duties for each post",5,'),
        ("Safety goals and a plan for the year,2,", "Safety goals and a plan for the year,1,"),
    )  # fmt: skip
    leader = as_user("leader")
    before, after = sent.card(leader, row, "2024-11-30"), sent.card(leader, row, "2024-12-01")
    assert [(each["version"], each["earned"], each["pass_mark"]) for each in (before, after)] == [
        ("2024-1", 6.0, 60.0),
        ("2024-2", 6.0, 70.0),
    ]
    items = [(sent.item(each, "C1-01")["earned"], sent.item(each, "C1-02")["earned"])
             for each in (before, after)]  # fmt: skip
    assert items == [(2.0, 4.0), (1.0, 5.0)]
    assert [each["version"] for each in after["sheets"]] == ["2024-1"]
    assert after["history"][-1]["en"] == "scored by standard 2024-2 from now on"
    # A tablet that was away fills in the version that it has.
    assert sent.fill(as_user("officer"), sheet | {"day": "2024-12-02"}).status_code == 201
    unknown = sent.fill(as_user("officer"), sheet | {"standard": "2023-1"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "standard_not_found")


def test_a_sheet_grades_only_what_its_version_asks(as_user, estate):
    row = sent.enrolled(as_user("clerk"), estate)
    reply = sent.fill(
        as_user("officer"), sent.a_sheet(row, C4b_01="met", C1_01="na", C4d_01="na", C2_01="good")
    )
    assert (reply.status_code, reply.json()["details"]) == (
        400,
        {
            "fields": {
                "answers.C4b-01.grade": "Sheets of this version do not ask this.",
                "answers.C1-01.grade": "This applies to every estate.",
                "answers.C2-01.grade": "One of met, partly, unmet, na.",
            }
        },
    )
    early = sent.fill(as_user("officer"), sent.a_sheet(row, day="2024-11-07", C1_01="met"))
    assert early.json()["details"] == {"fields": {"day": "The estate was not on the list yet."}}
