"""Who has somewhere to charge within walking distance, and whom ports are there for."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.models import Community
from geo.scope import Scope
from planning.demand import DemandPoint, Standing, assumed, points, served, standing, ways
from planning.models import Plan
from planning.walking import By, Walks
from planning.walking.ground import Floats, Ints

WALK_M = 150
MOST_WALK_M = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """`since` and `until`: days, both included, of the findings that raise demand."""

    walk_m: int = WALK_M
    since: date | None = None
    until: date | None = None


def coverage(scope: Scope, wish: Wish, plan: Plan | None = None) -> dict[str, Any]:
    """Of the plan's community, or of all the scope; with what is drawn in the plan.

    Demand is in e-bikes, raised by what was found. One port is reckoned for as many e-bikes as
    the target says. A site of which nobody told the ports serves none, and is counted.
    """
    by = assumed()
    among = (plan.community_id,) if plan is not None and plan.community_id else ()
    places = points(scope, by, communities=among, since=wish.since, until=wish.until)
    sites = standing(scope, plan=plan, communities=among)
    at = np.array([site.at for site in sites], float).reshape(-1, 2)
    found = ways(places, at, by, most_m=wish.walk_m)
    weight = np.array([place.weight for place in places], float)
    capacity = np.array([(site.ports or 0) * by.ebikes_per_port for site in sites], float)
    told = _Told(places, sites, weight, found, served(found.metres, weight, capacity))
    shown = Community.objects.filter(pk__in={each.community for each in places})
    names = dict(shown.values_list("pk", "name"))
    return {
        "walk_m": wish.walk_m,
        "detour": by.detour,
        "ebikes_per_port": by.ebikes_per_port,
        "assumptions": list(by.rows),
        "targets": {"ports_per_ebike": by.ports_per_ebike, "bays_per_ebike": by.bays_per_ebike},
        "points": {"type": "FeatureCollection", "features": told.features()},
        "estates": told.by(
            lambda each: each.estate,
            lambda place: {
                "estate": place.estate,
                "name": place.estate_name,
                "community": place.community,
            },
        ),
        "communities": told.by(
            lambda each: each.community,
            lambda place: {"community": place.community, "name": names[place.community]},
        ),
        "whole": told.sums(np.arange(len(places)), sites) | {"name": ""},
    }


@dataclass(frozen=True, eq=False)
class _Told:
    """`flows`: how much of each demand point each site serves, as `walks.metres` is."""

    places: Sequence[DemandPoint]
    sites: Sequence[Standing]
    weight: Floats
    walks: Walks
    flows: Floats

    def features(self) -> list[dict[str, Any]]:
        rows = []
        for n, place in enumerate(self.places):
            reached = bool(self._reached[n])
            near = self.sites[self._nearest[n]] if reached else None
            rows.append(
                {
                    "type": "Feature",
                    "id": place.id,
                    "geometry": {"type": "Point", "coordinates": list(place.place)},
                    "properties": {
                        "id": place.id,
                        "estate": place.estate,
                        "estate_name": place.estate_name,
                        "name": place.name,
                        "ebikes": round(place.ebikes, 2),
                        "raised": round(place.factor, 3),
                        "findings": place.findings,
                        "weight": round(place.weight, 2),
                        "basis": place.basis,
                        "exits": place.exits,
                        "walk_m": float(self._walk[n]) if reached else None,
                        "by": By(self._how[n]).name.lower() if reached else None,
                        "nearest": near.id if near else None,
                        "nearest_name": near.name if near else None,
                        "served": round(float(self._share[n]), 4),
                    },
                }
            )
        return rows

    def by(
        self,
        key: Callable[[DemandPoint | Standing], int | None],
        head: Callable[[DemandPoint], dict[str, Any]],
    ) -> list[dict[str, Any]]:
        """A row for each estate or community that has demand points."""
        groups: dict[int | None, list[int]] = defaultdict(list)
        for n, place in enumerate(self.places):
            groups[key(place)].append(n)
        return [
            head(self.places[of[0]])
            | self.sums(np.array(of), [site for site in self.sites if key(site) == each])
            for each, of in groups.items()
        ]

    def sums(self, of: Ints, sites: Sequence[Standing]) -> dict[str, Any]:
        """`within`: demand with a site in reach, whether its ports suffice or not."""
        weight, reached = self.weight[of], self._reached[of]
        within = float(weight[reached].sum())
        along = float(weight[reached & (self._how[of] == By.PATHS)].sum())
        ebikes = sum(self.places[n].ebikes for n in of)
        ports = sum(each.ports or 0 for each in sites)
        bays = sum(each.bays or 0 for each in sites)
        return {
            "points": len(of),
            "ebikes": round(ebikes, 2),
            "demand": round(float(weight.sum()), 2),
            "within": round(within, 2),
            "served": round(float(self.flows[of].sum()), 2),
            "sites": len(sites),
            "ports": ports,
            "bays": bays,
            "untold": sum(each.ports is None for each in sites),
            "ports_per_ebike": round(ports / ebikes, 4) if ebikes else None,
            "bays_per_ebike": round(bays / ebikes, 4) if ebikes else None,
            "by_paths": round(along / within, 4) if within else None,
        }

    @cached_property
    def _share(self) -> Floats:
        whole = np.where(self.weight > 0, self.weight, 1.0)
        share: Floats = np.clip(self.flows.sum(axis=1) / whole, 0.0, 1.0)
        return share

    @cached_property
    def _nearest(self) -> Ints:
        """The site that is the shortest way off; of several the first."""
        if not self.sites:
            return np.zeros(len(self.places), np.int64)
        nearest: Ints = self.walks.metres.argmin(axis=1)
        return nearest

    @cached_property
    def _walk(self) -> Floats:
        if not self.sites:
            return np.full(len(self.places), np.inf)
        return self.walks.metres[np.arange(len(self.places)), self._nearest]

    @cached_property
    def _how(self) -> Ints:
        if not self.sites:
            return np.full(len(self.places), By.STRAIGHT, np.int64)
        return self.walks.by[np.arange(len(self.places)), self._nearest]

    @cached_property
    def _reached(self) -> NDArray[np.bool_]:
        return np.isfinite(self._walk)
