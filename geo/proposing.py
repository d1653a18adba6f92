"""Rows that someone in the field found missing in the register: there at once, and unconfirmed."""

from dataclasses import dataclass
from uuid import UUID

import pghistory
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from geo.models import Asset, AssetType, Community, Datum, Estate
from geo.querysets import Communities
from geo.srid import WGS84

_POINT = ("Point",)
_LINE = ("LineString", "MultiLineString")
_AREA = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Layer:
    """What may be proposed: an asset of that type, or an estate; its shapes in GeoJSON's words."""

    type: AssetType | None
    shapes: tuple[str, ...]


LAYERS = {
    "estates": Layer(None, _AREA),
    "lanes": Layer(AssetType.LANE, _LINE),
    "lights": Layer(AssetType.LIGHT, _POINT),
    "hydrants": Layer(AssetType.HYDRANT, _POINT),
    "charging_sites": Layer(AssetType.CHARGING_SITE, (*_POINT, *_AREA)),
    "operation_areas": Layer(AssetType.OPERATION_AREA, _AREA),
    "vacant_spaces": Layer(AssetType.VACANT_SPACE, _AREA),
}


def community_at(shape: BaseGeometry, among: Communities[Community]) -> Community | None:
    """The one that the middle of the shape lies in, or else the nearest: boundaries are drawn by
    hand. Without any boundary, the only one there is."""
    middle = _geos(shape.representative_point())
    drawn = among.filter(geom__isnull=False).annotate(apart=Distance("geom", middle))
    nearest = drawn.order_by("apart", "pk").first()
    if nearest is None and among.count() == 1:
        return among.first()
    return nearest


def propose_estate(
    *, proposed: UUID, community: Community, name: str, shape: BaseGeometry, by: Model
) -> tuple[Estate, bool]:
    """The row, and whether it is new: an estate in use of that name in that community is that
    one."""
    geom = _geos(shape)
    with pghistory.context(user=by.pk, act="propose"):
        return Estate.objects.get_or_create(
            community=community,
            name=name,
            retired_at=None,
            defaults={
                "geom": geom if isinstance(geom, MultiPolygon) else MultiPolygon(geom, srid=WGS84),
                **_sources(proposed),
            },
        )


def propose_asset(
    *,
    proposed: UUID,
    type: AssetType,
    community: Community,
    estate: Estate | None,
    name: str,
    code: str,
    shape: BaseGeometry,
    by: Model,
) -> tuple[Asset, bool]:
    """The row, and whether it is new: an asset in use of that type and code in that estate is
    that one."""
    own = {"name": name, "geom": _geos(shape), **_sources(proposed)}
    with pghistory.context(user=by.pk, act="propose"):
        if estate is None or not code:
            row = Asset.objects.create(
                type=type, community=community, estate=estate, code=code, **own
            )
            return row, True
        return Asset.objects.get_or_create(
            estate=estate,
            type=type,
            code=code,
            retired_at=None,
            defaults={"community": community, **own},
        )


def _sources(proposed: UUID) -> dict[str, object]:
    return {"proposed": proposed, "unconfirmed": True, "src_datum": Datum.DRAWN}


def _geos(shape: BaseGeometry) -> GEOSGeometry:
    return GEOSGeometry(shape.wkb_hex, srid=WGS84)
