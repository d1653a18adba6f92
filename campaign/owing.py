"""What is owed to a ledger and not there yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from campaign.ledger import Ledger, Owing
from campaign.models import LedgerRow
from campaign.standing import Level
from campaign.standing.duties import due_on
from geo.models import Community, Estate, PropertyCompany
from geo.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """A place of which a row is looked for; `id` None is the whole subdistrict."""

    id: int | None
    name: str
    name_en: str
    community: int | None
    community_name: str
    community_name_en: str


def asked_places(ledger: Ledger, scope: Scope, at: datetime, *, all_: bool = False) -> list[Asked]:
    """Of whom a row is looked for, in the scope, at the moment; with `all_`, of whom there may be
    one."""
    if ledger.owing == Owing.NOBODY and not all_:
        return []
    if ledger.level == Level.SUBDISTRICT:
        return [Asked(None, "", "", None, "", "")]
    if ledger.level == Level.COMMUNITY:
        communities = Community.objects.visible_in(scope).current().filter(provisional=False)
        return [
            Asked(row.pk, row.name, row.name_en, row.pk, row.name, row.name_en)
            for row in communities.order_by("code", "pk")
        ]
    there = Q(retired_at=None) | Q(retired_at__gte=at)
    estates = Estate.objects.visible_in(scope).filter(there)
    if ledger.level == Level.COMPANY:
        # By whom they work for: a company is asked where it manages an estate.
        managing = estates.filter(company__isnull=False).order_by().values("company")
        companies = PropertyCompany.objects.filter(pk__in=managing).order_by("name", "pk")
        return [Asked(row.pk, row.name, "", None, "", "") for row in companies]
    if ledger.owing == Owing.MANAGED and not all_:
        estates = estates.filter(company__isnull=False)
    rows = estates.select_related("community").order_by("community__code", "name", "pk")
    return [
        Asked(row.pk, row.name, "", row.community_id, row.community.name, row.community.name_en)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Owed:
    """`late`: the month was over before that day, as on the board."""

    of: int
    missing: list[Asked]
    due_on: date | None
    late: bool


def owed(ledger: Ledger, scope: Scope, month: date, day: date, at: datetime) -> Owed:
    """Of the month; of what is owed once, up to the day."""
    places = asked_places(ledger, scope, at)
    rows = LedgerRow.objects.visible_in(scope).standing_before(at).filter(ledger=ledger.slug)
    if ledger.monthly:
        rows = rows.filter(month=month)
    column = _COLUMNS.get(ledger.level)
    told = set(rows.values_list(column, flat=True)) if column else _once(rows)
    due = due_on(month) if ledger.monthly else None
    return Owed(
        of=len(places),
        missing=[each for each in places if each.id not in told],
        due_on=due,
        late=due is not None and day > due,
    )


_COLUMNS = {Level.ESTATE: "estate", Level.COMPANY: "company", Level.COMMUNITY: "community"}


def _once(rows: Any) -> Iterable[int | None]:
    return {None} if rows.exists() else set()
