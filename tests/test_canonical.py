"""Equal content has one form, however it is written; other content has another."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.services import content

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.booleans() | numbers | text | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=12,
)
contents = st.dictionaries(text, values, max_size=5)


def written(value, shuffle) -> str:
    """The same JSON as another program might write it."""
    if isinstance(value, dict):
        members = [
            f"{json.dumps(name)} : {written(value[name], shuffle)}" for name in shuffle(value)
        ]
        return "{ " + ",\n".join(members) + "}"
    if isinstance(value, list):
        return "[" + " , ".join(written(each, shuffle) for each in value) + "]"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value}.0"
    return json.dumps(value)


@given(contents, st.randoms(use_true_random=False))
def test_however_it_is_written(sent, random):
    plain = json.dumps(sent, ensure_ascii=False).encode()
    other = written(sent, lambda names: random.sample(list(names), len(names))).encode()
    assert content.read(plain) == content.read(other)


@given(contents)
def test_what_is_canonical_stays_as_it_is(sent):
    read, canonical = content.read(json.dumps(sent).encode())
    assert content.read(canonical) == (read, canonical)
    assert content.canonical(read) == canonical


def told(value):
    """What a reader of JSON tells apart: 4 is 4.0, but 1 is not true."""
    if isinstance(value, dict):
        return {name: told(each) for name, each in value.items()}
    if isinstance(value, list):
        return [told(each) for each in value]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return ("number", float(value)) if number else (type(value).__name__, value)


@given(contents, contents)
def test_two_contents_have_one_form_only_if_they_are_equal(one, other):
    given = [
        told({name: each for name, each in sent.items() if each is not None})
        for sent in (one, other)
    ]
    forms = [content.read(json.dumps(sent).encode())[1] for sent in (one, other)]
    assert (forms[0] == forms[1]) is (given[0] == given[1])


TABLE = json.loads((Path(__file__).parent / "canonical.json").read_text())


@pytest.mark.parametrize("line", TABLE, ids=[line["says"] for line in TABLE])
def test_as_the_tablet_has_it(line):
    """tests/app/canonical.test.js reads the same table."""
    _, form = content.read(line["sent"].encode())
    assert form.decode() == line["canonical"]


def test_an_instant_is_one_whatever_its_offset_and_digits():
    times = [
        "2024-11-30T09:30:00+08:00",
        "2024-11-30T01:30:00Z",
        "2024-11-30T01:30:00.000Z",
        "2024-11-29T17:30-08:00",
    ]
    forms = {content.read(json.dumps({"recorded_at": each}).encode())[1] for each in times}
    assert forms == {b'{"recorded_at":"2024-11-30T01:30:00Z"}'}


def test_a_time_that_is_none_stays_what_was_written():
    for each in ("2024-11-30T09:30:00", "yesterday", "0001-01-01T00:00:00Z", 5):
        read, _ = content.read(json.dumps({"recorded_at": each}).encode())
        assert read == {"recorded_at": each}
