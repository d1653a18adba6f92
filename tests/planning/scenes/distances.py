"""How far from a wall, an exit, a hydrant, and other things that are measured in metres."""

from tests.planning.scenes.laid import (
    FEW,
    OFF,
    SITE,
    TURN,
    Ground,
    L,
    at_least,
    at_most,
    box,
    off,
    scene,
    to_cm,
)


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
