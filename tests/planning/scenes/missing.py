"""What can't be told, and why."""

from tests.planning.scenes.laid import SITE, TURN, Ground, box, scene


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
