"""What is owed to a ledger and not there yet."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

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
    return owed_all([ledger], scope, month, day, at)[ledger.slug]


def owed_all(
    ledgers: Collection[Ledger], scope: Scope, month: date, day: date, at: datetime
) -> dict[str, Owed]:
    """By slug; rows and places are read once for all."""
    monthly = [each.slug for each in ledgers if each.monthly]
    rows = LedgerRow.objects.visible_in(scope).standing_before(at)
    rows = rows.filter(ledger__in=[each.slug for each in ledgers])
    rows = rows.filter(~Q(ledger__in=monthly) | Q(month=month)).order_by()
    columns = ("community", "estate", "company")
    told: dict[str, list[dict[str, int | None]]] = defaultdict(list)
    for slug, *ids in rows.values_list("ledger", *columns).distinct():
        told[slug].append(dict(zip(columns, ids, strict=True)))
    places: dict[tuple[Level, Owing], list[Asked]] = {}
    due = due_on(month)
    answered = {}
    for each in ledgers:
        of = (each.level, each.owing)
        if of not in places:
            places[of] = asked_places(each, scope, at)
        # Of the whole subdistrict one row is enough.
        there = {row.get(each.level.value) for row in told[each.slug]}
        answered[each.slug] = Owed(
            of=len(places[of]),
            missing=[place for place in places[of] if place.id not in there],
            due_on=due if each.monthly else None,
            late=each.monthly and day > due,
        )
    return answered
