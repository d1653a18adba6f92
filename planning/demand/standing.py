"""Charging sites that stand, are approved, or are drawn in a plan."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely

from geo.measure import points_m
from geo.models import Asset, AssetType
from geo.scope import Scope
from planning.models import Plan, Proposal


@dataclass(frozen=True, slots=True)
class Standing:
    """`at`: its middle in metres (EPSG:4549). `ports` and `bays` are None where nobody told."""

    id: str
    name: str
    community: int
    estate: int | None
    at: tuple[float, float]
    ports: int | None
    bays: int | None
    drawn: bool


def standing(
    scope: Scope, *, plan: Plan | None = None, communities: Collection[int] = ()
) -> list[Standing]:
    """The register's charging sites, planned ones too, and what is still a drawing in `plan`."""
    sites = Asset.objects.visible_in(scope).current().of_type(AssetType.CHARGING_SITE)
    rows = [
        Standing(
            id=f"a{site.pk}",
            name=site.name or site.code,
            community=site.community_id,
            estate=site.estate_id,
            at=_middle(bytes(site.geom.wkb)),
            ports=site.ports,
            bays=site.bays,
            drawn=False,
        )
        for site in sites.among(community=communities).order_by("pk")
    ]
    if plan is not None:
        drawn = Proposal.objects.visible_in(scope).drawn().filter(plan=plan)
        rows += [
            Standing(
                id=str(each.pk),
                name=each.name,
                community=each.community_id,
                estate=each.estate_id,
                at=_middle(bytes(each.geom.wkb)),
                ports=each.ports,
                bays=each.bays,
                drawn=True,
            )
            for each in drawn.among(community=communities).order_by("pk")
        ]
    return rows


def _middle(wkb: bytes) -> tuple[float, float]:
    middle = shapely.from_wkb(wkb).centroid
    east, north = points_m(np.array([(middle.x, middle.y)], float))[0]
    return float(east), float(north)
