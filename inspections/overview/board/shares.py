"""A share as it is told: with its interval, and the addresses of the rows behind it."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from inspections.board_figures import CASE_FIGURES, OVERDUE_BY_STEP
from inspections.honest import intervals
from inspections.overview.asked import Asked
from inspections.overview.board.counts import NONE, Share
from inspections.overview.board.said import INSPECTIONS, REPEAT

_ALWAYS = (
    *(slug for slug in CASE_FIGURES if slug not in OVERDUE_BY_STEP),
    REPEAT.slug,
    INSPECTIONS.slug,
)
_STEP = len("overdue_")

Addresses = Callable[[str], tuple[str | None, str | None]]


def figures_told(shares: Mapping[str, Share], addresses: Addresses) -> dict[str, Any]:
    """By slug; those that are late by step are in one, `overdue_by_step`, by step."""
    slugs = (*_ALWAYS, *OVERDUE_BY_STEP)
    all_ = [shares.get(slug, NONE) for slug in slugs]
    low, high = intervals.binomial([n for n, _ in all_], [of for _, of in all_])
    told = {}
    for slug, share, lowest, highest in zip(slugs, all_, low, high, strict=True):
        rows, rest = addresses(slug)
        ends = (float(lowest), float(highest)) if share.of else (None, None)
        told[slug] = _valued(share) | {
            "low": ends[0] if ends[0] is None else round(ends[0], 4),
            "high": ends[1] if ends[1] is None else round(ends[1], 4),
            "rows": rows,
            "rest": rest,
        }
    by_step = {slug[_STEP:]: told.pop(slug) for slug in OVERDUE_BY_STEP}
    return {**told, "overdue_by_step": by_step}


def trend_told(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {slug: _valued(shares.get(slug, NONE)) for slug in _ALWAYS}


def _valued(share: Share) -> dict[str, Any]:
    n, of = share
    return {"n": n, "of": of, "value": round(n / of, 4) if of else None}


def addresses(asked: Asked, narrows: str, key: int | None, *, cases: bool) -> Addresses:
    """Of the rows that a figure counts, and of those that it does not though they might be.

    `narrows`: by which filter the figure is of one community or company alone, and `key` of which.
    `cases`: whether the page of cases is open to the reader; to who has none, of cases no address.
    """
    filters = asked.told() | ({narrows: (key,)} if narrows else {})
    query: list[tuple[str, Any]] = [
        (name, value)
        for name in ("kind", "item", "severity", "community", "estate", "company")
        for value in filters[name]
    ]
    period = [(name, filters[name]) for name in ("since", "until") if filters[name]]
    as_of = ("as_of", asked.as_of)

    def of(slug: str) -> tuple[str | None, str | None]:
        if slug == REPEAT.slug:
            asked = [("measure", slug), *query, *period, as_of]
            return _both("/api/v1/overview/rows/", "holds", asked)
        if slug == INSPECTIONS.slug:
            places = [each for each in query if each[0] not in ("item", "severity")]
            return _both("/api/v1/overview/due/", "done", [*places, as_of])
        if not cases:
            return None, None
        within = period if CASE_FIGURES[slug].dated else []
        return _both("/cases/", "holds", [("figure", slug), *query, *within, as_of])

    return of


def _both(path: str, name: str, query: list[tuple[str, Any]]) -> tuple[str, str]:
    yes, no = (f"{path}?{urlencode([*query, (name, told)])}" for told in (1, 0))
    return yes, no
