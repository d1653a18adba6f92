"""The way to a proposed site in 高德 and 百度, each in its own coordinates."""

import json
import math
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from shapely.geometry import Point, Polygon

from planning.reports.links import links

SHARED = json.loads((Path(__file__).parents[1] / "datum.json").read_text("utf-8"))["pairs"]
METRES_PER_DEGREE = 111_320
# In 百度's own coordinates: DOMAIN §5.3, two of them as the provider tells them.
BAIDU = {
    "qingyang": (118.58339024, 24.81321964),
    "quanzhou": (118.6821251, 24.8804872),
    "xiamen": (118.0958639, 24.4861500),
}


def asked(address: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(address)
    told = {name: each for name, (each,) in parse_qs(parts.query, strict_parsing=True).items()}
    return f"{parts.scheme}://{parts.netloc}{parts.path}", told


def apart_m(one, other) -> float:
    return math.dist(one, other) * METRES_PER_DEGREE


@pytest.mark.parametrize("pair", SHARED, ids=[each["place"] for each in SHARED])
def test_amap_is_led_to_the_place_in_its_own_system(pair):
    where, told = asked(links(Point(pair["wgs84"]), "东门充电点")["amap"])
    lon, lat, name = told.pop("to").split(",")
    assert (where, name, told) == (
        "https://uri.amap.com/navigation",
        "东门充电点",
        {"mode": "walk", "coordinate": "gaode", "callnative": "1", "src": "xuntu"},
    )
    # To a decimetre, and to a metre where the provider itself told the point.
    assert apart_m((float(lon), float(lat)), pair["gcj02"]) < (1 if "from" in pair else 0.1)


@pytest.mark.parametrize("place", BAIDU)
def test_baidu_is_led_to_the_place_in_its_own_system_latitude_first(place):
    (wgs84,) = (each["wgs84"] for each in SHARED if each["place"] == place)
    where, told = asked(links(Point(wgs84), "东门充电点")["baidu"])
    lat, lon = map(float, told.pop("location").split(","))
    assert (where, told) == (
        "https://api.map.baidu.com/marker",
        {
            "title": "东门充电点",
            "content": "东门充电点",
            "coord_type": "bd09ll",
            "output": "html",
            "src": "xuntu",
        },
    )
    assert apart_m((lon, lat), BAIDU[place]) < (0.1 if place == "qingyang" else 1)


def test_an_area_is_reached_at_a_point_inside_of_it():
    """The middle of this L lies outside of it."""
    corner = Polygon(
        [
            (118.5725, 24.8100),
            (118.5735, 24.8100),
            (118.5735, 24.8101),
            (118.5726, 24.8101),
            (118.5726, 24.8110),
            (118.5725, 24.8110),
        ]
    )
    assert not corner.contains(corner.centroid)
    inside = corner.representative_point()
    assert links(corner, "拐角") == links(inside, "拐角")


def test_what_stands_in_a_name_adds_nothing_to_the_address():
    name = "a,b&mode=car#x 100%?坐标=1/２"
    made = links(Point(118.5725, 24.81), name)
    _, amap = asked(made["amap"])
    _, baidu = asked(made["baidu"])
    assert amap["to"].split(",", 2)[2] == name.replace(",", "，")
    assert (amap["mode"], baidu["title"]) == ("walk", name.replace(",", "，"))
