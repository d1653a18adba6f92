"""What a file or a page to take away is made from: read once, within one scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext, pgettext

from geo.models import Office
from geo.scope import Scope
from inspections.overview.asked import Asked
from inspections.overview.figures import figures
from inspections.overview.measures import Measure
from inspections.overview.places import places
from inspections.overview.taken.colours import colour
from inspections.overview.taken.ground import Ground, ground
from inspections.overview.taken.stamp import Line, stamp


@dataclass(frozen=True, slots=True)
class Contents:
    """`total` and `estates` as `figures` tells them, `communities` by estate; `stamp`: of which
    day, narrowed by what, of which data, and made when."""

    scope: Scope
    asked: Asked
    english: bool
    total: Mapping[str, Any]
    estates: list[dict[str, Any]]
    communities: Mapping[int, str]
    ground: Ground
    stamp: list[Line]
    marks: list[str]

    @property
    def measure(self) -> Measure:
        return self.asked.defined

    @property
    def title(self) -> str:
        return pgettext("of what is taken away", "Map of findings: %s") % self.said("title")

    def said(self, name: str, measure: Measure | None = None) -> str:
        """`title`, `unit` or `says` of the measure, in the reader's language."""
        of = measure or self.measure
        told: str = getattr(of, f"{name}_en" if self.english else f"{name}_zh")
        return told

    def colour(self, row: Mapping[str, Any]) -> str:
        return colour(row["value"], row["looked"], self.measure.scale)


def contents(scope: Scope, asked: Asked, *, version: str, now: datetime) -> Contents:
    """`version` of the data, told before anything was read. In the active language."""
    told, english = figures(scope, asked, "estate"), not (get_language() or "").startswith("zh")
    shown = ground(scope, asked)
    named = {pk: names[english] for pk, names in shown.names.items()}
    return Contents(
        scope=scope,
        asked=asked,
        english=english,
        total=told["total"],
        estates=told["rows"],
        communities={each.id: named.get(each.community, "") for each in places(scope, asked)},
        ground=shown,
        stamp=stamp(scope, asked, version=version, now=now),
        marks=[gettext("DEMONSTRATION")] if Office.is_demonstration() else [],
    )


def number(value: float | None) -> str:
    """As map.js writes it."""
    if value is None:
        return "—"
    if value == int(value):
        return str(int(value))
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def between(low: float | None, high: float | None) -> str:
    """The interval, in words; "" of a count, which is what it is."""
    if low is None or high is None:
        return ""
    return gettext("95 %% between %(low)s and %(high)s") % {
        "low": number(low),
        "high": number(high),
    }
