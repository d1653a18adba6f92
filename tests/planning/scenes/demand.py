"""What is asked of the ports and bays of an estate."""

from typing import Any

from tests.planning.scenes.laid import SITE, Ground, box, scene


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
