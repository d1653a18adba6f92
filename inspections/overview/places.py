"""The estates that are asked for, and which of them were looked at."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Subquery

from geo.models import Estate
from geo.querysets import Estates
from geo.scope import Scope
from inspections import kinds
from inspections.models import Inspection
from inspections.overview.asked import Asked, end_of


class Place(NamedTuple):
    id: int
    name: str
    community: int
    company: int | None
    households: int
    current: bool


def places(scope: Scope, asked: Asked) -> list[Place]:
    """Estates in the order in which they are told; those that are out of use come too, for what
    was found there once. `households` is 0 where it is not known."""
    rows = _estates(scope, asked).order_by("community__code", "name", "pk")
    told = ("pk", "name", "community", "company", "households", "retired_at")
    return [
        Place(pk, name, community, company, households or 0, retired_at is None)
        for pk, name, community, company, households, retired_at in rows.values_list(*told)
    ]


def asked_kinds(asked: Asked) -> tuple[str, ...]:
    """With none named, every kind is asked for."""
    return asked.kinds or tuple(kind.slug for kind in kinds.all())


def looked(scope: Scope, asked: Asked, day: date | None = None) -> set[int]:
    """Estates at which, by the end of that day (or `as_of`), somebody had looked within the kind's
    own interval: by every kind that is asked for."""
    at = min(end_of(day), asked.at) if day else asked.at
    due = {kind.slug: kind.due_every for kind in kinds.all()}
    last = {
        f"last_{n}": Subquery(Inspection.objects.last_of_kind(slug, before=at))
        for n, slug in enumerate(asked_kinds(asked))
    }
    since = [at - due.get(slug, timedelta()) for slug in asked_kinds(asked)]
    rows = _estates(scope, asked).annotate(**last).values_list("pk", *last)
    return {
        pk
        for pk, *times in rows
        if all(time and time >= begins for time, begins in zip(times, since, strict=True))
    }


def _estates(scope: Scope, asked: Asked) -> Estates[Estate]:
    rows = Estate.objects.visible_in(scope)
    return rows.among(pk=asked.estates, community=asked.communities, company=asked.companies)
