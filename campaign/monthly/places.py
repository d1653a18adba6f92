"""Places that numbers are told of, and those who tell them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Q

from campaign.models import Report
from campaign.standing import Level
from geo.models import Community, Estate
from geo.scope import Scope
from inspections.overview.asked import end_of
from people.models import Unit

COLUMNS = ("community", "estate", "company")


class Placed(Protocol):
    community_id: int | None
    estate_id: int | None
    company_id: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """`key`: `whole`, `community-3`, `estate-12` or `company-5`. `community`: the one that an
    estate lies in."""

    level: Level
    id: int | None
    zh: str = ""
    en: str = ""
    community: int | None = None

    @property
    def key(self) -> str:
        return "whole" if self.id is None else f"{self.level.value}-{self.id}"

    def columns(self) -> dict[str, Any]:
        """Of a cell of a report."""
        told = {f"{name}_id": None for name in COLUMNS}
        return told | ({f"{self.level.value}_id": self.id} if self.id is not None else {})

    def value_columns(self) -> dict[str, Any]:
        """Of a value, which keeps an estate's community beside it."""
        told = self.columns()
        return told | ({"community_id": self.community} if self.level == Level.ESTATE else {})


WHOLE = Place(Level.SUBDISTRICT, None)


def key_of(row: Placed) -> str:
    if row.estate_id:
        return f"estate-{row.estate_id}"
    if row.company_id:
        return f"company-{row.company_id}"
    return f"community-{row.community_id}" if row.community_id else WHOLE.key


@dataclass(frozen=True, slots=True)
class Whose:
    """Who reports: a community or a unit."""

    community: Community | None = None
    unit: Unit | None = None

    @property
    def kind(self) -> str:
        return "community" if self.community else "unit"

    @property
    def row(self) -> Community | Unit:
        row = self.community or self.unit
        assert row is not None
        return row

    @property
    def zh(self) -> str:
        return self.row.name

    @property
    def en(self) -> str:
        return (self.community.name_en if self.community else "") or self.row.name

    def unsaved(self, programme: Any, month: date) -> Report:
        """Its report, where nothing was typed yet."""
        return Report(programme=programme, month=month, community=self.community, unit=self.unit)


def whose(kind: str, pk: int, scope: Scope) -> Whose | None:
    if kind == "community":
        community = Community.objects.visible_in(scope).current().filter(pk=pk).first()
        return Whose(community=community) if community else None
    unit = Unit.objects.filter(pk=pk).first() if kind == "unit" else None
    return Whose(unit=unit) if unit else None


@dataclass(frozen=True, slots=True)
class Places:
    """All that a scope has, on a day."""

    communities: list[Place]
    estates: list[Place]
    companies: list[tuple[Place, frozenset[int]]]

    def at(self, level: Level, community: int | None) -> list[Place]:
        """Those of a community; None: all."""
        if level == Level.COMMUNITY:
            return [each for each in self.communities if community in {None, each.id}]
        if level == Level.ESTATE:
            return [each for each in self.estates if community in {None, each.community}]
        if level == Level.COMPANY:
            return [
                each for each, where in self.companies if community is None or community in where
            ]
        return [WHOLE]


def places_on(scope: Scope, day: date) -> Places:
    there = Q(retired_at=None) | Q(retired_at__gte=end_of(day))
    rows = Estate.objects.visible_in(scope).filter(there).select_related("company")
    estates = list(rows.order_by("name", "pk"))
    communities = Community.objects.visible_in(scope).current().order_by("code", "pk")
    where: dict[int, set[int]] = {}
    named = {}
    for each in estates:
        if each.company:
            where.setdefault(each.company.pk, set()).add(each.community_id)
            named[each.company.pk] = each.company.name
    inhabited = {each.community_id for each in estates}
    return Places(
        communities=[
            Place(Level.COMMUNITY, row.pk, row.name, row.name_en or row.name, row.pk)
            for row in communities
            if row.pk in inhabited or not row.provisional
        ],
        estates=[
            Place(Level.ESTATE, row.pk, row.name, row.name, row.community_id) for row in estates
        ],
        companies=[
            (Place(Level.COMPANY, pk, name, name), frozenset(where[pk]))
            for pk, name in sorted(named.items(), key=lambda each: (each[1], each[0]))
        ],
    )
