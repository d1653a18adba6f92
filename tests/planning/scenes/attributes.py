"""What is asked of a site's own fields."""

from tests.planning.scenes.laid import (
    OFF,
    SITE,
    TURN,
    Ground,
    at_least,
    at_most,
    box,
    off,
    scene,
    to_cm,
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
