"""Demand points: one for each building, with its e-bikes and how they are known."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.measure import metric, points_m
from geo.models import Building, Estate, Exit
from geo.scope import Scope
from inspections.models import Finding
from inspections.querysets import FindingFilter
from planning.demand.assumed import Assumed
from planning.models import EbikeCount

# Parked and charged where people must get out, and charged by a wire from a window: whoever does
# so has nowhere else near (items DC-01, DC-02 and DC-04 of the e-bike checklist).
FLYING_WIRES = ("DC-01", "DC-02", "DC-04")


class Basis(StrEnum):
    COUNTED = "counted"  # at this building
    COUNTED_ESTATE = "counted_estate"  # in the estate, shared by households
    REGISTER = "register"  # the register's number of the estate, shared by households
    HOUSEHOLDS = "households"  # households, by what is assumed
    NOT_KNOWN = "not_known"  # no households either: nothing is reckoned


@dataclass(frozen=True, slots=True)
class DemandPoint:
    """`doors`: (n, 2) metres (EPSG:4549); `place`: degrees (WGS-84). `weight` is `ebikes` raised
    by `factor` for what was found near. `exits`: whether the doors are drawn as such, or only the
    building's middle stands for them."""

    id: str
    community: int
    estate: int
    estate_name: str
    name: str
    place: tuple[float, float]
    doors: np.ndarray
    exits: bool
    ebikes: float
    basis: Basis
    findings: int
    factor: float

    @property
    def weight(self) -> float:
        return self.ebikes * self.factor


def points(
    scope: Scope,
    by: Assumed,
    *,
    communities: Collection[int] = (),
    since: date | None = None,
    until: date | None = None,
) -> list[DemandPoint]:
    """Of estates in use within the scope, by the buildings' ids; an estate without a building is
    one point. `since` and `until` are days, both included, of findings that raise demand."""
    estates = Estate.objects.visible_in(scope).current().among(community=communities)
    named = {each.pk: each for each in estates.defer("address")}
    buildings = Building.objects.visible_in(scope).current().filter(estate__in=named)
    built = _by_estate(buildings.order_by("pk"))
    doors = _doors(scope, named)
    counted = _counted(named)
    found = _found(scope, named, since, until)
    rows = []
    for estate in sorted(named.values(), key=lambda each: each.pk):
        places = [_Place.of(each, doors.get(each.pk)) for each in built.get(estate.pk, [])]
        if not places and estate.geom is not None:
            places = [_Place.whole(estate)]
        for place, ebikes, basis in _shared(estate, places, counted, by):
            near = found.near(place.shape, by.raise_within_m) if found else 0
            rows.append(
                DemandPoint(
                    id=place.id,
                    community=estate.community_id,
                    estate=estate.pk,
                    estate_name=estate.name,
                    name=place.name,
                    place=place.at,
                    doors=place.doors,
                    exits=place.exits,
                    ebikes=ebikes,
                    basis=basis,
                    findings=near,
                    factor=min(1 + near * by.raise_per_finding, 1 + by.raise_most),
                )
            )
    return rows


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    building: int | None
    name: str
    households: int | None
    at: tuple[float, float]
    shape: BaseGeometry
    doors: np.ndarray
    exits: bool

    @classmethod
    def of(cls, building: Building, exits: list[tuple[float, float]] | None) -> "_Place":
        shape = shapely.from_wkb(bytes(building.geom.wkb))
        inside = shape.representative_point()
        at = (inside.x, inside.y)
        return cls(
            f"b{building.pk}",
            building.pk,
            building.number,
            building.households,
            at,
            metric(shape),
            points_m(np.array(exits or [at], float)),
            bool(exits),
        )

    @classmethod
    def whole(cls, estate: Estate) -> "_Place":
        assert estate.geom is not None
        shape = shapely.from_wkb(bytes(estate.geom.wkb))
        inside = shape.representative_point()
        at = (inside.x, inside.y)
        doors = points_m(np.array([at], float))
        return cls(f"e{estate.pk}", None, "", estate.households, at, metric(shape), doors, False)


def _by_estate(buildings: Iterable[Building]) -> dict[int, list[Building]]:
    rows: dict[int, list[Building]] = defaultdict(list)
    for each in buildings:
        rows[each.estate_id].append(each)
    return rows


def _doors(scope: Scope, named: Collection[int]) -> dict[int, list[tuple[float, float]]]:
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    exits = Exit.objects.visible_in(scope).current().filter(building__estate__in=named)
    for building, geom in exits.order_by("pk").values_list("building", "geom"):
        rows[building].append((geom.x, geom.y))
    return rows


def _counted(named: Collection[int]) -> dict[tuple[int, int | None], int]:
    """The latest count of each building, and of each estate (None)."""
    latest = EbikeCount.objects.filter(estate__in=named).latest_each()
    return {(row.estate_id, row.building_id): row.ebikes for row in latest}


def _shared(
    estate: Estate,
    places: list[_Place],
    counted: dict[tuple[int, int | None], int],
    by: Assumed,
) -> Iterable[tuple[_Place, float, Basis]]:
    """What was counted at a building is its own; what is known of the whole estate, less that, is
    shared by the others' households."""
    own = {
        place.building: counted[estate.pk, place.building]
        for place in places
        if place.building is not None and (estate.pk, place.building) in counted
    }
    others = [place for place in places if place.building is None or place.building not in own]
    whole, basis = counted.get((estate.pk, None)), Basis.COUNTED_ESTATE
    if whole is None:
        whole, basis = estate.ebikes, Basis.REGISTER
    shares = _households(estate, others, [each for each in places if each not in others])
    for place in places:
        if place.building is not None and place.building in own:
            yield place, float(own[place.building]), Basis.COUNTED
        elif whole is not None:
            left = max(whole - sum(own.values()), 0)
            total = sum(shares.values())
            # Where no household is known, every building has as many.
            part = shares[place.id] / total if total else 1 / len(others)
            yield place, left * part, basis
        elif shares[place.id]:
            yield place, shares[place.id] * by.ebikes_per_household, Basis.HOUSEHOLDS
        else:
            yield place, 0.0, Basis.NOT_KNOWN


def _households(estate: Estate, others: list[_Place], counted: list[_Place]) -> dict[str, float]:
    """Of each building its own; of those that have none, what is left of the estate's, alike."""
    known = {each.id: float(each.households) for each in others if each.households is not None}
    blank = [each.id for each in others if each.households is None]
    if blank:
        told = sum(each.households or 0 for each in counted) + sum(known.values())
        left = max((estate.households or 0) - told, 0)
        known.update({id: left / len(blank) for id in blank})
    return known


@dataclass(frozen=True, slots=True)
class _Found:
    tree: shapely.STRtree

    def near(self, shape: BaseGeometry, within_m: float) -> int:
        return len(self.tree.query(shape, predicate="dwithin", distance=within_m))


def _found(
    scope: Scope, named: Collection[int], since: date | None, until: date | None
) -> _Found | None:
    """Flying wires and stairwell parking of the period, in force; those only seen again are one."""
    wanted = FindingFilter(since=since, until=until)
    rows = Finding.objects.visible_in(scope).matching(wanted)
    rows = rows.filter(estate__in=named, item__in=FLYING_WIRES)
    places = [place.coords for place in rows.values_list("place", flat=True)]
    if not places:
        return None
    return _Found(shapely.STRtree(shapely.points(points_m(np.array(places, float)))))
