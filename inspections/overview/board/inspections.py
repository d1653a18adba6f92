"""Which estates were inspected within each kind's own interval, as of a moment."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from geo.models import Estate
from geo.scope import Scope
from inspections import kinds
from inspections.overview.asked import Asked
from inspections.overview.board.counts import NONE, Share, Shares, Whose
from inspections.overview.board.said import INSPECTIONS
from inspections.overview.places import asked_kinds, estates_of

# The last before each moment, as the index has them: a probe each.
_LAST = """
SELECT asked.n, estate.id, estate.community_id, estate.company_id, kind.slug, last.at,
       coalesce(last.at >= asked.at - kind.due_every, false)
  FROM unnest(%(moments)s::timestamptz[]) WITH ORDINALITY AS asked (at, n)
 CROSS JOIN geo_estate estate
 CROSS JOIN unnest(%(kinds)s::text[], %(due)s::interval[]) AS kind (slug, due_every)
  LEFT JOIN LATERAL (
       SELECT seen.recorded_at AS at FROM inspections_inspection seen
        WHERE seen.estate_id = estate.id AND seen.kind = kind.slug AND seen.in_force
          AND seen.recorded_at < asked.at
        ORDER BY seen.recorded_at DESC LIMIT 1) last ON TRUE
 WHERE estate.id = ANY(%(estates)s)
   AND (estate.retired_at IS NULL OR estate.retired_at >= asked.at)
"""


class Due(NamedTuple):
    """An estate with a kind of inspection. `last`: the last one before the moment, whenever;
    `done`: within the kind's own interval."""

    estate: int
    name: str
    community: int
    community_name: str
    kind: str
    last: datetime | None
    due_on: date | None
    done: bool


def of_inspections(scope: Scope, moments: Sequence[Asked]) -> list[Shares]:
    """Of each moment, by whose: a company's estates are those that it manages now."""
    told: list[Shares] = [{INSPECTIONS.slug: {}} for _ in moments]
    for at, _, community, company, _, _, done in _last(scope, moments):
        shares = told[at][INSPECTIONS.slug]
        whose = Whose(community, company)
        shares[whose] = shares.get(whose, NONE) + Share(int(done), 1)
    return told


def due(scope: Scope, asked: Asked, done: bool | None) -> list[Due]:
    """The rows behind the figure: those that are done, those that are not, or both."""
    named = {
        pk: (name, community)
        for pk, name, community in Estate.objects.visible_in(scope).values_list(
            "pk", "name", "community__name"
        )
    }
    every = {kind.slug: kind.due_every for kind in kinds.all()}
    told = [
        Due(
            estate=estate,
            name=named[estate][0],
            community=community,
            community_name=named[estate][1],
            kind=kind,
            last=last,
            due_on=timezone.localdate(last + every[kind]) if last else None,
            done=is_done,
        )
        for _, estate, community, _, kind, last, is_done in _last(scope, [asked])
        if done is None or is_done is done
    ]
    return sorted(told, key=lambda each: (each.last is not None, each.last, each.estate, each.kind))


def _last(scope: Scope, moments: Sequence[Asked]) -> Iterator[tuple[Any, ...]]:
    asked = moments[0]
    rows = estates_of(scope, asked).order_by()
    wanted = set(asked_kinds(asked))
    known = [kind for kind in kinds.all() if kind.slug in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            _LAST,
            {
                "moments": [each.at for each in moments],
                "kinds": [kind.slug for kind in known],
                "due": [kind.due_every for kind in known],
                "estates": list(rows.values_list("pk", flat=True)),
            },
        )
        for n, *row in cursor:
            yield n - 1, *row
