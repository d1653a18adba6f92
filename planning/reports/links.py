"""Addresses that open 高德 or 百度 at a place, in the system of coordinates each of them draws in.

Nothing is asked of them here: whoever taps one leaves the office's pages.
"""

from urllib.parse import quote

from shapely.geometry.base import BaseGeometry

from geo.datum import Coords, wgs84_to_bd09, wgs84_to_gcj02

# Whom they are told to have been opened by.
SOURCE = "xuntu"
# A tenth of a metre: neither of them takes more.
_DECIMALS = 6


def links(place: BaseGeometry, name: str) -> dict[str, str]:
    """`amap`: the way there on foot from where one stands. `baidu`: the place, from which the way
    is one tap further: its own addresses for a way ask where one stands, which is not told.

    `place` in WGS-84; of an area, a point that lies within it. 高德 is told GCJ-02, longitude
    first; 百度 is told BD-09, latitude first.
    """
    point = place.representative_point()
    # A comma would end the name there.
    called = quote(name.replace(",", "，"), safe="")
    amap_lon, amap_lat = _told(wgs84_to_gcj02((point.x, point.y)))
    baidu_lon, baidu_lat = _told(wgs84_to_bd09((point.x, point.y)))
    return {
        "amap": (
            f"https://uri.amap.com/navigation?to={amap_lon},{amap_lat},{called}"
            f"&mode=walk&coordinate=gaode&callnative=1&src={SOURCE}"
        ),
        "baidu": (
            f"https://api.map.baidu.com/marker?location={baidu_lat},{baidu_lon}&title={called}"
            f"&content={called}&coord_type=bd09ll&output=html&src={SOURCE}"
        ),
    }


def _told(lonlat: Coords) -> tuple[str, str]:
    return f"{lonlat[0]:.{_DECIMALS}f}", f"{lonlat[1]:.{_DECIMALS}f}"
