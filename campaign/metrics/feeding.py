"""Metrics that are counted from ledgers: all rows are read once, and told to each."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from orjson import loads

from campaign.ledger import Ledger
from campaign.metrics.counting import METRICS, Metric, Place, Span
from campaign.metrics.counting import Counts as Told
from campaign.models import LedgerRow
from geo.models import Estate
from geo.scope import Scope

Data = Mapping[str, Any]


class Fact(NamedTuple):
    """A row that stands."""

    place: Place
    day: date
    month: date
    data: Data


class Home(NamedTuple):
    """An estate in use."""

    place: Place
    company: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a scope knew at a moment: rows by ledger, the oldest day first; estates in use."""

    rows: Mapping[str, list[Fact]]
    homes: list[Home]

    def within(self, ledger: Ledger, span: Span) -> Iterable[Fact]:
        """Those of the span's days; of a ledger with a row for each month, of its months."""
        months = ledger.counts == "month"
        for fact in self.rows.get(ledger.slug, ()):
            day = fact.month if months else fact.day
            since = span.since.replace(day=1) if months else span.since
            if since <= day <= span.until:
                yield fact

    def deeds(self, ledger: Ledger, span: Span) -> Counter[Place]:
        return Counter(fact.place for fact in self.within(ledger, span))

    def latest(self, ledger: Ledger, span: Span | None = None) -> dict[Place, Fact]:
        """Of each place the row of the latest day, of two of one day the one entered last."""
        rows = self.rows.get(ledger.slug, []) if span is None else self.within(ledger, span)
        return {fact.place: fact for fact in rows}


def read_facts(scope: Scope, at: datetime) -> Facts:
    rows: dict[str, list[Fact]] = defaultdict(list)
    standing = LedgerRow.objects.visible_in(scope).standing_before(at).order_by("day", "at", "pk")
    places = ("community_id", "estate_id", "company_id")
    # Read as it is written: many rows say the same, and Django would read each anew.
    told = standing.annotate(written=Cast("data", TextField())).values_list(
        "ledger", *places, "day", "month", "written"
    )
    read: dict[str, Data] = {}
    for ledger, *place, day, month, written in told.iterator(20_000):
        if written not in read:
            read[written] = loads(written)
        rows[ledger].append(Fact(Place(*place), day, month, read[written]))
    there = Q(retired_at=None) | Q(retired_at__gte=at)
    estates = Estate.objects.visible_in(scope).filter(there).order_by()
    homes = [
        Home(Place(community, estate), company)
        for community, estate, company in estates.values_list("community", "pk", "company")
    ]
    return Facts(rows, homes)


Feed = Callable[[Facts, Span], Told]


def fed(
    slug: str,
    *,
    says_zh: str,
    says_en: str,
    of_moment: bool = False,
    of_whole: bool = False,
    owed: bool = False,
) -> Callable[[Feed], Feed]:
    """Registers what is decorated as the count of indicators with that metric: told what stands
    in all ledgers. The rest as `Metric` has it."""

    def register(feed: Feed) -> Feed:
        def count(scope: Scope, span: Span) -> Told:
            return feed(read_facts(scope, span.at), span)

        METRICS[slug] = Metric(
            *(slug, says_zh, says_en, count),
            of_moment=of_moment,
            of_whole=of_whole,
            feed=feed,
            owed=owed,
        )
        return feed

    return register
