"""Sites that were laid out by hand are judged as geometry says; the browser reads the same file in
tests/app/planning.test.js."""

import json
from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from planning.checking import Rule, judge, rule_of, site_of, surroundings_of
from planning.models import SiteRule
from tests.planning.make_vectors import FILE, written

TABLE = json.loads(FILE.read_text(encoding="utf-8"))
VECTORS = {each["name"]: each for each in TABLE["vectors"]}
RULES = {each["code"]: rule_of(each) for each in TABLE["rules"]}


def judged(vector: dict[str, Any], rules: dict[str, Rule]) -> list[dict[str, Any]]:
    """Of the rules that the vector expects something of, what it tells of them."""
    asked = [rules[each["code"]] for each in vector["expect"]]
    found = judge(site_of(vector["site"]), _around(vector["name"]), asked)
    by_code = {each.rule.code: each for each in found}
    told = []
    for each in vector["expect"]:
        verdict = by_code[each["code"]]
        told.append(
            {"code": each["code"], "verdict": verdict.outcome.value, "value": verdict.value}
            | ({"force": verdict.force.value} if "force" in each else {})
        )
    return told


@cache
def _around(name: str) -> Any:
    return surroundings_of(VECTORS[name]["around"])


@pytest.mark.parametrize("name", VECTORS)
def test_a_site_is_judged_as_geometry_says(name):
    assert judged(VECTORS[name], RULES) == VECTORS[name]["expect"]


def test_the_file_is_what_its_maker_writes():
    assert FILE.read_text(encoding="utf-8") == written()


@pytest.mark.django_db
def test_the_rules_of_the_file_are_those_of_the_office():
    told = [{**row.told()} for row in SiteRule.objects.order_by("code")]
    for each in told:
        del each["since"]
    assert told == sorted(TABLE["rules"], key=lambda each: each["code"])


def test_every_rule_has_its_vectors():
    assert {each["code"] for vector in VECTORS.values() for each in vector["expect"]} == set(RULES)


def _changed() -> list[tuple[str, Rule]]:
    """Every rule with each of its numbers a hundredth, or one, up and down."""
    changed = []
    for code, rule in RULES.items():
        for by in (-1, 1):
            if rule.limit is not None:
                step = 1 if rule.unit == "count" else 0.01
                changed.append((code, replace(rule, limit=round(rule.limit + by * step, 2))))
            if rule.above_bays is not None:
                changed.append((code, replace(rule, above_bays=rule.above_bays + by)))
            for each in rule.steps:
                steps = (replace(each, below=(each.below or 0) + by * 0.01),)
                changed.append((code, replace(rule, steps=steps)))
    return changed


@pytest.mark.parametrize(("code", "rule"), _changed(), ids=lambda each: str(each)[:40])
def test_another_limit_on_this_side_alone_does_not_go_unnoticed(code, rule):
    vectors = _by_code()[code]
    assert any(judged(each, RULES | {code: rule}) != each["expect"] for each in vectors)


@cache
def _by_code() -> dict[str, list[dict[str, Any]]]:
    by_code = defaultdict(list)
    for vector in VECTORS.values():
        for each in vector["expect"]:
            by_code[each["code"]].append(vector)
    return by_code
