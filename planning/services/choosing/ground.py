"""The ground of a question: who needs how much, where a site may stand, how far it is between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import from_metric, metric
from geo.models import Asset, AssetType, Estate
from geo.scope import Scope
from planning import demand
from planning.checking import Surroundings
from planning.demand import Assumed, DemandPoint, Standing
from planning.models import Plan, SiteRule
from planning.selection import Instance
from planning.selection.instance import order
from planning.services.around import surroundings
from planning.services.choosing.candidates import Candidate, Found, Place, Thinned, candidates

# Farther than so many times the walking distance, nobody needs to know how far it is.
_TIMES_RADIUS = 4.0
_AT_LEAST_M = 600.0


@dataclass(frozen=True, eq=False)
class Question:
    """What is weighed, with all that the answer is told with. `by` is how each pair of the
    instance was measured, in its order."""

    instance: Instance
    points: Sequence[DemandPoint]
    candidates: dict[str, Candidate]
    thinned: Sequence[Thinned]
    standing: Sequence[Standing]
    estates: dict[int, str]
    by: np.ndarray
    assumed: Assumed


@dataclass(frozen=True, slots=True)
class _Site:
    id: str
    at: tuple[float, float]
    ports: float
    price: float
    group: int
    standing: bool
    barred: str

    @classmethod
    def of(cls, each: Candidate, asked: dict[str, Any]) -> "_Site":
        middle = each.shape.centroid
        return cls(
            each.id,
            (middle.x, middle.y),
            ports_of(each.id, asked),
            asked["cost_yuan"],
            each.estate or -1,
            False,
            " ".join(each.barred),
        )

    @classmethod
    def there(cls, each: Standing, asked: dict[str, Any]) -> "_Site":
        ports = asked["ports_at"].get(each.id, each.ports or 0)
        return cls(each.id, each.at, ports, 0, -1, True, "")


def ports_of(candidate: str, asked: dict[str, Any]) -> int:
    return int(asked["ports_at"].get(candidate, asked["ports"]))


T = TypeVar("T", DemandPoint, _Site)


def _in_order(rows: list[T]) -> list[T]:
    return [rows[at] for at in order([each.id for each in rows])]


def question(plan: Plan, scope: Scope, asked: dict[str, Any]) -> Question:
    """Raises TooMany (`planning.services.choosing.candidates`); ValueError for unknown ids."""
    by = demand.assumed()
    communities = asked["communities"] or ([plan.community_id] if plan.community_id else [])
    since, until = (asked[name] and date.fromisoformat(asked[name]) for name in ("since", "until"))
    points = demand.points(scope, by, communities=communities, since=since, until=until)
    points = _in_order([each for each in points if each.weight > 0])
    estates = Estate.objects.visible_in(scope).current().among(community=communities)
    named = {each.pk: each for each in estates.defer("address")}
    ground = _candidates(named, scope, asked)
    found = ground.candidates
    there = demand.standing(scope, plan=plan, communities=communities)
    # In the order of their ids, as whatever is solved has them.
    new, old = (_Site.of(each, asked) for each in found), (_Site.there(e, asked) for e in there)
    sites = _in_order([*new, *old])
    unknown = asked["ports_at"].keys() - {each.id for each in sites}
    if unknown:
        raise ValueError(f"ports_at: no such site: {', '.join(sorted(unknown))}")
    at = np.array([each.at for each in sites], float).reshape(-1, 2)
    limit = max(asked["radius_m"] * _TIMES_RADIUS, _AT_LEAST_M)
    found_ways = demand.ways(points, at, by, most_m=np.inf if asked.get("whole") else limit)
    metres, how = found_ways.metres, found_ways.by
    rows, cols = np.nonzero(np.isfinite(metres))
    instance = Instance(
        demand=tuple(each.id for each in points),
        # To the hundredth of an e-bike, so that equals are equal.
        weight=np.round([each.weight for each in points], 2).astype(float),
        sites=tuple(each.id for each in sites),
        rows=rows,
        cols=cols,
        cost=metres[rows, cols],
        price=np.array([each.price for each in sites], float),
        capacity=np.array([each.ports * by.ebikes_per_port for each in sites], float),
        group=np.array([each.group for each in sites], np.int64),
        at=at,
        standing=np.array([each.standing for each in sites], np.bool_),
        barred=tuple(each.barred for each in sites),
        home=np.array([each.estate for each in points], np.int64),
    )
    return Question(
        instance,
        points,
        {each.id: each for each in found},
        ground.thinned,
        there,
        {pk: each.name for pk, each in named.items()},
        how[rows, cols],
        by,
    )


def _candidates(named: dict[int, Estate], scope: Scope, asked: dict[str, Any]) -> Found:
    own = [Place(pk, pk, _metric(each.geom)) for pk, each in named.items() if each.geom]
    spaces = Asset.objects.visible_in(scope).current().of_type(AssetType.VACANT_SPACE)
    vacant = [
        Place(each.pk, each.estate_id, _metric(each.geom), each.pk)
        for each in spaces.filter(estate__in=named)
    ]
    if not own and not vacant:
        return Found()
    rules = [each.rule for each in SiteRule.objects.in_force()]
    return candidates(
        own,
        vacant,
        _around([*own, *vacant], scope),
        rules,
        grid_m=asked["grid_m"],
        ports=asked["ports"],
        bays=asked["bays"],
        named={*asked["forced"], *asked["forbidden"], *asked["admitted"], *asked["ports_at"]},
    )


def _around(places: list[Place], scope: Scope) -> Surroundings:
    """What decides the rules that forbid, on all of this ground at once."""
    lonlat = [from_metric(each.area) for each in places]
    return surroundings(shapely.total_bounds(lonlat).tolist(), None, scope)


def _shape(geom: Any) -> BaseGeometry:
    return shapely.from_wkb(bytes(geom.wkb))


def _metric(geom: Any) -> BaseGeometry:
    return metric(_shape(geom))
