"""Writes vectors.json: `python -m tests.planning.make_vectors`.

Every scene is laid out in metres about a point of the office, turned by an angle, and put on the
map. What is expected is worked out here from the numbers the scene was laid out with, by
elementary geometry, and never by the code under test.
"""

import json
import math
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from geo.projection import reference, reproject
from geo.srid import METRIC, METRIC_MERIDIAN, WGS84

FILE = Path(__file__).with_name("vectors.json")
ORIGIN = (118.581, 24.807)
TURN = 33.0
# Off a limit: by a centimetre; by a little more than half of one, which is rounded away from it;
# by a little less, which is rounded to it; and not at all.
OFF = (-0.01, -0.0055, -0.0045, 0.0, 0.0045, 0.0055, 0.01)
FEW = (-0.0055, -0.0045, 0.0045, 0.0055)

Points = Iterable[tuple[float, float]]


def to_cm(value: float) -> float:
    """As a person rounds: the nearest hundredth. No scene lies on half of one."""
    return round(value, 2) + 0.0


class Ground:
    """Metres east and north of the origin, turned against the clock."""

    def __init__(self, turn: float = 0.0) -> None:
        self.turn = math.radians(turn)

    def at(self, points: Points) -> list[list[float]]:
        cos, sin = math.cos(self.turn), math.sin(self.turn)
        [[east, north]] = reproject(np.array([ORIGIN]), WGS84, METRIC)
        flat = [(east + x * cos - y * sin, north + x * sin + y * cos) for x, y in points]
        # A hundredth of a millimetre.
        return [
            [round(float(lon), 10), round(float(lat), 10)]
            for lon, lat in reproject(np.array(flat), METRIC, WGS84)
        ]

    def ring(self, points: Points) -> list[list[float]]:
        corners = self.at(points)
        return [*corners, corners[0]]

    def area(self, outer: Points, *holes: Points) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [self.ring(outer), *map(self.ring, holes)]}

    def point(self, x: float, y: float) -> dict[str, Any]:
        return {"type": "Point", "coordinates": self.at([(x, y)])[0]}

    def line(self, *points: tuple[float, float]) -> dict[str, Any]:
        return {"type": "LineString", "coordinates": self.at(points)}


def box(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


VECTORS: list[dict[str, Any]] = []


def scene(
    name: str,
    geom: dict[str, Any],
    around: dict[str, Any] | None = None,
    *,
    surveyed: Iterable[str] = (),
    expect: dict[str, Any],
    **site: Any,
) -> None:
    """`around`: layer → shapes, or (shape, properties); they belong to estate 1, as the site does
    unless it says otherwise. `expect`: code → (verdict, value) or (verdict, value, force)."""
    layers = {
        layer: shapes if shapes is None else {"features": list(map(feature, shapes, counted()))}
        for layer, shapes in (around or {}).items()
    }
    expected = [
        {"code": code, "verdict": told[0], "value": told[1]}
        | ({"force": told[2]} if len(told) > 2 else {})
        for code, told in expect.items()
    ]
    VECTORS.append(
        {
            "name": name,
            "site": {"geom": geom, "estate": 1} | site,
            "around": {"layers": layers, "surveyed": {"1": list(surveyed)} if surveyed else {}},
            "expect": expected,
        }
    )


def counted() -> Iterable[int]:
    return iter(range(1, 100))


def feature(shape: Any, id: int) -> dict[str, Any]:
    geometry, about = shape if isinstance(shape, tuple) else (shape, {})
    return {"id": about.get("id", id), "geometry": geometry, "properties": {"estate": 1} | about}


def at_least(value: float, limit: float) -> tuple[str, float]:
    return ("ok" if to_cm(value) >= limit else "breach", to_cm(value))


def at_most(value: float, limit: float) -> tuple[str, float]:
    return ("ok" if to_cm(value) <= limit else "breach", to_cm(value))


def off(by: float) -> str:
    return f"{by * 1000:+.1f} mm"


SITE = box(0, 0, 10, 2)
L = [(0, 0), (10, 0), (10, 2), (4, 2), (4, 8), (0, 8)]


def distances() -> None:
    """Rules of a distance: to walls, exits, hydrants, sensitive places."""
    straight, turned = Ground(), Ground(TURN)
    for code, layer, limit in (
        ("R03", "buildings", 3.0),
        ("R04", "exits", 6.0),
        ("R05", "hydrants", 2.0),
        ("R10", "sensitive_places", 3.0),
    ):
        for how, ground in (("", straight), (" turned", turned)):
            for by in OFF:
                apart = limit + by
                far = box(2, 2 + apart, 8, 20)
                shape = (
                    ground.point(5, 2 + apart)
                    if layer in ("exits", "hydrants")
                    else ground.area(far)
                )
                scene(
                    f"{code} {off(by)}{how}",
                    ground.area(SITE),
                    {layer: [shape]},
                    expect={code: at_least(apart, limit)},
                )
        # A corner from a corner: 3-4-5.
        for by in FEW:
            apart = limit + by
            x, y = 10 + apart * 0.6, 2 + apart * 0.8
            shape = (
                turned.point(x, y)
                if layer in ("exits", "hydrants")
                else turned.area(box(x, y, x + 5, y + 5))
            )
            scene(
                f"{code} {off(by)} from corner to corner, turned",
                turned.area(SITE),
                {layer: [shape]},
                expect={code: at_least(apart, limit)},
            )
            # Inside the L the wall that is nearest is the inner one.
            x, y = 4 + apart, 8.0
            shape = (
                turned.point(x, y)
                if layer in ("exits", "hydrants")
                else turned.area(box(x, 7, x + 5, 30))
            )
            if apart < 7 - 2:  # else the L's foot is nearer
                scene(
                    f"{code} {off(by)} beside an L, turned",
                    turned.area(L),
                    {layer: [shape]},
                    expect={code: at_least(apart, limit)},
                )
    # In the hole of a site, and a site in the court of a building.
    for by in FEW:
        scene(
            f"R05 {off(by)} in the hole of the site, turned",
            turned.area(box(-10, -10, 10, 10), box(-4, -4, 4, 4)),
            {"hydrants": [turned.point(4 - (2 + by), 0)]},
            expect={"R05": at_least(2 + by, 2)},
        )
        scene(
            f"R03 {off(by)} in a court, turned",
            turned.area(SITE),
            {"buildings": [turned.area(box(-30, -30, 40, 30), box(-4, -5, 15, 2 + 3 + by))]},
            expect={"R03": at_least(3 + by, 3)},
        )
        scene(
            f"R03 {off(by)} from the notch of a building, turned",
            turned.area(SITE),
            # An L about the site: to its east, and farther off to its north.
            {
                "buildings": [
                    turned.area(
                        [
                            (10 + 3 + by, -20),
                            (40, -20),
                            (40, 30),
                            (-20, 30),
                            (-20, 6),
                            (10 + 3 + by, 6),
                        ]
                    )
                ]
            },
            expect={"R03": at_least(3 + by, 3)},
        )
    # The second limit of R04: nearer than 3 m it is forbidden.
    for by in OFF:
        apart = 3 + by
        force = "hard" if to_cm(apart) < 3 else "should"
        scene(
            f"R04's step {off(by)}",
            straight.area(SITE),
            {"exits": [straight.point(5, 2 + apart)]},
            expect={"R04": ("breach", to_cm(apart), force)},
        )
    scene(
        "of several exits the nearest, one inside the site",
        straight.area(SITE),
        {"exits": [straight.point(5, 9), straight.point(5, 1)]},
        expect={"R04": ("breach", 0.0, "hard"), "R13": ("ok", 0.0)},
    )
    scene(
        "a wall that is touched",
        turned.area(SITE),
        {"buildings": [turned.area(box(10, 0, 20, 5))]},
        expect={"R03": ("breach", 0.0)},
    )
    for by in OFF:
        apart = 150 + by
        scene(
            f"R13 {off(by)}",
            turned.area(SITE),
            {"exits": [turned.point(10 + apart, 1)]},
            expect={"R13": at_most(apart, 150)},
        )


def overlaps() -> None:
    """Rules of an overlap: a strip ten metres long."""
    straight, turned = Ground(), Ground(TURN)
    # Square metres: nothing, what is rounded to nothing, what is not, and plenty.
    some = (0.0, 0.004, 0.006, 0.01, 5.0)
    for code, layer in (("R00", "excluded_areas"), ("R02", "operation_areas")):
        for how, ground in (("", straight), (" turned", turned)):
            for taken in some:
                deep = taken / 10
                scene(
                    f"{code} {taken} m²{how}",
                    ground.area(SITE),
                    {layer: [ground.area(box(-5, 2 - deep, 15, 20))]},
                    expect={code: at_most(taken, 0)},
                )
        scene(
            f"{code} in the hole of it",
            turned.area(SITE),
            {layer: [turned.area(box(-20, -20, 30, 20), box(-1, -1, 11, 3))]},
            expect={code: ("ok", 0.0)},
        )
        scene(
            f"{code} over the edge of its hole by a strip of 0.5 m",
            turned.area(SITE),
            {layer: [turned.area(box(-20, -20, 30, 20), box(-1, 0.5, 11, 3))]},
            expect={code: ("breach", 5.0)},
        )
        scene(
            f"{code} in the hole of the site",
            turned.area(box(-10, -10, 10, 10), box(-4, -4, 4, 4)),
            {layer: [turned.area(box(-3, -3, 3, 3))]},
            expect={code: ("ok", 0.0)},
        )
        scene(
            f"{code} across an L: the foot and the leg",
            turned.area(L),
            # x from 2 to 6, y from 1 to 5: 2 × 4 of the leg and 2 × 1 of the foot.
            {layer: [turned.area(box(2, 1, 6, 5))]},
            expect={code: ("breach", 10.0)},
        )
        scene(
            f"{code} of two the one that is taken most of",
            straight.area(SITE),
            {
                layer: [
                    straight.area(box(-5, 1.9, 15, 20)),
                    straight.area(box(-5, -20, 15, 0.3)),
                ]
            },
            expect={code: ("breach", 3.0)},
        )
    for how, ground in (("", straight), (" turned", turned)):
        for outside in some:
            deep = outside / 10
            scene(
                f"R16 {outside} m² outside{how}",
                ground.area(SITE),
                {"estates": [ground.area(box(-50, -50, 50, 2 - deep))]},
                expect={"R16": at_most(outside, 0)},
            )
    scene(
        "R16 over a hole in the estate",
        turned.area(SITE),
        {"estates": [turned.area(box(-50, -50, 50, 50), box(2, -1, 4, 1))]},
        expect={"R16": ("breach", 2.0)},
    )


def wide(line: dict[str, Any], width_m: float | None) -> tuple[dict[str, Any], dict[str, Any]]:
    return line, {"width_m": width_m}


def lanes() -> None:
    straight, turned = Ground(), Ground(TURN)
    for how, ground in (("", straight), (" turned", turned)):
        lane = wide(ground.line((-40, 0), (40, 0)), 6)
        for taken in (0.0, 0.004, 0.006, 0.01, 5.0):
            south = 3 - taken / 10
            scene(
                f"R01 {taken} m²{how}",
                ground.area(box(0, south, 10, south + 2)),
                {"lanes": [lane]},
                expect={"R01": at_most(taken, 0), "R01b": ("ok", to_cm(6 - taken / 10))},
            )
        # From one side.
        for by in OFF:
            clear = 4 + by
            scene(
                f"R01b {off(by)} from the side{how}",
                ground.area(box(0, -3 + clear, 10, 9)),
                {"lanes": [lane]},
                expect={"R01b": at_least(clear, 4)},
            )
        # A block in the lane, off its middle.
        for by in FEW:
            clear = 4 + by
            scene(
                f"R01b {off(by)} beside a block in the lane{how}",
                ground.area(box(0, -3 + clear, 1, -3 + clear + 0.5)),
                {"lanes": [lane]},
                expect={"R01b": at_least(clear, 4)},
            )
    ten = wide(turned.line((-40, 0), (40, 0)), 10)
    for by in FEW:
        clear = 4 + by
        thick = 10 - 2 * clear
        # A slanting wall: the gap to its right widens as the one to its left narrows. They are
        # alike where its middle crosses the lane's.
        scene(
            f"R01b {off(by)} beside a slanting wall, where both gaps are alike",
            turned.area(
                [
                    (0, -2 - thick / 2),
                    (10, 2 - thick / 2),
                    (10, 2 + thick / 2),
                    (0, -2 + thick / 2),
                ]
            ),
            {"lanes": [ten]},
            expect={"R01b": at_least(clear, 4)},
        )
        # A diamond: narrowest at its two corners across the lane.
        scene(
            f"R01b {off(by)} beside a diamond",
            turned.area([(-3, 0), (0, -5 + clear), (3, 0), (0, 5 - clear)]),
            {"lanes": [ten]},
            expect={"R01b": at_least(clear, 4)},
        )
        # A wedge from the side, its point towards the middle.
        scene(
            f"R01b {off(by)} before the point of a wedge",
            turned.area([(-4, 9), (1, -5 + clear), (4, 9)]),
            {"lanes": [ten]},
            expect={"R01b": at_least(clear, 4)},
        )
        # Arms from both sides: a C about the lane's end.
        six = wide(turned.line((-40, 0), (20, 0)), 6)
        scene(
            f"R01b {off(by)} between two arms of one site",
            turned.area(
                [
                    (10, -6),
                    (25, -6),
                    (25, 6),
                    (10, 6),
                    (10, clear / 2),
                    (22, clear / 2),
                    (22, -clear / 2),
                    (10, -clear / 2),
                ]
            ),
            {"lanes": [six]},
            expect={"R01b": at_least(clear, 4)},
        )
        # A bend to the left by a right angle: its outer corner is a quarter of a circle.
        bent = wide(turned.line((-40, 0), (0, 0), (0, 40)), 6)
        a = (clear - 3) / math.sqrt(2)
        scene(
            f"R01b {off(by)} in a bend, a corner towards it",
            turned.area(box(a, -a - 5, a + 5, -a)),
            {"lanes": [bent]},
            expect={"R01b": at_least(clear, 4)},
        )
        # A wall across the diagonal of the bend, nearest in the middle of its length.
        d, half = clear - 3, 0.6
        diagonal = [
            ((d + far) + side * 1.0, -(d + far) + side * 1.0)
            for far, side in ((0, -half), (2, -half), (2, half), (0, half))
        ]
        scale = 1 / math.sqrt(2)
        scene(
            f"R01b {off(by)} in a bend, a wall across it",
            turned.area([(x * scale, y * scale) for x, y in diagonal]),
            {"lanes": [bent]},
            expect={"R01b": at_least(clear, 4)},
        )
        # On the second leg, from its right.
        scene(
            f"R01b {off(by)} on the second leg of a bend",
            turned.area(box(-3 + clear, 10, 9, 14)),
            {"lanes": [bent]},
            expect={"R01b": at_least(clear, 4)},
        )
        # The same, the other way round and in two parts.
        parts = {
            "type": "MultiLineString",
            "coordinates": [
                turned.at([(0, 40), (0, 8)]),
                turned.at([(0, 0), (-40, 0)]),
            ],
        }
        scene(
            f"R01b {off(by)} on a lane of two parts",
            turned.area(box(-3 + clear, 10, 9, 14)),
            {"lanes": [wide(parts, 6)]},
            expect={"R01b": at_least(clear, 4)},
        )
    lane = wide(turned.line((-40, 0), (40, 0)), 6)
    # A ring: inside it is free, but nobody comes in. Its walls leave 1.5 m and 0.5 m.
    scene(
        "a ring in the lane: its hole is no way through",
        turned.area(box(0, -2.5, 8, 1.5), box(1, -2, 7, 1)),
        {"lanes": [lane]},
        expect={"R01b": ("breach", 1.5), "R01": ("breach", 14.0)},
    )
    # A box that is open ahead: one runs into its wall.
    scene(
        "a U in the lane is as wide as beside its wall",
        turned.area([(0, -2.5), (8, -2.5), (8, -2), (1, -2), (1, 1), (8, 1), (8, 1.5), (0, 1.5)]),
        {"lanes": [lane]},
        expect={"R01b": ("breach", 1.5)},
    )
    # One block from the right, the next from the left, just where the first one ends.
    scene(
        "a Z across the lane leaves no way",
        turned.area([(-5, -9), (0, -9), (0, -0.5), (5, -0.5), (5, 9), (0, 9), (0, 0.5), (-5, 0.5)]),
        {"lanes": [lane]},
        expect={"R01b": ("breach", 0.0)},
    )
    scene(
        "all of the lane is taken",
        turned.area(box(0, -9, 4, 9)),
        {"lanes": [lane]},
        expect={"R01b": ("breach", 0.0), "R01": ("breach", 24.0)},
    )
    scene(
        "a lane that is too narrow already, and nearer than its own width",
        turned.area(box(0, 3.4, 10, 6)),
        {"lanes": [wide(turned.line((-40, 0), (40, 0)), 3.5)]},
        expect={"R01b": ("breach", 3.5), "R01": ("ok", 0.0)},
    )
    scene(
        "a lane that is too narrow already, and farther than its own width",
        turned.area(box(0, 3.6, 10, 6)),
        {"lanes": [wide(turned.line((-40, 0), (40, 0)), 3.5)]},
        expect={"R01b": ("ok", None), "R01": ("ok", 0.0)},
    )
    scene(
        "of two lanes the narrower counts",
        turned.area(box(0, 1, 10, 5)),
        {"lanes": [lane, wide(turned.line((-40, 6), (40, 6)), 7)]},
        # 4 m are left of the one, 4.5 m of the other (from y = 5 to 9.5).
        expect={"R01b": ("ok", 4.0)},
    )
    unmeasured = wide(turned.line((-40, 0), (40, 0)), None)
    scene(
        "a lane without a width, across the site",
        turned.area(box(0, -1, 10, 1)),
        {"lanes": [unmeasured]},
        expect={"R01": ("breach", None, "hard"), "R01b": ("cant_tell", None)},
    )
    scene(
        "a lane without a width, beside the site",
        turned.area(box(0, 9.9, 10, 12)),
        {"lanes": [unmeasured]},
        expect={"R01": ("cant_tell", None), "R01b": ("cant_tell", None)},
    )
    scene(
        "a lane without a width, too far to matter however wide it is",
        turned.area(box(0, 10.1, 10, 12)),
        {"lanes": [unmeasured]},
        expect={"R01": ("ok", 0.0), "R01b": ("ok", None)},
    )
    scene(
        "a breach is one whatever is not known of another lane",
        turned.area(box(0, 0, 10, 5)),
        {"lanes": [lane, wide(turned.line((-40, 7), (40, 7)), None)]},
        expect={"R01": ("breach", 30.0), "R01b": ("breach", 3.0)},
    )
    for level in ("b1", "b2", "roof"):
        scene(
            f"over or under a lane: {level}",
            turned.area(box(0, 0, 10, 5)),
            {"lanes": [lane]},
            level=level,
            expect={"R01": ("not_applicable", None), "R01b": ("not_applicable", None)},
        )


def missing() -> None:
    ground = Ground(TURN)
    far = {
        "buildings": ground.area(box(60, 0, 70, 10)),
        "exits": ground.point(60, 0),
        "hydrants": ground.point(60, 0),
        "sensitive_places": ground.area(box(60, 0, 70, 10)),
        "operation_areas": ground.area(box(60, 0, 70, 10)),
        "lanes": ground.line((60, 0), (80, 0)),
    }
    # What a rule says where its layer is there and nothing of it is near.
    free = {
        "R01": ("lanes", 0.0),
        "R01b": ("lanes", None),
        "R02": ("operation_areas", 0.0),
        "R03": ("buildings", None),
        "R04": ("exits", None),
        "R05": ("hydrants", None),
        "R10": ("sensitive_places", None),
    }
    for code, (layer, value) in free.items():
        seen = value if value is not None or layer == "lanes" else 50.0
        told = (far[layer], {"width_m": 6}) if layer == "lanes" else far[layer]
        other = (far[layer], {"width_m": 6, "estate": 2})
        empty = value if value is not None else None
        for says, shapes, survey, site, verdict in (
            ("nobody drew it", [], (), {}, ("cant_tell", empty)),
            ("it is known to be complete, and empty", [], (layer,), {}, ("ok", value)),
            ("the estate has one of it within reach", [told], (), {}, ("ok", seen)),
            ("only another estate has", [other], (), {}, ("cant_tell", seen)),
            ("in the open street any will do", [other], (), {"estate": None}, ("ok", seen)),
            ("it is not told to whoever asks", None, (layer,), {}, ("cant_tell", empty)),
        ):
            scene(
                f"{code}: {says}",
                ground.area(SITE),
                {layer: shapes},
                surveyed=survey,
                expect={code: verdict},
                **site,
            )
    scene(
        "beyond reach nothing of a layer says that it is there",
        ground.area(SITE),
        {"hydrants": [ground.point(10 + 100.1, 1)]},
        expect={"R05": ("cant_tell", None)},
    )
    scene(
        "excluded areas are not told to all",
        ground.area(SITE),
        {"excluded_areas": None},
        expect={"R00": ("cant_tell", None)},
    )
    scene(
        "no excluded area lies here: the office's list is whole",
        ground.area(SITE),
        {"excluded_areas": []},
        expect={"R00": ("ok", 0.0)},
    )
    scene(
        "an outline that crosses itself is not measured",
        ground.area([(0, 0), (10, 4), (10, 0), (0, 4)]),
        {"lanes": [], "excluded_areas": [], "operation_areas": []},
        surveyed=("lanes", "operation_areas"),
        expect=dict.fromkeys(("R00", "R01", "R01b", "R02", "R08"), ("cant_tell", None)),
    )
    scene(
        "no estate: what is asked of one is not asked",
        ground.area(SITE),
        {"estates": []},
        estate=None,
        commercial=True,
        ports=5,
        bays=5,
        expect=dict.fromkeys(("R12", "R12b", "R13", "R14", "R16"), ("not_applicable", None)),
    )
    scene(
        "an estate without a boundary, without doors, without a number of e-bikes",
        ground.area(SITE),
        {"estates": [(None, {"id": 1, "ebikes": None, "charging": []})], "exits": []},
        ports=5,
        bays=5,
        expect=dict.fromkeys(("R12", "R12b", "R13", "R16"), ("cant_tell", None)),
    )
    scene(
        "nothing was told of the site",
        ground.area(SITE),
        expect=dict.fromkeys(
            [
                "R06",
                "R06b",
                "R06c",
                "R07",
                "R07b",
                "R08b",
                "R09",
                "R09b",
                "R09c",
                "R11",
                "R11b",
                "R14",
                "R15",
            ],
            ("cant_tell", None),
        ),
    )
    for level, asked in (
        ("ground", "breach"),
        ("ground_indoor", "not_applicable"),
        ("b1", "not_applicable"),
        ("roof", "not_applicable"),
    ):
        scene(
            f"R03 is asked of open ground only: {level}",
            ground.area(SITE),
            {"buildings": [ground.area(box(0, 3, 10, 9))]},
            level=level,
            expect={"R03": (asked, 1.0 if asked == "breach" else None)},
        )


def attributes() -> None:
    ground = Ground(TURN)
    for code, name, limit in (("R07", "bay_length_m", 2.2), ("R07b", "bay_width_m", 0.8)):
        for by in OFF:
            scene(
                f"{code} {off(by)}",
                ground.area(SITE),
                **{name: round(limit + by, 4)},
                expect={code: at_least(limit + by, limit)},
            )
    for by in OFF:
        scene(
            f"R06b {off(by)}",
            ground.area(SITE),
            group_length_m=round(20 + by, 4),
            expect={"R06b": at_most(20 + by, 20)},
        )
        # Square metres: 20 m by 10 m and so much.
        scene(
            f"R08 {off(by)}",
            ground.area(box(0, 0, 20, (200 + by) / 20)),
            cctv=False,
            expect={"R08": at_most(200 + by, 200)},
        )
    for bays in (19, 20, 21):
        scene(
            f"R06, R11: {bays} bays, one group, one entrance",
            ground.area(SITE),
            bays=bays,
            bay_width_m=0.8,
            entrances=1,
            expect={
                "R06": ("ok" if bays <= 20 else "breach", bays),
                "R06b": ("ok", to_cm(bays * 0.8)),
                "R06c": ("not_applicable", None),
                "R11": ("breach", 1.0) if bays > 20 else ("not_applicable", None),
            },
        )
        for entrances in (2, 3):
            scene(
                f"R11: {bays} bays, {entrances} entrances",
                ground.area(SITE),
                bays=bays,
                entrances=entrances,
                expect={"R11": ("ok", entrances) if bays > 20 else ("not_applicable", None)},
            )
    for partitions, verdict in ((True, "ok"), (False, "breach"), (None, "cant_tell")):
        scene(
            f"R06c: groups of 20, partitions {partitions}",
            ground.area(SITE),
            bays=40,
            group_bays=20,
            partitions=partitions,
            expect={"R06c": (verdict, None), "R06": ("ok", 20.0)},
        )
    for bays in (99, 100, 101):
        for cctv in (True, False, None):
            verdict = "ok" if bays <= 100 or cctv else "breach" if cctv is False else "cant_tell"
            scene(
                f"R08b: {bays} bays, camera {cctv}",
                ground.area(SITE),
                bays=bays,
                cctv=cctv,
                expect={"R08b": (verdict, None if verdict == "cant_tell" else bays)},
            )
    for cctv, verdict in ((True, "ok"), (None, "cant_tell")):
        scene(
            f"R08: 280 m² about a hole, camera {cctv}",
            ground.area(box(0, 0, 20, 20), box(4, 4, 14, 16)),
            cctv=cctv,
            expect={"R08": (verdict, 280.0 if cctv else None)},
        )
    for place in ("open_ground", "roadside", "shed", "open_floor"):
        scene(
            f"R09, R09c: {place}",
            ground.area(SITE),
            place=place,
            expect={
                "R09": ("ok", None),
                "R09c": ("breach" if place == "open_floor" else "ok", None),
            },
        )
    for place in ("lobby", "corridor", "stairwell", "exit", "car_bay"):
        scene(
            f"R09: {place}",
            ground.area(SITE),
            place=place,
            expect={"R09": ("breach", None, "hard"), "R09c": ("ok", None)},
        )
    for level in ("ground", "ground_indoor", "b1", "b2", "roof"):
        scene(
            f"R09b: {level}",
            ground.area(SITE),
            level=level,
            expect={"R09b": ("breach" if level == "b2" else "ok", None)},
        )
    for canopy in ("none", "open", "closed"):
        scene(
            f"R11b: {canopy}",
            ground.area(SITE),
            canopy=canopy,
            expect={"R11b": ("breach" if canopy == "closed" else "ok", None)},
        )
    for commercial, voted, verdict in (
        (False, None, "not_applicable"),
        (True, None, "breach"),
        (True, False, "breach"),
        (True, True, "ok"),
        (None, True, "cant_tell"),
    ):
        scene(
            f"R14: for business {commercial}, carried {voted}",
            ground.area(SITE),
            commercial=commercial,
            voted=voted,
            expect={"R14": (verdict, None)},
        )


def demand() -> None:
    ground = Ground()
    whole = ground.area(box(-50, -50, 50, 50))

    def estate(*charging: tuple[int, int | None, int | None], ebikes: int = 1000) -> Any:
        sites = [{"id": id, "ports": ports, "bays": bays} for id, ports, bays in charging]
        return {"estates": [(whole, {"id": 1, "ebikes": ebikes, "charging": sites})]}

    # Per e-bike, to the hundredth: 295 of a thousand are 0.30.
    for ports, verdict, value in ((290, "breach", 0.29), (294, "breach", 0.29), (296, "ok", 0.3)):
        scene(
            f"R12: {ports} ports for 1000 e-bikes",
            ground.area(SITE),
            estate(),
            ports=ports,
            bays=ports,
            expect={"R12": (verdict, value)},
        )
    for bays, verdict, value in ((990, "breach", 0.99), (994, "breach", 0.99), (996, "ok", 1.0)):
        scene(
            f"R12b: {bays} bays for 1000 e-bikes",
            ground.area(SITE),
            estate(),
            bays=bays,
            expect={"R12b": (verdict, value), "R12": ("cant_tell", None)},
        )
    scene(
        "R12 with what the estate has already, without what was made from this",
        ground.area(SITE),
        estate((7, 200, 500), (8, 40, 40)),
        ports=100,
        bays=500,
        site=8,
        expect={"R12": ("ok", 0.3), "R12b": ("ok", 1.0)},
    )
    scene(
        "R12 where it is not told what another site has, and would decide",
        ground.area(SITE),
        estate((7, None, 900)),
        ports=299 - 10,
        bays=200,
        expect={"R12": ("cant_tell", None), "R12b": ("ok", 1.1)},
    )
    scene(
        "R12 where it is not told what another site has, and does not matter",
        ground.area(SITE),
        estate((7, None, None)),
        ports=400,
        bays=200,
        expect={"R12": ("ok", 0.4), "R12b": ("cant_tell", None)},
    )


def footprints() -> list[dict[str, Any]]:
    """Corners worked out on the projection, whose north leans by the meridian's convergence."""
    told = []
    [[east, north]] = reproject(np.array([ORIGIN]), WGS84, METRIC)
    lean = (ORIGIN[0] - METRIC_MERIDIAN) * math.sin(math.radians(ORIGIN[1]))
    for rotation, bays, rows, long_m, short_m in (
        (0, 10, 1, 8.0, 2.2),
        (90, 10, 1, 8.0, 2.2),
        (33.5, 25, 1, 20.0, 2.2),
        (120, 25, 2, 10.4, 4.4),
        (179.99, 2, 1, 2.2, 1.6),
    ):
        turn = math.radians(rotation - lean)
        corners = [
            (
                east + (a * long_m * math.sin(turn) + b * short_m * math.cos(turn)) / 2,
                north + (a * long_m * math.cos(turn) - b * short_m * math.sin(turn)) / 2,
            )
            for a, b in ((1, -1), (-1, -1), (-1, 1), (1, 1), (1, -1))
        ]
        ring = [
            [round(float(each), 8) for each in point]
            for point in reproject(np.array(corners), METRIC, WGS84)
        ]
        told.append(
            {
                "anchor": list(ORIGIN),
                "rotation_deg": rotation,
                "bays": bays,
                "rows": rows,
                "ring": ring,
            }
        )
    return told


def first_rules() -> list[dict[str, Any]]:
    """As the migration puts them."""
    made: list[dict[str, Any]] = []

    def keep(**fields: Any) -> None:
        on = fields["source_on"]
        made.append(fields | {"source_on": on and on.isoformat(), "on": True})

    objects = SimpleNamespace(bulk_create=list)
    table = type("Rule", (), {"objects": objects, "__new__": lambda _cls, **told: keep(**told)})
    apps = SimpleNamespace(get_model=lambda _app, _name: table)
    import_module("planning.migrations.0003_the_first_rules").begin(apps, None)
    return made


def written() -> str:
    """A line for each rule, footprint and vector."""
    VECTORS.clear()
    for part in (distances, overlaps, lanes, missing, attributes, demand):
        part()
    parts = {"rules": first_rules(), "footprints": footprints(), "vectors": VECTORS}
    lines = ",\n".join(
        f' "{name}": [\n'
        + ",\n".join("  " + json.dumps(each, ensure_ascii=False) for each in rows)
        + "\n ]"
        for name, rows in parts.items()
    )
    return f'{{\n "projection": {json.dumps(reference(METRIC).proj)},\n{lines}\n}}\n'


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
