"""Where inspectors stand: what a kind of inspection looks at in every estate, as columns."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.models import Asset, AssetType, Estate
from geo.placing import Asked, Place, place
from inspections.demo.ground import Points, degrees, dice
from inspections.demo.register import Entered, Thing
from inspections.demo.sheets import Pile
from inspections.services import Published
from inspections.services.placing import facts_of

# Places to stand along a lane, or around an estate.
SPOTS = 6
# The share of inspections that name a thing, where there are any.
NAMED = 0.7
# The share of those made at the one thing where it is worst.
HOT = 0.3


@dataclass(frozen=True, slots=True)
class Stop:
    """A thing to look at, or the estate as a whole. `spots` is (n, 2), where one may stand, in
    metres; `drawn`, in degrees, is where a finding is drawn if nobody says where they stood, and
    always where the thing `is_point`."""

    asset: Asset | None
    spots: Points
    drawn: Points
    is_point: bool
    pile: Pile


@dataclass(frozen=True, slots=True)
class Beat:
    """The stops of all estates for one kind, one after the other. `reach` grows from the number
    of an estate to the next one's over its stops, by how often each is made."""

    version: Published
    piles: list[Pile]
    assets: NDArray[np.int64]  # 0: none
    spots: NDArray[np.float64]  # (stops, SPOTS, 2)
    drawn: Points
    is_point: NDArray[np.bool_]
    reach: NDArray[np.float64]

    def stops(self, estates: NDArray[np.int64], chance: np.random.Generator) -> NDArray[np.int64]:
        """A stop in each of these estates (numbers from 0)."""
        return np.searchsorted(self.reach, estates + chance.random(len(estates)), side="right")


def beat(seed: int, entered: Entered, version: Published) -> Beat:
    """Within a transaction: the register is asked for what the kind's rules may read."""
    chosen = [
        [each for each in things if each.asset.type == version.kind.asset and _in_use(each.asset)]
        for things in entered.things
    ]
    known = _asked(entered.estates, chosen)
    stops: list[Stop] = []
    reach: list[float] = []
    for number, things in enumerate(chosen):
        chance = dice(seed, "stops", version.slug, number)
        told = list(_stops(seed, entered, version, number, things, known, chance))
        stops += told
        # The last one reaches exactly to the next estate's number.
        reach += [number + share for share in np.cumsum(_shares(len(told), chance))[:-1]]
        reach.append(number + 1.0)
    return Beat(
        version=version,
        piles=[stop.pile for stop in stops],
        assets=np.array([stop.asset.pk if stop.asset else 0 for stop in stops]),
        spots=np.array([stop.spots for stop in stops]),
        drawn=np.array([stop.drawn for stop in stops]),
        is_point=np.array([stop.is_point for stop in stops]),
        reach=np.array(reach),
    )


def _in_use(asset: Asset) -> bool:
    return asset.status == "built"


def _asked(estates: list[Estate], chosen: list[list[Thing]]) -> dict[tuple[int, int | None], Place]:
    """Of a light the register knows no more than of its estate."""
    asked = [Asked(estate.pk) for estate in estates] + [
        Asked(thing.asset.estate_id or 0, thing.asset.pk)
        for things in chosen
        for thing in things
        if thing.asset.type != AssetType.LIGHT
    ]
    answers = place(asked, Estate.objects.all())
    return {
        (each.estate, each.asset): told for each, told in zip(asked, answers, strict=True) if told
    }


def _stops(
    seed: int,
    entered: Entered,
    version: Published,
    number: int,
    things: list[Thing],
    known: dict[tuple[int, int | None], Place],
    chance: np.random.Generator,
) -> Iterator[Stop]:
    estate, planned = entered.estates[number], entered.town.estates[number]
    everywhere = known[estate.pk, None]
    whole = Pile(seed, version, str(number), facts_of(everywhere))
    ring = planned.inside.lanes[0].line
    yield Stop(None, _along(ring, chance), _drawn(everywhere), False, whole)
    for thing in things:
        middle = _point(thing.shape)
        told = known.get((estate.pk, thing.asset.pk))
        pile, drawn = whole, degrees(middle)
        if told is not None:
            pile = Pile(seed, version, f"{number} {thing.asset.code}", facts_of(told), thing.asset)
            drawn = _drawn(told)
        if thing.shape.length and not thing.shape.area:
            spots = _along(thing.shape, chance)
        else:
            spots = np.tile(middle, (SPOTS, 1))
        yield Stop(thing.asset, spots, drawn, thing.shape.geom_type == "Point", pile)


def _shares(count: int, chance: np.random.Generator) -> Points:
    """The estate as a whole comes first, then its things: one of them far ahead of the others."""
    if count == 1:
        return np.ones(1)
    things = chance.dirichlet(np.full(count - 1, 3.0)) * (1 - HOT)
    things[int(chance.integers(count - 1))] += HOT
    return np.array([1 - NAMED, *things * NAMED])


def _along(line: shapely.LineString, chance: np.random.Generator) -> Points:
    spots = shapely.line_interpolate_point(line, chance.random(SPOTS), normalized=True)
    told: Points = shapely.get_coordinates(spots)
    return told


def _drawn(told: Place) -> Points:
    return np.array((told.lon, told.lat), dtype=float)


def _point(shape: shapely.Geometry) -> Points:
    point = shape.point_on_surface()
    return np.array((point.x, point.y))
