"""Reading what was sent, one field after the other: every fault is named at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from geo import geojson
from geo.errors import GeometryRefused
from inspections.models import LocationSource
from inspections.services import content

BIGGEST_ID = 2**63 - 1
BIGGEST_NUMBER = 2**31 - 1
MOST_ACCURACY_M = 100_000
SOURCES = frozenset(LocationSource.values)
RECEIVER = (LocationSource.GPS, LocationSource.LAST_FIX)


@dataclass(slots=True)
class Fields:
    """Remembers what is `wrong` with each; `within` goes before its name there."""

    content: dict[str, Any]
    wrong: dict[str, str] = field(default_factory=dict)
    within: str = ""

    def blame(self, name: str, sentence: str) -> None:
        self.wrong[f"{self.within}{name[:60]}"] = sentence

    def nothing_else(self, known: Collection[str]) -> None:
        for name in self.content.keys() - known:
            self.blame(name, _("A record has no such field."))

    def whole(self, name: str, *, most: int, needed: bool = True) -> int | None:
        told = self.content.get(name)
        if told is None and not needed:
            return None
        if isinstance(told, bool) or not isinstance(told, int) or not 0 < told <= most:
            self.blame(name, _("A whole number is needed."))
            return None
        return told

    def number(self, name: str, *, most: float = 1e12) -> float | None:
        """At least 0."""
        told = self.content.get(name)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float) or not 0 <= told <= most:
            self.blame(name, _("A number is needed, at least 0."))
            return None
        return float(told)

    def text(self, name: str, *, most: int) -> str:
        told = self.content.get(name, "")
        if not isinstance(told, str) or len(told.strip()) > most:
            self.blame(name, _("A text of at most %d characters.") % most)
            return ""
        return told.strip()

    def choice(self, name: str, known: Collection[str], *, needed: bool = False) -> str:
        told = self.content.get(name)
        if told is None and not needed:
            return ""
        if not isinstance(told, str) or told not in known:
            self.blame(name, _("One of %s.") % ", ".join(known))
            return ""
        return told

    def choices(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        told = self.content.get(name, [])
        if not isinstance(told, list) or not all(
            isinstance(each, str) and each in known for each in told
        ):
            self.blame(name, _("A list of some of %s.") % ", ".join(known))
            return ()
        return tuple(dict.fromkeys(told))

    def uuid(self, name: str, *, needed: bool = False) -> UUID | None:
        told = self.content.get(name)
        if told is None and not needed:
            return None
        try:
            return UUID(told if isinstance(told, str) else "")
        except ValueError:
            self.blame(name, _("A UUID is needed."))
            return None

    def place(self, name: str, *, needed: bool = True) -> int | UUID | None:
        """A row of the register by its number; one proposed from the field by its UUID."""
        told = self.content.get(name)
        if isinstance(told, str):
            try:
                return UUID(told)
            except ValueError:
                pass
        return self.whole(name, most=BIGGEST_ID, needed=needed)

    def point(self, name: str) -> tuple[float, float] | None:
        told = self.content.get(name)
        if told is None:
            return None
        try:
            return geojson.read_point(told)
        except GeometryRefused as e:
            self.blame(name, str(e))
            return None

    def instant(self, name: str, *, needed: bool = True) -> datetime | None:
        told = self.content.get(name)
        if told is None and not needed:
            return None
        moment = content.instant(told)
        if moment is None:
            self.blame(name, _("A time with its offset, as 2024-11-30T09:30:00+08:00."))
        return moment
