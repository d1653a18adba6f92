"""Ground that is taken of an area."""

from tests.planning.scenes.laid import SITE, TURN, Ground, L, at_most, box, scene


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
