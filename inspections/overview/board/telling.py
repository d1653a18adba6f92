"""The board as it is told: in all, by community and by company, with each month as it stood."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from geo.models import Community, Estate, PropertyCompany
from geo.scope import Scope
from inspections.overview.asked import Asked
from inspections.overview.board.cases import of_cases, of_months
from inspections.overview.board.counts import (
    NONE,
    Share,
    Shares,
    Whose,
    all_of,
    by_community,
    by_company,
)
from inspections.overview.board.findings import of_findings
from inspections.overview.board.inspections import of_inspections
from inspections.overview.board.said import said
from inspections.overview.board.shares import addresses, figures_told, trend_told
from inspections.overview.steps import begin_of, steps

# The months that a trend tells at most.
MONTHS = 12


def board(scope: Scope, asked: Asked, *, cases: bool) -> dict[str, Any]:
    """As `GET /api/v1/overview/board/` tells it, without what belongs to the request. `cases`:
    whether the page of cases is open to the reader."""
    return _Board(scope, asked, cases).told()


def shares(scope: Scope, asked: Asked) -> Shares:
    """Every figure by whose, without months: as the board tells it."""
    (inspected,), (found,) = of_inspections(scope, [asked]), of_findings(scope, asked, [])
    return of_cases(scope, asked) | inspected | found


class _Board:
    def __init__(self, scope: Scope, asked: Asked, cases: bool) -> None:
        self.scope, self.asked, self.cases = scope, asked, cases
        self.months = _months(asked)
        now, *then = of_inspections(scope, [asked, *self.months])
        found, *found_then = of_findings(scope, asked, self.months)
        self.now = of_cases(scope, asked) | now | found
        self.then = [
            handled | inspected | findings
            for handled, inspected, findings in zip(
                of_months(scope, self.months), then, found_then, strict=True
            )
        ]

    def told(self) -> dict[str, Any]:
        communities = _Group("community", by_community, self.now, self.then)
        companies = _Group("company", by_company, self.now, self.then)
        everything = _Group("", lambda shares: {None: all_of(shares)}, self.now, self.then)
        return {
            "figures": said(),
            "totals": self._of(everything, None),
            "communities": [
                {**row, **self._of(communities, row["id"])} for row in self._communities()
            ],
            "companies": [{**row, **self._of(companies, row["id"])} for row in self._companies()],
        }

    def _communities(self) -> list[dict[str, Any]]:
        """By code. One that only has its place kept free is left out until it has estates."""
        rows = Community.objects.visible_in(self.scope).current()
        rows = rows.among(pk=self.asked.communities).order_by("code", "name", "pk")
        standing = set(Estate.objects.current().order_by().values_list("community", flat=True))
        return [
            {"id": row.pk, "code": row.code or "", "name": row.name, "name_en": row.name_en}
            for row in rows
            if row.pk in standing or not row.provisional
        ]

    def _companies(self) -> list[dict[str, Any]]:
        """By name: those with an estate here, and those that had a case in hand."""
        estates = Estate.objects.visible_in(self.scope).current().order_by()
        estates = estates.among(community=self.asked.communities, pk=self.asked.estates)
        here = set(estates.filter(company__isnull=False).values_list("company", flat=True))
        for told in (self.now, *self.then):
            here |= {whose.company for shares in told.values() for whose in shares if whose.company}
        rows = PropertyCompany.objects.filter(pk__in=here).among(pk=self.asked.companies)
        names = rows.order_by("name").values_list("pk", "name")
        return [{"id": pk, "name": name} for pk, name in names]

    def _of(self, group: "_Group", key: int | None) -> dict[str, Any]:
        """Figures and months of one of a group."""
        rows = addresses(self.asked, group.name, key, cases=self.cases)
        return {
            "figures": figures_told(group.now(key), rows),
            "trend": [
                {
                    "key": f"{each.last_day:%Y-%m}",
                    "since": each.since,
                    "until": each.last_day,
                    "as_of": each.as_of,
                    "figures": trend_told(group.then(n, key)),
                }
                for n, each in enumerate(self.months)
            ],
        }


class _Group:
    """Shares by one key: added up once for all who have it."""

    def __init__(
        self, name: str, by: Callable[[dict[Whose, Share]], Any], now: Shares, then: list[Shares]
    ) -> None:
        self.name = name
        self._now, *self._then = (
            {slug: by(shares) for slug, shares in told.items()} for told in (now, *then)
        )

    def now(self, key: int | None) -> dict[str, Share]:
        return {slug: shares.get(key, NONE) for slug, shares in self._now.items()}

    def then(self, n: int, key: int | None) -> dict[str, Share]:
        return {slug: shares.get(key, NONE) for slug, shares in self._then[n].items()}


def _months(asked: Asked) -> list[Asked]:
    """Those of the period, the last of them at most; each as of its own end."""
    last = asked.last_day
    first = begin_of(last, "month")
    for _ in range(MONTHS - 1):
        first = begin_of(first - timedelta(days=1), "month")
    if asked.since:
        first = max(first, asked.since)
    return [
        replace(asked, since=each.since, until=each.until, as_of=min(each.until, asked.as_of))
        for each in steps(first, last, "month")
    ]
