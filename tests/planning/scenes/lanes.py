"""What is left of a fire lane."""

import math
from typing import Any

from tests.planning.scenes.laid import (
    FEW,
    OFF,
    TURN,
    Ground,
    at_least,
    at_most,
    box,
    off,
    scene,
    to_cm,
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
