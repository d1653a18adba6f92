"""What stands in the folder is registered; what makes no sense is refused."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from textwrap import dedent

import pytest

from inspections import kinds
from inspections.kind import (
    AnswerTo,
    AtLeast,
    Choice,
    Fact,
    Is,
    Item,
    Judgement,
    Kind,
    Measure,
    Measures,
    MustBe,
    NoFault,
    Number,
    Option,
    Ratio,
    Severity,
)

FOURTH = Path(__file__).parent / "fourth"


@pytest.fixture
def with_folder(monkeypatch):
    """Adds a folder of kinds for as long as the test runs."""

    def add(folder: Path) -> None:
        monkeypatch.setattr(kinds, "__path__", [*kinds.__path__, str(folder)])

    return add


def test_another_kind_is_one_file_in_a_folder(with_folder):
    before = kinds.choices()
    with_folder(FOURTH)
    manhole = kinds.get("manhole")

    assert kinds.choices() == [*before, ("manhole", "井盖")]
    assert Kind.from_description(manhole.describe()) == manhole
    assert manhole.judge(manhole.read({"JG-01": False, "JG-02": 1.6}), {}) == [
        Judgement("JG-01", Severity.DANGER, met=True),
        Judgement("JG-02", Severity.ORDINARY, met=False),
    ]


def test_the_example_that_newcomers_read_is_that_file():
    read = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert f"```python\n{(FOURTH / 'manhole.py').read_text(encoding='utf-8')}```" in read


def test_it_is_gone_with_its_folder():
    slugs = ["ebike_charging", "environment", "fire_lane", "lighting"]
    assert [slug for slug, _ in kinds.choices()] == slugs
    with pytest.raises(KeyError):
        kinds.get("manhole")


@pytest.mark.parametrize(
    ("name", "change", "complaint"),
    [
        ("same_slug", 'slug="fire_lane"', "two kinds are called fire_lane"),
        ("same_code", 'slug="copy"', "XF-01 stands in .* and in "),
    ],
)
def test_two_kinds_share_no_slug_and_no_code(with_folder, tmp_path, name, change, complaint):
    (tmp_path / f"{name}.py").write_text(
        dedent(f"""\
            from dataclasses import replace

            from inspections.kinds import fire_lane

            KIND = replace(fire_lane.KIND, {change})
            """)
    )
    with_folder(tmp_path)
    with pytest.raises(ValueError, match=complaint):
        kinds.all()


LANE = kinds.get("fire_lane")
WIDTH = LANE.item("XF-03")
LINE = LANE.item("XF-12")
TURN = LANE.item("XF-09")


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: replace(LANE, items=(WIDTH, WIDTH)), "XF-03 stands here twice"),
        (lambda: replace(LANE, slug="Fire lane"), "no slug"),
        (lambda: replace(LANE, due_every=timedelta(hours=12)), "whole days"),
        (lambda: replace(LANE, due_every=timedelta(0)), "whole days"),
        (lambda: replace(WIDTH, code="XF03"), "no code"),
        (lambda: replace(WIDTH, rules=(MustBe(False),)), "can't judge its answer"),
        (lambda: replace(WIDTH, rules=(AtLeast(4, of="width_m"),)), "can't judge its answer"),
        (lambda: replace(LINE, rules=(AtLeast(4),)), "can't judge its answer"),
        (lambda: replace(TURN, rules=(AtLeast(12),)), "can't judge its answer"),
        (lambda: replace(TURN, rules=(AtLeast(1, of=Ratio("a", "b")),)), "can't judge its answer"),
        (lambda: replace(LANE.item("XF-01"), rules=(NoFault(),)), "can't judge its answer"),
        (lambda: Choice((Option("a", "", ""), Option("a", "", ""))), "a stands here twice"),
        (lambda: Choice((Option("not_applicable", "", ""),)), "not_applicable stands here twice"),
        (lambda: Measures((Measure("a", "", "", Number("m", 0, 1)),) * 2), "a stands here twice"),
        (lambda: Fact("moon"), "not a fact"),
        (
            lambda: replace(
                LANE, items=(replace(WIDTH, only_if=Is(AnswerTo("XF-12"), "ok")), LINE)
            ),
            "XF-03 depends on XF-12, not asked before it",
        ),
    ],
)
def test_a_kind_that_makes_no_sense_is_refused_where_it_is_written(make, complaint):
    with pytest.raises(ValueError, match=complaint):
        make()


def test_a_kind_is_never_changed():
    with pytest.raises(AttributeError):
        LANE.slug = "other"
    assert not hasattr(LANE, "__dict__")
    assert not hasattr(WIDTH, "__dict__")
    assert isinstance(WIDTH, Item)
