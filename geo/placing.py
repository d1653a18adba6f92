"""Where each of several things was seen, in one query however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from geo.querysets import Scoped
from geo.srid import WGS84

# `named` is the estate as it was told, `estate` the one it stands for now. FOR SHARE keeps that
# estate from being moved or merged until the caller has written what follows from this answer.
_PLACE = """
SELECT asked.n, coalesce(estate.merged_into_id, estate.id),
       coalesce(asset.merged_into_id, asked.asset),
       estate.merged_into_id IS NOT NULL OR asset.merged_into_id IS NOT NULL,
       estate.id, estate.community_id, estate.height_class, estate.ebikes,
       (SELECT max(building.height_m) FROM geo_building building
         WHERE building.estate_id = estate.id AND building.retired_at IS NULL),
       CASE WHEN asset.estate_id = estate.id OR asset.community_id = estate.community_id
                 AND asset.estate_id IS NULL THEN asset.id END,
       asset.type, asset.indoor, asset.ports, asset.bays,
       CASE WHEN asset.type = 'charging_site' AND ST_Dimension(asset.geom) = 2
            THEN ST_Area(asset.geom::geography) END,
       CASE WHEN ST_Intersects(estate.geom, seen.point) THEN 0 ELSE round(
           ST_Distance(estate.geom::geography, seen.point::geography)::numeric, 1)::float8 END,
       EXISTS (SELECT FROM geo_excludedarea excluded
                WHERE excluded.retired_at IS NULL
                  AND (ST_Intersects(excluded.geom, seen.point)
                       OR ST_Intersects(excluded.geom, asset.geom))),
       ST_X(place.point), ST_Y(place.point)
  FROM json_to_recordset(%s)
       AS asked (n int, named bigint, estate bigint, asset bigint, lon float8, lat float8)
  JOIN geo_estate estate ON estate.id = asked.estate
  JOIN geo_community community ON community.id = estate.community_id
  LEFT JOIN geo_asset asset ON asset.id = asked.asset
 CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(asked.lon, asked.lat), {srid}) AS point) seen
 CROSS JOIN LATERAL (SELECT coalesce(
           CASE WHEN GeometryType(asset.geom) = 'POINT' THEN asset.geom END,
           seen.point,
           ST_PointOnSurface(asset.geom),
           ST_PointOnSurface(estate.geom),
           ST_PointOnSurface(community.geom)) AS point) place
 WHERE EXISTS (SELECT FROM ({visible}) visible (id) WHERE visible.id = asked.named)
   FOR SHARE OF estate
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """An estate (id), perhaps an asset (id), perhaps a position (longitude, latitude, WGS-84)."""

    estate: int
    asset: int | None = None
    location: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What the register says of it. A merged estate or asset is answered by the one it was
    merged into; `asset` is None where that is not in the estate's register.

    `distance_m`: on the ellipsoid from the position to the estate's shape, to the decimetre.
    `excluded`: the position or the asset touches ground of which nothing may be recorded.
    `lon`, `lat`: where to draw what was found; None where nothing here has a shape.
    """

    estate: int
    community: int
    height_class: str
    ebikes: int | None
    tallest_m: float | None
    asset: int | None
    asset_type: str | None
    indoor: bool | None
    ports: int | None
    bays: int | None
    area_m2: float | None
    distance_m: float | None
    excluded: bool
    lon: float | None
    lat: float | None


def place(asked: Sequence[Asked], estates: Scoped[models.Model]) -> list[Place | None]:
    """In the order asked; None where the estate is not among `estates`. Within a transaction."""
    found: list[Place | None] = [None] * len(asked)
    try:
        visible, parameters = estates.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return found
    sql = _PLACE.format(srid=WGS84, visible=visible)
    ahead = [(n, each.estate, each.asset) for n, each in enumerate(asked)]
    while ahead:
        told = orjson.dumps([_told(n, asked[n], estate, asset) for n, estate, asset in ahead])
        ahead = []
        row: Sequence[Any]
        with connection.cursor() as cursor:
            cursor.execute(sql, [told.decode(), *parameters])
            for n, estate, asset, merged, *row in cursor:
                if merged:
                    # Asked again of whatever it was merged into.
                    ahead.append((n, estate, asset))
                else:
                    found[n] = Place(*row)
    return found


def _told(n: int, asked: Asked, estate: int, asset: int | None) -> dict[str, object]:
    lon, lat = asked.location or (None, None)
    named = asked.estate
    return {"n": n, "named": named, "estate": estate, "asset": asset, "lon": lon, "lat": lat}
