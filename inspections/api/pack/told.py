"""What a pack tells beside what the lists tell, and in their words where they do."""

from typing import Any

from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import Func
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as fields
from rest_framework.serializers import Serializer

from geo.models import Building, Exit
from geo.srid import WGS84
from inspections.api import layers
from inspections.api.filters import Told
from inspections.api.layers import DECIMALS, Layer
from inspections.api.serializers import FindingProperties
from people.models import User

# Of a degree: a third of a metre, less than a line is wide on any map.
_BARELY_SEEN = 0.000003


class BuildingProperties(Serializer[Any]):
    id = fields.IntegerField()
    number = fields.CharField()
    estate = fields.IntegerField(source="estate_id")
    community = fields.IntegerField(source="community_id")
    floors = fields.IntegerField(allow_null=True)
    height_m = fields.FloatField(allow_null=True)
    households = fields.IntegerField(allow_null=True)
    unconfirmed = fields.BooleanField()


class ExitProperties(Serializer[Any]):
    id = fields.IntegerField()
    building = fields.IntegerField(source="building_id")
    estate = fields.IntegerField(source="building__estate_id")
    name = fields.CharField()


class PhotoToTake(Serializer[Any]):
    id = fields.UUIDField()
    small = fields.CharField(help_text=_("its address"))
    bytes = fields.IntegerField()


class OpenFindingProperties(FindingProperties):
    photos = fields.ListField(source="*", child=PhotoToTake(), help_text=_("three at most"))
    sightings = fields.IntegerField(source="*", help_text=_("how often it was seen again"))
    # A tablet works it out by its own clock.
    overdue = None  # type: ignore[assignment]
    case_version = fields.IntegerField(source="case__version", allow_null=True)


class Buildings(Layer):
    name, one = "buildings", "building"
    properties = BuildingProperties

    def rows(self, user: User) -> Any:
        return Building.objects.visible_to(user)

    def current(self, rows: Any, told: Told, user: User) -> Any:
        return rows.current()

    def drawn(self) -> Any:
        return AsGeoJSON(
            Func(
                self.shape,
                _BARELY_SEEN,
                template="ST_Multi(ST_SimplifyPreserveTopology(%(expressions)s))",
                output_field=MultiPolygonField(srid=WGS84),
            ),
            precision=DECIMALS,
        )


class Exits(Layer):
    name, one = "exits", "exit"
    properties = ExitProperties

    def rows(self, user: User) -> Any:
        return Exit.objects.visible_to(user)

    def current(self, rows: Any, told: Told, user: User) -> Any:
        return rows.current().filter(building__retired_at=None)


class Findings(layers.Findings):
    properties = OpenFindingProperties

    def current(self, rows: Any, told: Told, user: User) -> Any:
        return rows.in_force().open()

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        self.word(page)


# By layer, and by which of its columns it belongs to a community.
REGISTER: tuple[tuple[Layer, str], ...] = (
    (layers.Communities(), "pk"),
    (layers.Estates(), "community"),
    (Buildings(), "community"),
    (Exits(), "building__community"),
    (layers.Assets(), "community"),
)
FINDINGS = Findings()
