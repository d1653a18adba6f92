"""The figures of a month, as a bulletin prints them: by the measures and by the board, as of the
month's end."""

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from geo.models import Community
from geo.scope import Scope
from inspections.models import Paper, PaperKind
from inspections.overview import board
from inspections.overview.asked import Asked
from inspections.overview.board.counts import NONE, all_of, by_community
from inspections.overview.figures import figures
from inspections.reports import data_version

_MEASURES = ("found", "rate", "open", "overdue", "repeat")


def of_month(scope: Scope, month: str, community: Community | None) -> Mapping[str, Any]:
    """What is read on the overview in that scope, of the whole month, as of its last day; of one
    that is not over, as of now. `board`: its shares, by figure."""
    asked = _asked(month, community)
    # Before the rows are read: what is told may hold more than it says, never less.
    version = data_version(scope)
    tables = {slug: figures(scope, asked.with_measure(slug), "community") for slug in _MEASURES}
    rows = {slug: {row["key"]: row for row in table["rows"]} for slug, table in tables.items()}
    shares = board.shares(scope, asked)
    by_place = {slug: by_community(each) for slug, each in shares.items()}
    issued = _issued(scope, asked, community)
    return {
        "as_of": asked.as_of,
        "version": version,
        "inspections": tables["rate"]["total"]["of"],
        **{slug: table["total"] for slug, table in tables.items()},
        "board": {slug: all_of(each) for slug, each in shares.items()},
        "communities": [
            {
                "name": row["name"],
                "inspections": row["of"],
                **{slug: rows[slug][key] for slug in _MEASURES},
                "board": {slug: each.get(key, NONE) for slug, each in by_place.items()},
            }
            for key, row in rows["rate"].items()
        ],
        "notices": issued[PaperKind.NOTICE],
        "reminders": issued[PaperKind.REMINDER],
        "talks": issued[PaperKind.TALK],
    }


def _asked(month: str, community: Community | None) -> Asked:
    year, number = map(int, month.split("-"))
    last = date(year, number, monthrange(year, number)[1])
    return Asked(
        as_of=min(last, timezone.localdate()),
        since=date(year, number, 1),
        until=last,
        communities=(community.pk,) if community else (),
    )


def _issued(scope: Scope, asked: Asked, community: Community | None) -> Counter[str]:
    """Papers of the month by kind: those that were in force at its end."""
    papers = Paper.objects.visible_in(scope).filter(
        Q(voided_at=None) | Q(voided_at__gte=asked.at),
        issued_at__gte=asked.begins,
        issued_at__lt=asked.ends,
    )
    if community:
        papers = papers.filter(community=community)
    return Counter(papers.values_list("kind", flat=True))
