"""Asking for tiles, and reading them."""

from math import asinh, floor, pi, radians, tan
from typing import Any

import mapbox_vector_tile
from django.http import HttpResponse


def address(layer: str, zoom: int, lon: float, lat: float, query: str = "") -> str:
    """The tile of that level in which a place lies."""
    across = 1 << zoom
    x = floor((lon + 180) / 360 * across)
    y = floor((0.5 - asinh(tan(radians(lat))) / (2 * pi)) * across)
    return f"/tiles/{layer}/{zoom}/{x}/{y}.mvt" + (f"?{query}" if query else "")


def features(reply: HttpResponse) -> list[dict[str, Any]]:
    """Of the one layer in a tile; coordinates grow eastward and southward."""
    assert reply.status_code == 200, reply.content
    tile = mapbox_vector_tile.decode(reply.content, default_options={"y_coord_down": True})
    assert len(tile) <= 1
    return [feature for layer in tile.values() for feature in layer["features"]]
