"""Whatever is drawn, wherever it is drawn: the browser and the server say the same of it."""

import json
import math
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.checking import judge, rule_of, site_of, surroundings_of, told
from tests.planning.scenes.laid import Ground
from tests.planning.test_vectors import TABLE

RULES = [rule_of(each) for each in TABLE["rules"]]
PROGRAM = Path(__file__).with_name("judge.mjs")

metres = st.floats(-25, 25).map(lambda value: round(value, 3))
sizes = st.floats(0.5, 15).map(lambda value: round(value, 3))
angles = st.floats(0, 180).map(lambda value: round(value, 2))
maybe = st.none() | st.booleans()
counts = st.none() | st.integers(0, 120)
Points = list[tuple[float, float]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Callable[[dict[str, Any]], list[dict[str, Any]]]]:
    with subprocess.Popen(
        ["node", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin
        assert node.stdout
        into, out = node.stdin, node.stdout

        def judged(asked: dict[str, Any]) -> list[dict[str, Any]]:
            into.write(json.dumps(asked) + "\n")
            into.flush()
            return json.loads(out.readline())

        yield judged
        into.close()


@st.composite
def rectangles(draw) -> Points:
    x, y, turn = draw(metres), draw(metres), math.radians(draw(angles))
    long, short = draw(sizes), draw(sizes)
    return [
        (
            x + (a * long * math.cos(turn) - b * short * math.sin(turn)) / 2,
            y + (a * long * math.sin(turn) + b * short * math.cos(turn)) / 2,
        )
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]


@st.composite
def stars(draw) -> Points:
    """Concave at will, and never crossing itself: seen from its middle no corner hides another."""
    x, y = draw(metres), draw(metres)
    radii = draw(st.lists(st.floats(0.5, 12), min_size=3, max_size=9))
    whole = 2 * math.pi / len(radii)
    return [(x + r * math.cos(whole * n), y + r * math.sin(whole * n)) for n, r in enumerate(radii)]


outlines = rectangles() | stars()


@st.composite
def areas(draw) -> dict[str, Any]:
    """Some with a hole like themselves, of half their size."""
    outer = draw(outlines)
    if not draw(st.booleans()):
        return Ground().area(outer)
    x = sum(x for x, _ in outer) / len(outer)
    y = sum(y for _, y in outer) / len(outer)
    # Of a star its middle is its own; a hole about any other might leave it.
    hole = [(x + (px - x) * 0.2, y + (py - y) * 0.2) for px, py in outer]
    if not shapely.Polygon(outer).contains(shapely.Polygon(hole)):
        return Ground().area(outer)
    return Ground().area(outer, hole)


points = st.tuples(metres, metres).map(lambda at: Ground().point(*at))
lines = st.lists(st.tuples(metres, metres), min_size=2, max_size=5, unique=True).map(
    lambda at: Ground().line(*at)
)


def layer(shapes: st.SearchStrategy[Any], about: Any = None, most: int = 3) -> Any:
    belonging = st.fixed_dictionaries({"estate": st.sampled_from([1, 1, 2, None]), **(about or {})})
    rows = st.lists(st.tuples(shapes, belonging), max_size=most)
    return rows.map(
        lambda told: {
            "features": [
                {"id": n, "geometry": shape, "properties": about}
                for n, (shape, about) in enumerate(told, 1)
            ]
        }
    )


widths = st.none() | st.floats(2, 9).map(lambda value: round(value, 2))
surroundings = st.fixed_dictionaries(
    {
        "layers": st.fixed_dictionaries(
            {
                "lanes": layer(lines, {"width_m": widths}),
                "operation_areas": layer(areas()),
                "buildings": layer(areas()),
                "exits": layer(points),
                "hydrants": layer(points),
                "sensitive_places": layer(points | areas()),
                "excluded_areas": st.none() | layer(areas()),
                "estates": layer(
                    areas(),
                    {
                        "ebikes": counts,
                        "charging": st.lists(
                            st.fixed_dictionaries({"id": counts, "ports": counts, "bays": counts}),
                            max_size=2,
                        ),
                    },
                    most=1,
                ),
            }
        ),
        "surveyed": st.fixed_dictionaries(
            {"1": st.lists(st.sampled_from(["lanes", "buildings", "exits", "hydrants"]))}
        ),
    }
)
sites = st.fixed_dictionaries(
    {
        "geom": areas(),
        "estate": st.sampled_from([1, 1, 1, None]),
        "site": counts,
        "ports": counts,
        "bays": counts,
        "canopy": st.sampled_from([None, "", "none", "open", "closed"]),
        "partitions": maybe,
        "cctv": maybe,
        "level": st.sampled_from([None, "", "ground", "ground", "ground", "ground_indoor", "b2"]),
        "place": st.sampled_from([None, "", "open_ground", "lobby", "open_floor"]),
        "bay_length_m": st.none() | st.floats(0.1, 3),
        "bay_width_m": st.none() | st.floats(0.1, 3),
        "group_bays": counts,
        "group_length_m": st.none() | st.floats(0.1, 40),
        "entrances": counts,
        "commercial": maybe,
        "voted": maybe,
    }
)


@settings(max_examples=150)
@given(site=sites, around=surroundings)
def test_browser_and_server_say_the_same_of_whatever_is_drawn(browser, site, around):
    rules, projection = TABLE["rules"], TABLE["projection"]
    there = browser({"site": site, "around": around, "rules": rules, "projection": projection})
    found = judge(site_of(site), surroundings_of(around), RULES)
    here = [
        dict(told(each, each.decides and json.loads(shapely.to_geojson(each.decides))))
        for each in found
    ]
    shapes = [
        (each.pop("decides"), other.pop("decides"))
        for each, other in zip(here, there, strict=False)
    ]
    assert here == there
    for mine, theirs in shapes:
        assert _about(mine) == _about(theirs)


def _about(shape: Any) -> str | None:
    """Of several walls just as near, either side may draw another one."""
    if shape is None:
        return None
    return {"MultiPolygon": "area", "Polygon": "area", "GeometryCollection": "area"}.get(
        shape["type"], "line"
    )
