"""An entry as it was sent: its bytes, its content, its fields."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from geo import geojson
from geo.errors import GeometryRefused
from inspections.errors import RecordInvalid
from inspections.models import Inspection, LocationSource
from inspections.services import content

FIELDS = frozenset(
    {
        "kind",
        "kind_version",
        "estate",
        "asset",
        "location",
        "location_source",
        "accuracy_m",
        "recorded_at",
        "answers",
        "supersedes",
        "reason",
    }
)
SOURCES = frozenset(LocationSource.values)
RECEIVER = (LocationSource.GPS, LocationSource.LAST_FIX)
MOST_ACCURACY_M = 100_000
_BIGGEST_ID = 2**63 - 1
_BIGGEST_VERSION = 2**31 - 1
_LONGEST_REASON: int = Inspection._meta.get_field("reason").max_length  # type: ignore[assignment]


@dataclass(frozen=True)
class Sent:
    """`id` was made on the tablet; `body` is JSON as it came. Reading it raises BodyUnreadable."""

    id: UUID
    body: bytes

    @cached_property
    def _read(self) -> tuple[dict[str, Any], bytes]:
        return content.read(self.body)

    @property
    def content(self) -> dict[str, Any]:
        return self._read[0]

    @property
    def canonical(self) -> bytes:
        return self._read[1]

    @cached_property
    def sha256(self) -> str:
        """Of the content: the same for the same content, however it is written."""
        return sha256(self.canonical).hexdigest()

    @property
    def position(self) -> tuple[float, float] | None:
        """Longitude and latitude, if it has any that can be read, whatever else is wrong."""
        return _Reader(self.content).location()


@dataclass(frozen=True, slots=True)
class Entry:
    """A readable record. `location` is (longitude, latitude) in WGS-84; nothing is checked
    against the register yet, and the answers are as they came."""

    sent: Sent
    kind: str
    kind_version: int | None
    estate: int
    asset: int | None
    location: tuple[float, float] | None
    location_source: str
    accuracy_m: float | None
    recorded_at: datetime
    answers: Any
    supersedes: UUID | None
    reason: str

    @property
    def id(self) -> UUID:
        return self.sent.id


def read(sent: Sent) -> Entry:
    """Raises RecordInvalid naming every field that is wrong, or BodyUnreadable."""
    reader = _Reader(sent.content)
    reader.nothing_else()
    location = reader.location()
    entry = Entry(
        sent=sent,
        kind=reader.kind(),
        kind_version=reader.whole("kind_version", most=_BIGGEST_VERSION, needed=False),
        estate=reader.whole("estate", most=_BIGGEST_ID) or 0,
        asset=reader.whole("asset", most=_BIGGEST_ID, needed=False),
        location=location,
        location_source=reader.location_source(),
        accuracy_m=reader.accuracy_m(),
        recorded_at=reader.recorded_at() or datetime.min,  # noqa: DTZ901
        answers=reader.answers(),
        supersedes=reader.supersedes(sent.id),
        reason=reader.reason(),
    )
    if reader.wrong:
        raise RecordInvalid(fields=reader.wrong)
    return entry


@dataclass(slots=True)
class _Reader:
    """Reads one field after the other and remembers what is `wrong` with each."""

    content: dict[str, Any]
    wrong: dict[str, str] = field(default_factory=dict)

    def nothing_else(self) -> None:
        for name in self.content.keys() - FIELDS:
            self.wrong[name[:60]] = _("A record has no such field.")

    def kind(self) -> str:
        told = self.content.get("kind")
        if not isinstance(told, str) or not told:
            self.wrong["kind"] = _("Name the kind of inspection.")
            return ""
        return told

    def whole(self, name: str, *, most: int, needed: bool = True) -> int | None:
        told = self.content.get(name)
        if told is None and not needed:
            return None
        if isinstance(told, bool) or not isinstance(told, int) or not 0 < told <= most:
            self.wrong[name] = _("A whole number is needed.")
            return None
        return told

    def location(self) -> tuple[float, float] | None:
        told = self.content.get("location")
        if told is None:
            return None
        try:
            return geojson.read_point(told)
        except GeometryRefused as e:
            self.wrong["location"] = str(e)
            return None

    def location_source(self) -> str:
        told = self.content.get("location_source")
        if "location" not in self.content:
            if told is not None:
                self.wrong["location_source"] = _("Only where there is a position.")
            return ""
        if not isinstance(told, str) or told not in SOURCES:
            self.wrong["location_source"] = _("One of gps, manual, qr, last_fix.")
            return ""
        return told

    def accuracy_m(self) -> float | None:
        told = self.content.get("accuracy_m")
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float):
            self.wrong["accuracy_m"] = _("A number of metres is needed.")
        elif not 0 <= told <= MOST_ACCURACY_M:
            self.wrong["accuracy_m"] = _("Metres, at least 0.")
        elif self.content.get("location_source") not in RECEIVER:
            self.wrong["accuracy_m"] = _("Only a receiver gives an accuracy.")
        else:
            return float(told)
        return None

    def recorded_at(self) -> datetime | None:
        moment = content.instant(self.content.get("recorded_at"))
        if moment is None:
            self.wrong["recorded_at"] = _("A time with its offset, as 2024-11-30T09:30:00+08:00.")
        return moment

    def answers(self) -> Any:
        if "answers" not in self.content:
            self.wrong["answers"] = _("An object of answers is needed; it may be empty.")
        return self.content.get("answers")

    def supersedes(self, own: UUID) -> UUID | None:
        told = self.content.get("supersedes")
        if told is None:
            return None
        try:
            corrected = UUID(told) if isinstance(told, str) else None
        except ValueError:
            corrected = None
        if corrected is None:
            self.wrong["supersedes"] = _("The id of the inspection it corrects is needed.")
        elif corrected == own:
            self.wrong["supersedes"] = _("A record can't correct itself.")
        return corrected

    def reason(self) -> str:
        told = self.content.get("reason", "")
        corrects = "supersedes" in self.content
        if not isinstance(told, str) or len(told) > _LONGEST_REASON:
            self.wrong["reason"] = _("A sentence of at most %d characters.") % _LONGEST_REASON
        elif corrects and not told.strip():
            self.wrong["reason"] = _("A correction says why.")
        elif told and not corrects:
            self.wrong["reason"] = _("Only a correction has a reason.")
        else:
            return told.strip()
        return ""
