"""The town on paper entered in the register: every shape flagged unconfirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from shapely.geometry import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.models import (
    Asset,
    AssetType,
    Building,
    Community,
    Datum,
    Estate,
    ExcludedArea,
    Exit,
    Owner,
    PropertyCompany,
    Road,
)
from geo.querysets import Roads
from inspections.demo.copying import create, follow_on, told
from inspections.demo.town import Estate as Planned
from inspections.demo.town import Town

TARGET_YEAR = 2024
SCHEMATIC: dict[str, Any] = {
    "unconfirmed": True,
    "src_datum": Datum.DRAWN,
    "src_file": "演示数据",
}


@dataclass(frozen=True, slots=True)
class Thing:
    """An asset and its shape in the town's metres."""

    asset: Asset
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Entered:
    """What was planned and what stands in the register for it, in the same order."""

    town: Town
    communities: list[Community]
    companies: list[PropertyCompany]
    estates: list[Estate]
    things: list[list[Thing]]  # of each estate


def enter(town: Town, communities: list[Community]) -> Entered:
    """`communities` in the order of the town's; they get its shapes."""
    cells = told([MultiPolygon([cell]) for cell in town.communities])
    for community, cell in zip(communities, cells, strict=True):
        community.geom, community.unconfirmed = GEOSGeometry(cell), True  # type: ignore[assignment]
        community.src_datum, community.src_file = Datum.DRAWN, SCHEMATIC["src_file"]
    Community.objects.bulk_update(communities, ["geom", *SCHEMATIC])
    companies = [
        PropertyCompany(pk=number, name=name) for number, name in enumerate(town.companies, 1)
    ]
    PropertyCompany.objects.bulk_create(companies)
    follow_on(PropertyCompany._meta.db_table, len(companies) + 1)
    addresses = _addresses(town)
    estates = [
        Estate(
            community=communities[planned.community],
            code=f"QY-{number:03}",
            name=planned.name,
            address=address,
            company=None if planned.company is None else companies[planned.company],
            has_company=planned.has_company,
            households=planned.households,
            ebikes=planned.ebikes,
            height_class=planned.height_class,
            target_year=None if planned.progress is None else TARGET_YEAR,
            **SCHEMATIC,
        )
        for number, (planned, address) in enumerate(zip(town.estates, addresses, strict=True), 1)
    ]
    create(estates, [MultiPolygon([planned.outline]) for planned in town.estates])
    _enter_buildings(town, estates)
    things = [
        list(_things_of(planned, estate))
        for planned, estate in zip(town.estates, estates, strict=True)
    ]
    every = [thing for of_estate in things for thing in of_estate]
    create([thing.asset for thing in every], [thing.shape for thing in every])
    _enter_roads(town)
    create(
        [ExcludedArea(name="不公开区域(演示)", reason="演示:此处不得记录", **SCHEMATIC)],
        [MultiPolygon([town.excluded])],
    )
    return Entered(town, communities, companies, estates, things)


def _enter_roads(town: Town) -> None:
    """Streets, and the paths of each estate where they are drawn."""
    paths = [each.paths for each in town.ways if each.paths is not None]
    create(
        [
            *(Road(name=road.name, rank=road.rank, **SCHEMATIC) for road in town.roads),
            *(Road(rank=Roads.PATH, **SCHEMATIC) for _ in paths),
        ],
        [*(MultiLineString([road.line]) for road in town.roads), *paths],
    )


def _addresses(town: Town) -> Iterator[str]:
    """By the nearest road that has a name."""
    named = [road for road in town.roads if road.name]
    tree = shapely.STRtree([road.line for road in named])
    outlines = [estate.outline for estate in town.estates]
    last: dict[str, int] = {}
    for nearest in tree.nearest(outlines):
        name = named[nearest].name
        last[name] = last.get(name, 0) + 2 + len(name) % 3 * 6
        yield f"{name}{last[name]}号"


def _enter_buildings(town: Town, estates: list[Estate]) -> None:
    planned = [
        (number, each, estate)
        for of_estate, estate in zip(town.estates, estates, strict=True)
        for number, each in enumerate(of_estate.inside.buildings, 1)
    ]
    buildings = [
        Building(
            estate=estate,
            community_id=estate.community_id,
            number=f"{number}栋",
            floors=each.floors,
            height_m=each.height_m,
            households=each.households,
            **SCHEMATIC,
        )
        for number, each, estate in planned
    ]
    create(buildings, [MultiPolygon([each.outline]) for _, each, _ in planned])
    doors = [
        (Exit(building=building, name=f"{number}单元", **SCHEMATIC), door)
        for building, (_, each, _) in zip(buildings, planned, strict=True)
        for number, door in enumerate(each.exits, 1)
    ]
    create([row for row, _ in doors], [door for _, door in doors])


def _things_of(planned: Planned, estate: Estate) -> Iterator[Thing]:
    kept_by = Owner.OWNERS if planned.has_company else Owner.UNKNOWN
    fittings = planned.fittings

    def row(type: AssetType, code: str, shape: BaseGeometry, **said: Any) -> Thing:
        asset = Asset(
            type=type,
            community_id=estate.community_id,
            estate=estate,
            code=code,
            owner=kept_by,
            **said,
            **SCHEMATIC,
        )
        return Thing(asset, shape)

    for n, lane in enumerate(planned.inside.lanes, 1):
        name = "环形消防车道" if lane.ring else f"{n - 1}号消防车道"
        yield row(AssetType.LANE, f"XC-{n:02}", lane.line, name=name, width_m=lane.width_m)
    for n, light in enumerate(fittings.lights, 1):
        yield row(AssetType.LIGHT, f"LD-{n:03}", light)
    for n, hydrant in enumerate(fittings.hydrants, 1):
        yield row(AssetType.HYDRANT, f"XH-{n:02}", hydrant)
    for n, site in enumerate(fittings.charging_sites, 1):
        yield row(
            AssetType.CHARGING_SITE,
            f"CD-{n:02}",
            site.shape,
            name=f"{n}号充电{'间' if site.indoor else '棚' if site.shape.area else '柜'}",
            ports=site.ports,
            bays=site.bays,
            indoor=site.indoor,
            status="planned" if site.planned else "built",
        )
    for n, area in enumerate(fittings.operation_areas, 1):
        yield row(AssetType.OPERATION_AREA, f"DG-{n:02}", area, name=f"{n}号登高操作场地")
    for n, space in enumerate(fittings.vacant_spaces, 1):
        yield row(AssetType.VACANT_SPACE, f"KD-{n:02}", space, name=f"空地{n}")
