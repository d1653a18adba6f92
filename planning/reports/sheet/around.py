"""What the register has around a site, in metres, as far as whoever asks may see it."""

from collections.abc import Iterator
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import models
from shapely.geometry.base import BaseGeometry

from geo.measure import buffer_m, points_m
from geo.models import (
    Asset,
    AssetType,
    Building,
    Estate,
    Exit,
    Gate,
    Road,
    SensitivePlace,
)
from geo.querysets import Roads
from people.models import User
from planning.models import Proposal
from planning.reports.sheet.drawing import Thing

# The sheet's corner is not farther off than this at a scale of 1:1000.
REACH_M = 120.0


def around(proposal: Proposal, footprint: BaseGeometry, user: User) -> list[Thing]:
    """`footprint` in WGS-84. Excluded areas are on no paper; the site's own row of the register
    is the site."""
    box = buffer_m(footprint, REACH_M).bounds
    return [
        thing
        for one in (_estates, _roads, _sensitive, _assets, _buildings, _exits, _gates)
        for thing in one(user, box, proposal)
    ]


def _estates(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    rows = Estate.objects.visible_to(user).current().in_box(*box)
    for name, shape in _read(rows, "name"):
        yield Thing("estate", shape, name)


def _roads(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    for name, rank, shape in _read(
        Road.objects.visible_to(user).current().in_box(*box), "name", "rank"
    ):
        yield Thing("path" if rank == Roads.PATH else "road", shape, name)


def _assets(user: User, box: Any, proposal: Proposal) -> Iterator[Thing]:
    rows = Asset.objects.visible_to(user).current().in_box(*box)
    rows = rows.exclude(type=AssetType.LIGHT).exclude(pk__in=[proposal.site_id or 0])
    for type, code, name, width_m, shape in _read(rows, "type", "code", "name", "width_m"):
        if type != AssetType.LANE:
            yield Thing(type, shape, name if type == AssetType.CHARGING_SITE else code)
            continue
        if width_m:
            yield Thing("lane", shape.buffer(width_m / 2, cap_style="flat"))
        yield Thing("lane_line", shape, f"{width_m:g} m" if width_m else "")


def _buildings(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    rows = Building.objects.visible_to(user).current().in_box(*box)
    for number, shape in _read(rows, "number"):
        yield Thing("building", shape, number)


def _exits(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    for (shape,) in _read(Exit.objects.visible_to(user).current().in_box(*box)):
        yield Thing("exit", shape)


def _gates(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    for name, shape in _read(Gate.objects.visible_to(user).current().in_box(*box), "name"):
        yield Thing("gate", shape, name)


def _sensitive(user: User, box: Any, _proposal: Proposal) -> Iterator[Thing]:
    rows = SensitivePlace.objects.visible_to(user).current().in_box(*box)
    for name, shape in _read(rows, "name"):
        yield Thing("sensitive_place", shape, name)


def _read(rows: "models.QuerySet[Any]", *names: str) -> Iterator[tuple[Any, ...]]:
    """Each row's values, and its shape in metres."""
    found = list(rows.order_by("pk").annotate(_wkb=AsWKB("geom")).values_list(*names, "_wkb"))
    shapes = shapely.transform(shapely.from_wkb([bytes(row[-1]) for row in found]), points_m)
    for row, shape in zip(found, shapes, strict=True):
        yield (*row[:-1], shape)
