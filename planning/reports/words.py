"""How papers and tables name what a plan is made of, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext, pgettext_lazy

from planning.models import Proposal

Told = Mapping[str, Any]

# What is told of a proposal, in this order.
ATTRIBUTES = (
    "ports",
    "bays",
    "bay_length_m",
    "bay_width_m",
    "group_bays",
    "group_length_m",
    "partitions",
    "entrances",
    "canopy",
    "cctv",
    "power",
    "level",
    "place",
    "commercial",
    "cost_yuan",
    "note",
)
MEASURES = {
    "excluded_overlap_m2": pgettext_lazy("of a rule", "within an excluded area"),
    "lane_overlap_m2": pgettext_lazy("of a rule", "on a fire lane"),
    "lane_clear_m": pgettext_lazy("of a rule", "clear width left of fire lanes"),
    "operation_area_overlap_m2": pgettext_lazy("of a rule", "on an aerial-operation area"),
    "wall_m": pgettext_lazy("of a rule", "from the nearest wall"),
    "exit_m": pgettext_lazy("of a rule", "from the nearest exit of a building"),
    "hydrant_m": pgettext_lazy("of a rule", "from the nearest hydrant"),
    "sensitive_m": pgettext_lazy("of a rule", "from the nearest sensitive place"),
    "walk_to_exit_m": pgettext_lazy("of a rule", "on foot from the nearest door"),
    "outside_estate_m2": pgettext_lazy("of a rule", "outside the estate"),
    "group_bays": pgettext_lazy("of a rule", "bays in a group"),
    "group_length_m": pgettext_lazy("of a rule", "length of a group"),
    "partitions": pgettext_lazy("of a rule", "partitions between groups"),
    "bay_length_m": pgettext_lazy("of a rule", "length of a bay"),
    "bay_width_m": pgettext_lazy("of a rule", "width of a bay"),
    "cctv_by_area_m2": pgettext_lazy("of a rule", "camera, by the area"),
    "cctv_by_bays": pgettext_lazy("of a rule", "camera, by the bays"),
    "place": pgettext_lazy("of a rule", "kind of place"),
    "level": pgettext_lazy("of a rule", "level"),
    "canopy": pgettext_lazy("of a rule", "canopy"),
    "entrances": pgettext_lazy("of a rule", "entrances"),
    "ports_per_ebike": pgettext_lazy("of a rule", "ports per e-bike of the estate"),
    "bays_per_ebike": pgettext_lazy("of a rule", "bays per e-bike of the estate"),
    "owners_vote": pgettext_lazy("of a rule", "owners' vote"),
    "gas_and_power": pgettext_lazy("of a rule", "gas and power lines"),
}
OUTCOMES = {
    "ok": pgettext_lazy("of a rule", "met"),
    "breach": pgettext_lazy("of a rule", "not met"),
    "cant_tell": pgettext_lazy("of a rule", "can't tell"),
    "not_applicable": pgettext_lazy("of a rule", "does not apply"),
}
FORCES = {
    "hard": pgettext_lazy("of a rule", "must"),
    "gate": pgettext_lazy("of a rule", "before approval"),
    "should": pgettext_lazy("of a rule", "should"),
    "note": pgettext_lazy("of a rule", "for note"),
    "score": pgettext_lazy("of a rule", "score"),
}
SURE = {
    "V": pgettext_lazy("of a rule", "read in the law"),
    "S": pgettext_lazy("of a rule", "secondary source"),
    "P": pgettext_lazy("of a rule", "the office's own"),
    "M": pgettext_lazy("of a rule", "from memory, to verify"),
}
STEPS = {
    "check": pgettext_lazy("of a step", "checked against the rules"),
    "record_vote": pgettext_lazy("of a step", "owners' vote recorded"),
    "approve": pgettext_lazy("of a step", "approved"),
    "build": pgettext_lazy("of a step", "built"),
    "open": pgettext_lazy("of a step", "opened"),
    "retire": pgettext_lazy("of a step", "retired"),
    "refuse": pgettext_lazy("of a step", "refused"),
    "reconsider": pgettext_lazy("of a step", "taken up again"),
    "take_out": pgettext_lazy("of a step", "taken out of the plan"),
    "withdraw": pgettext_lazy("of a step", "withdrawn"),
    "put_back": pgettext_lazy("of a step", "put back"),
    "restore": pgettext_lazy("of a step", "taken back into use"),
    "set_back": pgettext_lazy("of a step", "set back in the register"),
}
UNITS = {"m": "m", "m2": "m²", "count": "", "ratio": "", "": ""}
# Which way a limit holds.
_AT_MOST = frozenset(
    {
        "excluded_overlap_m2",
        "lane_overlap_m2",
        "operation_area_overlap_m2",
        "outside_estate_m2",
        "walk_to_exit_m",
        "group_bays",
        "group_length_m",
        "cctv_by_area_m2",
        "cctv_by_bays",
    }
)


def chinese() -> bool:
    return (get_language() or "").startswith("zh")


def field(name: str) -> "models.Field[Any, Any]":
    found = Proposal._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def label(name: str) -> str:
    """A field's name, with its unit."""
    return str(field(name).verbose_name)


def said(name: str, value: Any) -> str | int | float | None:
    """A field's value as people say it; None where it was not told."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    choices = dict(field(name).flatchoices)
    if value in choices:
        return str(choices[value])
    told: str | int | float = value
    return told


def sentence(verdict: Told) -> str:
    return str(verdict["zh"] if chinese() else verdict["en"])


def why(verdict: Told) -> str | None:
    """Why it can't be told, or does not apply."""
    told: str | None = verdict["why_zh" if chinese() else "why_en"]
    return told


def named_source(verdict: Told) -> str:
    return str(verdict["source_zh"] if chinese() else verdict["source_en"])


def source(verdict: Told) -> str:
    """With its date, where one is known."""
    named, on = named_source(verdict), verdict["source_on"]
    return f"{named} ({on})" if named and on else named


def measured(value: float | None, unit: str) -> str:
    if value is None:
        return "—"
    # Not told to more than the centimetre to which it was judged.
    number = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{number} {UNITS.get(unit, unit)}".strip()


def limit(verdict: Told) -> str:
    """As ≥ 3 m; a dash for what has no number."""
    if verdict["limit"] is None:
        return "—"
    sign = "≤" if verdict["measure"] in _AT_MOST else "≥"
    return f"{sign} {measured(verdict['limit'], verdict['unit'])}"
