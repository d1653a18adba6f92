"""What can be told of a proposal: how each field is read, and how it is told again.

A field that is null was not told: whoever needs it can't tell. Values are told as JSON, in `Edit`
as in the API.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from geo import geojson
from geo.errors import GeometryRefused
from geo.models import Asset, AssetType, Community, Estate
from geo.srid import WGS84
from inspections.services.fields import BIGGEST_ID, Fields
from people.models import User
from planning.models import Canopy, Level, Outline, Place, Power, Proposal

MOST_POINTS = 500
MOST_KM = 1.0
MOST_COUNTED = 100_000
MOST_METRES = 1_000.0
MOST_YUAN = 2**31 - 1
LONGEST_NAME = 100
LONGEST_NOTE = 4000

# Half of a footprint is none: these are changed together, or by one person only.
FOOTPRINT = frozenset({"geom", "outline", "anchor", "rotation_deg"})
# What no rule looks at: these change without a new check, and after the approval too.
UNJUDGED = frozenset({"name", "note", "cost_yuan"})


@dataclass(slots=True)
class Reading(Fields):
    """Fields as somebody sent them; what they name is looked for where that person sees it."""

    by: User | None = None

    def count(self, name: str, *, most: int = MOST_COUNTED) -> int | None:
        told = self.content.get(name)
        if told is None:
            return None
        if isinstance(told, bool) or not isinstance(told, int) or not 0 <= told <= most:
            self.blame(name, _("A whole number from 0 to %d.") % most)
            return None
        return told

    def metres(self, name: str) -> float | None:
        told = self.number(name, most=MOST_METRES)
        if told == 0:
            self.blame(name, _("More than 0."))
            return None
        return told

    def degrees(self, name: str) -> float | None:
        told = self.number(name, most=360)
        if told is not None and told >= 180:
            self.blame(name, _("At least 0 and less than 180."))
            return None
        return told

    def yes_or_no(self, name: str) -> bool | None:
        told = self.content.get(name)
        if told is not None and not isinstance(told, bool):
            self.blame(name, _("true or false."))
            return None
        return told

    def shape(self, name: str, type: str) -> GEOSGeometry | None:
        told = self.content.get(name)
        if told is None:
            return None
        try:
            read = geojson.read(told, [type], most_points=MOST_POINTS, most_km=MOST_KM)
        except GeometryRefused as e:
            self.blame(name, str(e))
            return None
        return GEOSGeometry(read.wkb_hex, srid=WGS84)

    def estate(self, name: str) -> Estate | None:
        wanted = self.whole(name, most=BIGGEST_ID, needed=False)
        if wanted is None:
            return None
        found = Estate.objects.visible_to(self.by).filter(pk=wanted).first()
        while found and found.merged_into_id:
            found = found.merged_into
        if found is None or found.retired_at is not None:
            self.blame(name, _("There is no such estate in your area."))
            return None
        return found

    def community(self, name: str) -> Community | None:
        """None: the whole office."""
        wanted = self.whole(name, most=BIGGEST_ID, needed=False)
        if wanted is None:
            return None
        found = Community.objects.visible_to(self.by).current().filter(pk=wanted).first()
        if found is None:
            self.blame(name, _("There is no such community in your area."))
        return found

    def vacant_space(self, name: str) -> Asset | None:
        wanted = self.whole(name, most=BIGGEST_ID, needed=False)
        if wanted is None:
            return None
        spaces = Asset.objects.visible_to(self.by).current().of_type(AssetType.VACANT_SPACE)
        found = spaces.filter(pk=wanted).first()
        if found is None:
            self.blame(name, _("There is no such vacant space in your area."))
        return found


@dataclass(frozen=True, slots=True)
class Field:
    read: Callable[[Reading, str], Any]
    tell: Callable[[Any], Any] = lambda value: value


def _text(most: int) -> Field:
    return Field(lambda told, name: told.text(name, most=most) if told.content.get(name) else "")


def _one_of(known: list[str], *, unsaid: str = "") -> Field:
    def read(told: Reading, name: str) -> str:
        return told.choice(name, known) or unsaid

    return Field(read, lambda value: value or None)


def shape_of(geom: GEOSGeometry) -> BaseGeometry:
    return shapely.from_wkb(bytes(geom.wkb))


def _shape_told(geom: GEOSGeometry | None) -> dict[str, Any] | None:
    return _lists(geojson.write(shape_of(geom))) if geom else None


def _lists(value: Any) -> Any:
    """As JSON has it, and as it comes back from there."""
    if isinstance(value, dict):
        return {name: _lists(each) for name, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, list | tuple) else value


def _shape(type: str) -> Field:
    return Field(partial(Reading.shape, type=type), _shape_told)


_COUNT = Field(Reading.count)
_METRES = Field(Reading.metres)
_YES_OR_NO = Field(Reading.yes_or_no)

FIELDS: dict[str, Field] = {
    "name": _text(LONGEST_NAME),
    "estate": Field(Reading.estate, lambda row: row and row.pk),
    "geom": _shape("Polygon"),
    "outline": _one_of(Outline.values, unsaid=Outline.DRAWN),
    "anchor": _shape("Point"),
    "rotation_deg": Field(Reading.degrees),
    "ports": _COUNT,
    "bays": _COUNT,
    "bay_length_m": _METRES,
    "bay_width_m": _METRES,
    "group_bays": _COUNT,
    "group_length_m": _METRES,
    "partitions": _YES_OR_NO,
    "canopy": _one_of(Canopy.values),
    "cctv": _YES_OR_NO,
    "power": _one_of(Power.values, unsaid=Power.UNKNOWN),
    "level": _one_of(Level.values),
    "place": _one_of(Place.values),
    "entrances": _COUNT,
    "commercial": _YES_OR_NO,
    "cost_yuan": Field(partial(Reading.count, most=MOST_YUAN)),
    "note": _text(LONGEST_NOTE),
    "vacant_space": Field(Reading.vacant_space, lambda row: row and row.pk),
}


def told(proposal: Proposal) -> dict[str, Any]:
    """Every field of it, as JSON."""
    return {name: field.tell(getattr(proposal, name)) for name, field in FIELDS.items()}


def read(reading: Reading) -> dict[str, Any]:
    """Those that are among what was sent, as columns; what is wrong stands in the reading."""
    return {
        name: field.read(reading, name) for name, field in FIELDS.items() if name in reading.content
    }
