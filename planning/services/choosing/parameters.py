"""What may be asked of a selection, and what holds where nothing is said."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from inspections.services.fields import BIGGEST_ID
from planning.selection import Model, Terms
from planning.services.fields import MOST_COUNTED, MOST_YUAN, Reading

# Ours, each a choice of the planner (P).
UNSAID: dict[str, Any] = {
    "number": None,
    "budget_yuan": None,
    "radius_m": 150.0,
    "capacitated": True,
    "one_per_estate": False,
    "spacing_m": 0.0,
    "forced": [],
    "forbidden": [],
    "admitted": [],
    "several": [],
    "ports_at": {},
    "communities": [],
    "grid_m": 25.0,
    "ports": 20,
    "bays": 20,
    "cost_yuan": 0,
    "by_price": False,
    "since": None,
    "until": None,
    "seconds": 60.0,
    "gap": 0.0,
    "curve_to": 0,
}
_MOST_METRES = 5_000.0
_MOST_SECONDS = 300.0
_MOST_SITES = 500
_LEAST_GRID_M = 5.0
_MOST_PORTS_AT = 5_000


def read(reading: Reading, model: str) -> dict[str, Any]:
    """All of them, those unsaid as they hold; what is wrong stands in the reading."""
    reading.nothing_else(UNSAID)
    told = reading.content
    values: dict[str, Any] = dict(UNSAID)
    for name, most in (("number", _MOST_SITES), ("curve_to", 50)):
        if told.get(name) is not None:
            values[name] = reading.count(name, most=most)
    for name in ("ports", "bays"):
        if told.get(name) is not None:
            values[name] = reading.whole(name, most=MOST_COUNTED)
    for name in ("budget_yuan", "cost_yuan"):
        if told.get(name) is not None:
            values[name] = reading.count(name, most=MOST_YUAN)
    for name, most_float in (
        ("radius_m", _MOST_METRES),
        ("spacing_m", _MOST_METRES),
        ("grid_m", _MOST_METRES),
        ("seconds", _MOST_SECONDS),
        ("gap", 1.0),
    ):
        if told.get(name) is not None:
            values[name] = reading.number(name, most=most_float)
    for name in ("capacitated", "one_per_estate", "by_price"):
        if told.get(name) is not None:
            values[name] = bool(reading.yes_or_no(name))
    for name in ("forced", "forbidden", "admitted"):
        values[name] = _ids(reading, name)
    for name in ("communities", "several"):
        values[name] = _numbers(reading, name)
    for name in ("since", "until"):
        values[name] = _day(reading, name)
    values["ports_at"] = _ports(reading, "ports_at")
    if not reading.wrong:
        _together(reading, model, values)
    return values


def terms(model: str, values: dict[str, Any]) -> Terms:
    median = model == Model.PMEDIAN
    return Terms(
        Model(model),
        number=values["number"],
        budget=values["budget_yuan"],
        radius=None if median else values["radius_m"],
        by_price=values["by_price"],
        capacitated=values["capacitated"],
        one_per_group=values["one_per_estate"],
        spacing=values["spacing_m"],
        forced=frozenset(values["forced"]),
        forbidden=frozenset(values["forbidden"]),
        admitted=frozenset(values["admitted"]),
        several=frozenset(values["several"]),
        seconds=values["seconds"],
        gap=values["gap"],
    )


def _together(reading: Reading, model: str, values: dict[str, Any]) -> None:
    if model != Model.LSCP and values["number"] is None and values["budget_yuan"] is None:
        reading.blame("number", _("How many sites, or for how much money?"))
    if values["budget_yuan"] is not None and not values["cost_yuan"]:
        reading.blame("cost_yuan", _("A budget needs to know what a site costs."))
    if values["grid_m"] < _LEAST_GRID_M:
        reading.blame("grid_m", _("At least %d.") % _LEAST_GRID_M)
    if values["seconds"] < 1:
        reading.blame("seconds", _("At least %d.") % 1)
    if set(values["forced"]) & set(values["forbidden"]):
        reading.blame("forbidden", _("A site can't be both forced and forbidden."))


def _ids(reading: Reading, name: str) -> list[str]:
    told = reading.content.get(name) or []
    if not isinstance(told, list) or not all(
        isinstance(each, str) and 0 < len(each) <= 60 for each in told
    ):
        reading.blame(name, _("A list of candidates."))
        return []
    return sorted(set(told))[:_MOST_SITES]


def _numbers(reading: Reading, name: str) -> list[int]:
    told = reading.content.get(name) or []
    if not isinstance(told, list) or not all(
        isinstance(each, int) and not isinstance(each, bool) and 0 < each <= BIGGEST_ID
        for each in told
    ):
        reading.blame(name, _("A list of numbers."))
        return []
    return sorted(set(told))


def _ports(reading: Reading, name: str) -> dict[str, int]:
    told = reading.content.get(name) or {}
    if (
        not isinstance(told, dict)
        or len(told) > _MOST_PORTS_AT
        or not all(
            type(ports) is int and 0 <= ports <= MOST_COUNTED and 0 < len(id) <= 60
            for id, ports in told.items()
        )
    ):
        reading.blame(name, _("Candidates or sites, each with its ports."))
        return {}
    return dict(sorted(told.items()))


def _day(reading: Reading, name: str) -> str | None:
    told = reading.content.get(name)
    if told is None:
        return None
    try:
        return date.fromisoformat(told).isoformat()
    except (TypeError, ValueError):
        reading.blame(name, _("A day as YYYY-MM-DD."))
        return None
