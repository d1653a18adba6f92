"""The table that Python and JavaScript both judge by."""

import json
import math
from dataclasses import asdict
from pathlib import Path

import pytest

from inspections import kinds
from inspections.kind import Kind, WrongAnswers

TABLE = json.loads((Path(__file__).parent.parent / "rules.json").read_text())
KINDS = {kind.slug: kind for kind in kinds.all()} | {
    "made_up": Kind.from_description(TABLE["made_up"])
}


def rows(name: str):
    return pytest.mark.parametrize("row", TABLE[name], ids=lambda row: row["says"])


@rows("judging")
def test_judging(row):
    kind = KINDS[row["kind"]]
    judged = {each.code: each for each in kind.judge(kind.read(row["answers"]), row["facts"])}
    assert {
        code: {name: value for name, value in asdict(each).items() if name != "code"}
        for code, each in judged.items()
    } == row["judged"]
    assert list(judged) == [item.code for item in kind.items if item.code in row["judged"]]


@rows("asking")
def test_asking(row):
    kind = KINDS[row["kind"]]
    asked = kind.asks(kind.read(row["answers"]), row["facts"])
    assert set(row["asked"]) <= set(asked)
    assert not set(row["not_asked"]) & set(asked)


@rows("reading")
def test_reading(row):
    kind = KINDS[row["kind"]]
    if "wrong" in row:
        with pytest.raises(WrongAnswers) as refused:
            kind.read(row["sent"])
        assert refused.value.items == row["wrong"]
    else:
        assert json.dumps(kind.read(row["sent"])) == json.dumps(row["answers"])


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_word_for_is_no_number(number):
    with pytest.raises(WrongAnswers) as refused:
        KINDS["fire_lane"].read({"XF-03": number})
    assert refused.value.items == {"XF-03": "number"}


def test_a_number_of_four_hundred_digits_is_out_of_range():
    with pytest.raises(WrongAnswers) as refused:
        KINDS["fire_lane"].read({"XF-03": 10**400, "XF-09": {"length_m": 10**400, "width_m": 1}})
    assert refused.value.items == {"XF-03": "out_of_range", "XF-09": "out_of_range"}


@pytest.mark.parametrize("sent", [None, [], "XF-01", 1, True])
def test_answers_come_as_an_object(sent):
    with pytest.raises(WrongAnswers) as refused:
        KINDS["fire_lane"].read(sent)
    assert refused.value.items == {"answers": "answers"}


def test_the_table_tries_every_item_as_a_fault_and_as_none():
    tried = {
        (code, judged["met"]) for row in TABLE["judging"] for code, judged in row["judged"].items()
    }
    items = [item for kind in kinds.all() for item in kind.items]
    assert {(item.code, met) for item in items for met in (True, False)} <= tried
