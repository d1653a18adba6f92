"""The town as planned on paper, in metres."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from inspections.demo import blocks, fittings, layout, names, partition, ways
from inspections.demo.blocks import Block
from inspections.demo.fittings import HIGH_RISE_M, Fittings
from inspections.demo.ground import dice, pick
from inspections.demo.layout import Inside
from inspections.demo.styles import INNER, OUTER, Style
from inspections.demo.ways import Ways

ESTATES = 150
COMPANIES = 25
TARGETS = 20
# In every community that has any.
LEAST_ESTATES = 5
# An estate needs room for two rows of houses, and is no town of its own.
LEAST_M2, MOST_M2, LEAST_BREADTH_M, LEAST_BUILDINGS = 13_000, 70_000, 85, 4
# The estates where most is wrong, and how many times as much as usual.
WORST, WORST_TIMES = 9, 3.2


@dataclass(frozen=True, slots=True)
class Estate:
    """`community` and `company` count from 0. `trouble`: how often something is wrong there;
    `slack`: how long it stays so; 1 is usual. `progress`: of a target estate, how far its
    standardisation has come by the end, 0 to 1."""

    community: int
    name: str
    outline: Polygon
    inside: Inside
    fittings: Fittings
    company: int | None
    has_company: bool | None
    ebikes: int
    trouble: float
    slack: float
    progress: float | None

    @property
    def households(self) -> int:
        return sum(building.households for building in self.inside.buildings)

    @property
    def height_class(self) -> str:
        high = {building.height_m > HIGH_RISE_M for building in self.inside.buildings}
        return "mixed" if len(high) == 2 else "high" if high == {True} else "low"


@dataclass(frozen=True, slots=True)
class Road:
    """Rank 1 runs between communities, 2 through one, 3 around its blocks."""

    name: str
    rank: int
    line: LineString


@dataclass(frozen=True, slots=True)
class Town:
    """`ways` of each estate, in the same order."""

    communities: list[Polygon]
    estates: list[Estate]
    companies: list[str]
    roads: list[Road]
    ways: list[Ways]
    excluded: Polygon


@dataclass(frozen=True, slots=True)
class _Site:
    block: Block
    outline: Polygon
    inside: Inside


def plan(seed: int, placeholders: list[bool]) -> Town:
    """For each community, whether it is a placeholder: that one gets ground and no estates."""
    ground = partition.cut(seed, placeholders)
    every, streets = blocks.cut(seed, ground.cells)
    sites = _sites(seed, [block for block in every if not placeholders[block.community]])
    built_on = {id(site.block) for site in sites}
    estates = _estates(seed, sites)
    roads = list(_roads(seed, ground.borders, streets))
    lines = [road.line for road in roads]
    return Town(
        communities=ground.cells,
        estates=estates,
        companies=names.companies(seed, COMPANIES),
        roads=roads,
        ways=[
            ways.lay(seed, number, each.outline, each.inside, lines)
            for number, each in enumerate(estates)
        ],
        excluded=_lonely([block for block in every if id(block) not in built_on], sites),
    )


def _sites(seed: int, every: list[Block]) -> list[_Site]:
    """Blocks to live in: some in every community, and most of those in the middle of the town."""
    chance = dice(seed, "sites")
    places = [(block, outline) for block in every if (outline := _fence(block, chance))]
    keys = [chance.exponential() / (1.03 - block.outskirts) ** 3.2 for block, _ in places]
    order = [places[k] for k in np.argsort(keys)]
    seen: dict[int, int] = {}
    first: list[tuple[Block, Polygon]] = []
    later: list[tuple[Block, Polygon]] = []
    for block, outline in order:
        seen[block.community] = seen.get(block.community, 0) + 1
        (first if seen[block.community] <= LEAST_ESTATES else later).append((block, outline))
    sites: list[_Site] = []
    for number, (block, outline) in enumerate([*first, *later]):
        if len(sites) == ESTATES:
            break
        mood = dice(seed, "inside", number)
        inside = layout.fill(outline, _style(block, mood), mood)
        if len(inside.buildings) >= LEAST_BUILDINGS:
            sites.append(_Site(block, outline, inside))
    return sorted(sites, key=lambda site: (site.block.community, -site.outline.centroid.y))


def _fence(block: Block, chance: np.random.Generator) -> Polygon | None:
    """Where an estate's fence would run: the block's edge, or that of a part of a large block."""
    outline = block.outline
    while outline.area > MOST_M2:
        parts, _ = blocks.in_two(outline, chance)
        outline = max(parts, key=lambda part: part.area).buffer(-4, join_style="mitre")
    outline = outline.simplify(0.3)
    if outline.geom_type != "Polygon" or outline.area < LEAST_M2:
        return None
    _, _, length, breadth = blocks.long_side(outline)
    plain = outline.area > 0.62 * length * breadth
    return outline if plain and breadth > LEAST_BREADTH_M else None


def _lonely(free: list[Block], sites: list[_Site]) -> Polygon:
    """The block farthest from where anyone lives: nobody strays there."""
    homes = shapely.union_all([site.outline for site in sites])
    return max(free, key=lambda block: float(block.outline.distance(homes))).outline


def _style(block: Block, chance: np.random.Generator) -> Style:
    far = block.outskirts
    style: Style = pick(
        chance, {style: INNER[style] * (1 - far) + OUTER[style] * far for style in INNER}
    )
    return style


def _estates(seed: int, sites: list[_Site]) -> list[Estate]:
    chance = dice(seed, "estates")
    called = names.estates(seed, [site.inside.style.name for site in sites])
    # A few large companies and many small ones; some answer quickly, some hardly at all.
    large = chance.dirichlet(np.full(COMPANIES, 1.6))
    slow = chance.lognormal(0, 0.45, COMPANIES)
    managed = [chance.random() < site.inside.style.company for site in sites]
    company = [int(chance.choice(COMPANIES, p=large)) if each else None for each in managed]
    trouble = [
        chance.lognormal(-0.35, 0.45) * (1.25 if site.inside.style.narrow > 0.15 else 0.8)
        for site in sites
    ]
    for worst in chance.choice(len(sites), WORST, replace=False):
        trouble[worst] = WORST_TIMES * chance.uniform(0.85, 1.2)
    progress: dict[int, float] = dict(
        zip(
            chance.choice([k for k, each in enumerate(managed) if each], TARGETS, replace=False),
            np.linspace(0, 1, TARGETS),
            strict=True,
        )
    )
    estates = []
    for k, site in enumerate(sites):
        homes = sum(building.households for building in site.inside.buildings)
        number = company[k]
        estates.append(
            Estate(
                community=site.block.community,
                name=called[k],
                outline=site.outline,
                inside=site.inside,
                fittings=fittings.fit_out(
                    site.outline,
                    site.inside,
                    keen=float(chance.beta(2, 2)) if managed[k] else float(chance.beta(1.2, 3)),
                    chance=dice(seed, "fittings", k),
                ),
                company=number,
                # Of some old estates nobody knows yet who looks after them.
                has_company=managed[k] or (None if chance.random() < 0.15 else False),
                ebikes=round(homes * chance.uniform(*site.inside.style.ebikes)),
                trouble=float(trouble[k]),
                slack=float(slow[number] if number is not None else 1.8),
                progress=progress.get(k),
            )
        )
    return estates


def _roads(seed: int, borders: list[LineString], streets: list[blocks.Street]) -> Iterator[Road]:
    """Arterials and wider streets have names of their own; what is narrower borrows one."""
    beginnings = names.roads(seed)
    chance = dice(seed, "roads")
    for border in borders:
        yield Road(next(beginnings) + str(chance.choice(("大道", "路"))), 1, border)
    for street in streets:
        if street.rank == 2:
            yield Road(next(beginnings) + str(chance.choice(("路", "街"))), 2, street.line)
        else:
            yield Road("", 3, street.line)
