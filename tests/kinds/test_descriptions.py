"""A kind as published: the same years later, whatever the code has become."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from inspections import kinds
from inspections.kind import SENTENCES, Judgement, Kind, Severity
from tests.kinds.describe import described
from tests.kinds.strategies import kinds as any_kind

LANE = kinds.get("fire_lane")


@pytest.mark.slow
@given(any_kind())
def test_a_kind_survives_being_written_down(kind):
    written = json.loads(json.dumps(kind.describe()))
    back = Kind.from_description(written)
    assert back == kind
    assert back.describe() == written
    assert back.digest() == kind.digest()


def test_the_digest_does_not_hang_on_the_order_of_names_or_the_form_of_numbers():
    shuffled = dict(reversed(LANE.describe().items()))
    shuffled["due_every_days"] = float(shuffled["due_every_days"])
    assert Kind.from_description(shuffled).digest() == LANE.digest()


def test_another_word_is_another_digest():
    item = replace(LANE.items[0], zh=LANE.items[0].zh + "。")
    assert replace(LANE, items=(item, *LANE.items[1:])).digest() != LANE.digest()


def test_a_record_is_judged_by_the_wording_it_was_made_with():
    published = json.dumps(LANE.describe())
    now = replace(
        LANE,
        items=tuple(
            replace(item, retired=True) if item.code == "XF-01" else item for item in LANE.items
        ),
    )
    made_with = Kind.from_description(json.loads(published))

    answers = made_with.read({"XF-01": True})
    assert made_with.judge(answers, {}) == [Judgement("XF-01", Severity.DANGER, met=False)]
    assert "XF-01" in made_with.asks({}, {})
    assert now.digest() != made_with.digest()
    assert "XF-01" not in now.asks({}, {})
    assert now.judge(now.read({"XF-01": True}), {}) == []


def test_the_tablets_copy_is_what_the_kinds_describe():
    """tests/kinds.json is what Node judges by. Write it anew:
    python -m tests.kinds.describe > tests/kinds.json"""
    assert (Path(__file__).parent.parent / "kinds.json").read_text() == described()


def test_every_complaint_has_its_sentence():
    table = json.loads((Path(__file__).parent.parent / "rules.json").read_text())
    used = {key for row in table["reading"] for key in row.get("wrong", {}).values()}
    assert used | {"answers"} == SENTENCES.keys()
