"""What a record says: read field by field, and not yet held against the register."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from inspections.errors import RecordInvalid
from inspections.models import Inspection, LocationSource
from inspections.services import declared
from inspections.services.fields import (
    BIGGEST_ID,
    BIGGEST_NUMBER,
    MOST_ACCURACY_M,
    RECEIVER,
    SOURCES,
    Fields,
)
from inspections.services.photos import Named
from inspections.services.sent import Sent
from people.models import PositionDatum

FIELDS = frozenset(
    {
        "kind",
        "kind_version",
        "estate",
        "asset",
        "building",
        "floor",
        "zone",
        "location",
        "location_source",
        "location_age_s",
        "location_datum",
        "location_doubts",
        "accuracy_m",
        "recorded_at",
        "answers",
        "same_as",
        "photos",
        "supersedes",
        "reason",
        "device",
        "number",
    }
)
# What a tablet noticed about its own positions.
DOUBTS = ("frozen", "jump", "coarse", "mock")
MOST_CLOCK_OFFSET_S = 120
_MOST_SEEN_AGAIN = 100
_LONGEST = {
    name: Inspection._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
    for name in ("reason", "floor", "zone")
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A readable record. `location` is (longitude, latitude) in WGS-84; nothing is checked
    against the register yet, and the answers are as they came.

    `estate` and `asset` are ids of the register, or of what was proposed from the field.
    `same_as`: item code → the inspection that found it first.
    """

    sent: Sent
    kind: str
    kind_version: int | None
    estate: int | UUID
    asset: int | UUID | None
    building: int | None
    floor: str
    zone: str
    location: tuple[float, float] | None
    location_source: str
    location_age_s: float | None
    location_datum: str
    accuracy_m: float | None
    recorded_at: datetime
    answers: Any
    same_as: dict[str, UUID]
    photos: tuple[Named, ...]
    supersedes: UUID | None
    reason: str
    doubts: tuple[str, ...]

    @property
    def id(self) -> UUID:
        return self.sent.id

    @property
    def proposed(self) -> tuple[UUID, ...]:
        """What it names that was proposed from the field."""
        return tuple(each for each in (self.estate, self.asset) if isinstance(each, UUID))

    @property
    def where(self) -> tuple[int, int | None]:
        """Estate and asset, once what was proposed stands for a row of the register."""
        assert isinstance(self.estate, int)
        assert not isinstance(self.asset, UUID)
        return self.estate, self.asset

    def standing(self, places: dict[UUID, tuple[int | None, int | None]]) -> "Entry":
        """With rows of the register, (estate, asset), in place of what was proposed."""
        estate, asset = self.estate, self.asset
        if isinstance(estate, UUID):
            estate = places[estate][0] or 0
        if isinstance(asset, UUID):
            # One that was an estate after all is no asset of this one.
            asset = places[asset][1] or BIGGEST_ID
        return replace(self, estate=estate, asset=asset)


def read(sent: Sent) -> Entry:
    """Raises RecordInvalid naming every field that is wrong, or BodyUnreadable."""
    reader = _Reader(sent.content)
    reader.nothing_else(FIELDS)
    # Told in the order of the form.
    entry = Entry(
        sent=sent,
        kind=reader.kind(),
        kind_version=reader.whole("kind_version", most=BIGGEST_NUMBER, needed=False),
        estate=reader.place("estate") or 0,
        asset=reader.place("asset", needed=False),
        building=reader.whole("building", most=BIGGEST_NUMBER, needed=False),
        floor=reader.text("floor", most=_LONGEST["floor"]),
        zone=reader.text("zone", most=_LONGEST["zone"]),
        location=reader.point("location"),
        location_source=reader.location_source(),
        location_age_s=reader.location_age_s(),
        location_datum=reader.choice("location_datum", PositionDatum.values),
        accuracy_m=reader.accuracy_m(),
        recorded_at=reader.instant("recorded_at") or datetime.min,  # noqa: DTZ901
        answers=reader.answers(),
        same_as=reader.same_as(sent.id),
        photos=declared.read(reader),
        supersedes=reader.supersedes(sent.id),
        reason=reader.reason(),
        doubts=_doubts(sent, reader),
    )
    reader.uuid("device")
    reader.whole("number", most=BIGGEST_NUMBER, needed=False)
    if reader.wrong:
        raise RecordInvalid(fields=reader.wrong)
    return entry


def _doubts(sent: Sent, reader: "_Reader") -> tuple[str, ...]:
    told = reader.choices("location_doubts", DOUBTS)
    wrong_clock = abs(sent.clock_offset_s or 0) > MOST_CLOCK_OFFSET_S
    return ("clock", *told) if wrong_clock else told


class _Reader(Fields):
    """What only a record of an inspection has."""

    def kind(self) -> str:
        told = self.content.get("kind")
        if not isinstance(told, str) or not told:
            self.blame("kind", _("Name the kind of inspection."))
            return ""
        return told

    def location_source(self) -> str:
        told = self.content.get("location_source")
        if "location" not in self.content:
            if told is not None:
                self.blame("location_source", _("Only where there is a position."))
            return ""
        if not isinstance(told, str) or told not in SOURCES:
            self.blame("location_source", _("One of gps, manual, qr, last_fix."))
            return ""
        return told

    def location_age_s(self) -> float | None:
        told = self.number("location_age_s")
        if told is not None and self.content.get("location_source") != LocationSource.LAST_FIX:
            self.blame("location_age_s", _("Only of the last position known."))
        return told

    def accuracy_m(self) -> float | None:
        told = self.content.get("accuracy_m")
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int | float):
            self.blame("accuracy_m", _("A number of metres is needed."))
        elif not 0 <= told <= MOST_ACCURACY_M:
            self.blame("accuracy_m", _("Metres, at least 0."))
        elif self.content.get("location_source") not in RECEIVER:
            self.blame("accuracy_m", _("Only a receiver gives an accuracy."))
        else:
            return float(told)
        return None

    def answers(self) -> Any:
        if "answers" not in self.content:
            self.blame("answers", _("An object of answers is needed; it may be empty."))
        return self.content.get("answers")

    def same_as(self, own: UUID) -> dict[str, UUID]:
        told = self.content.get("same_as", {})
        try:
            seen = {code: UUID(id) for code, id in told.items()}
        except (AttributeError, TypeError, ValueError):
            seen = {"": own}
        if own in seen.values() or len(seen) > _MOST_SEEN_AGAIN:
            self.blame("same_as", _("An object: item code to the inspection that found it first."))
        return seen

    def supersedes(self, own: UUID) -> UUID | None:
        told = self.content.get("supersedes")
        if told is None:
            return None
        try:
            corrected = UUID(told) if isinstance(told, str) else None
        except ValueError:
            corrected = None
        if corrected is None:
            self.blame("supersedes", _("The id of the inspection it corrects is needed."))
        elif corrected == own:
            self.blame("supersedes", _("A record can't correct itself."))
        return corrected

    def reason(self) -> str:
        told = self.content.get("reason", "")
        corrects = "supersedes" in self.content
        if not isinstance(told, str) or len(told) > _LONGEST["reason"]:
            sentence = _("A sentence of at most %d characters.") % _LONGEST["reason"]
            self.blame("reason", sentence)
        elif corrects and not told.strip():
            self.blame("reason", _("A correction says why."))
        elif told and not corrects:
            self.blame("reason", _("Only a correction has a reason."))
        else:
            return told.strip()
        return ""
