"""Which places are asked, on a day and within a scope."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from campaign.standing import Level
from geo.models import Community, Estate
from geo.scope import Scope
from inspections.overview.asked import end_of


@dataclass(frozen=True, slots=True)
class Ground:
    """`of`: by level and community the ids of the places there; None stands for every community of
    the scope. A company stands in every community where it manages an estate now. `everywhere`:
    the scope sees all of the subdistrict."""

    everywhere: bool
    communities: list[dict[str, Any]]
    of: dict[tuple[Level, int | None], frozenset[int]]
    company_of: dict[int, int]

    def places(self, level: Level, community: int | None) -> frozenset[int]:
        return self.of.get((level, community), frozenset())


def ground_on(scope: Scope, day: date) -> Ground:
    there = Q(retired_at=None) | Q(retired_at__gte=end_of(day))
    estates = Estate.objects.visible_in(scope).filter(there).order_by()
    rows = list(estates.values_list("pk", "community", "company"))
    inhabited = {community for _, community, _ in rows}
    communities: list[dict[str, Any]] = [
        {"id": row.pk, "code": row.code, "name": row.name, "name_en": row.name_en}
        for row in Community.objects.visible_in(scope).current().order_by("code", "pk")
        # One that only has its place kept free is left out until it has estates.
        if row.pk in inhabited or not row.provisional
    ]
    of: dict[tuple[Level, int | None], set[int]] = defaultdict(set)
    for each in communities:
        _put(of, Level.COMMUNITY, each["id"], each["id"])
    for estate, community, company in rows:
        _put(of, Level.ESTATE, community, estate)
        if company:
            _put(of, Level.COMPANY, community, company)
    return Ground(
        everywhere=scope.everything,
        communities=communities,
        of={key: frozenset(ids) for key, ids in of.items()},
        company_of={estate: company for estate, _, company in rows if company},
    )


def _put(of: dict[tuple[Level, int | None], set[int]], level: Level, where: int, id: int) -> None:
    of[level, None].add(id)
    of[level, where].add(id)
