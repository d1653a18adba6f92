"""How estates are built, by age: what stands in their rows and how wide their lanes are."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Ranges are (least, most). Metres, but for floors; `unit_m` of a row has one staircase."""

    name: str
    floors: tuple[int, int]
    storey_m: float
    depth_m: tuple[float, float]
    length_m: tuple[float, float]
    gap_m: tuple[float, float]  # from row to row
    beside_m: tuple[float, float]  # from building to building in a row
    unit_m: float
    flats: int  # on a floor, at one staircase
    lane_m: tuple[float, float]
    narrow: float  # the share of lanes below four metres
    ebikes: tuple[float, float]  # for each household
    company: float  # the share with a property company
    shape: str = "slab"
    courts: float = 0.0  # the share of row pairs closed to a court
    staggered: bool = False


# Up to six floors without a lift, before 2000; the row is the whole plan.
OLD = Style(
    name="old",
    floors=(5, 7),
    storey_m=3.0,
    depth_m=(10.5, 12.5),
    length_m=(34, 58),
    gap_m=(15.5, 18.5),
    beside_m=(6.5, 9),
    unit_m=17,
    flats=2,
    lane_m=(3.0, 4.8),
    narrow=0.4,
    ebikes=(0.8, 1.3),
    company=0.55,
)
COURTS = Style(
    name="courts",
    floors=(6, 8),
    storey_m=3.0,
    depth_m=(11, 13),
    length_m=(38, 62),
    gap_m=(19, 24),
    beside_m=(8, 11),
    unit_m=18,
    flats=2,
    lane_m=(3.6, 5.2),
    narrow=0.2,
    ebikes=(0.7, 1.1),
    company=0.75,
    courts=0.8,
)
TERRACES = Style(
    name="terraces",
    floors=(3, 4),
    storey_m=3.2,
    depth_m=(12, 14),
    length_m=(24, 38),
    gap_m=(15.5, 18),
    beside_m=(7, 9),
    unit_m=8,
    flats=1,
    lane_m=(3.5, 5.0),
    narrow=0.25,
    ebikes=(0.5, 0.8),
    company=0.8,
)
LIFTED = Style(
    name="lifted",
    floors=(9, 12),
    storey_m=2.95,
    depth_m=(13, 15),
    length_m=(38, 62),
    gap_m=(25, 31),
    beside_m=(9, 13),
    unit_m=20,
    flats=2,
    lane_m=(4.0, 6.0),
    narrow=0.1,
    ebikes=(0.5, 0.9),
    company=0.95,
)
TOWERS = Style(
    name="towers",
    floors=(18, 33),
    storey_m=2.95,
    depth_m=(20, 24),
    length_m=(25, 31),
    gap_m=(33, 41),
    beside_m=(14, 22),
    unit_m=40,
    flats=4,
    lane_m=(4.0, 6.5),
    narrow=0.06,
    ebikes=(0.35, 0.7),
    company=0.98,
    shape="tower",
    staggered=True,
)

# How common each is in the middle of the town, and far out.
INNER = {OLD: 0.46, COURTS: 0.18, LIFTED: 0.16, TOWERS: 0.17, TERRACES: 0.03}
OUTER = {OLD: 0.16, COURTS: 0.14, LIFTED: 0.26, TOWERS: 0.34, TERRACES: 0.1}
