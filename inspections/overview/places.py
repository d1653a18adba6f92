"""The estates that are asked for, and which of them were looked at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from geo.models import Estate
from geo.querysets import Estates
from geo.scope import Scope
from inspections import kinds
from inspections.models import Inspection
from inspections.overview.asked import Asked, begin_of_day, day_before, end_of
from inspections.overview.kept import Question, Want
from inspections.overview.sums import Sums


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
    rows = estates_of(scope, asked).order_by("community__code", "name", "pk")
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
    want = looks(asked, at)
    sums = Sums(Question(scope, asked, (want,), at))
    return looked_by(sums, want, at)


def looks(asked: Asked, at: datetime, first: date | None = None) -> Want:
    """By day and kind, what it takes to say where somebody had looked in time: at that moment, and
    at any since the end of the day `first`."""
    first = first or timezone.localdate(at)
    longest = max(_intervals(asked).values(), default=timedelta())
    return Want("inspections", first - longest, day_before(at), "day", apart=True)


def looked_by(sums: Sums, want: Want, at: datetime) -> set[int]:
    """As `looked`, of what was summed up to that moment."""
    asked = sums.question.asked
    seen = np.ones(len(sums.estates), dtype=bool)
    looks = _looks(sums, want)
    for slug, due in _intervals(asked).items():
        if slug not in looks:
            return set()
        begins = at - due
        first = timezone.localdate(begins)
        days = looks[slug][first.toordinal() - sums.steps(want)[0] :]
        if begins == begin_of_day(first):
            seen &= days.any(axis=0)
            continue
        # The interval begins in the middle of that day.
        in_time = days[1:].any(axis=0)
        perhaps = sums.estates[seen & days[0] & ~in_time]
        if len(perhaps):
            rows = Inspection.objects.in_force().of_kind(slug).filter(estate__in=perhaps.tolist())
            rows = rows.filter(recorded_at__gte=begins, recorded_at__lt=min(at, end_of(first)))
            in_time |= np.isin(sums.estates, [*rows.order_by().values_list("estate", flat=True)])
        seen &= in_time
    return set(sums.estates[seen].tolist())


def seen_through(sums: Sums, want: Want, days: Sequence[date]) -> NDArray[np.bool_]:
    """As `looked` of the end of each of these days, by day and estate."""
    begins = sums.steps(want)[0]
    ends = np.array([day.toordinal() - begins + 1 for day in days], dtype=np.int64)
    seen = np.ones((len(days), len(sums.estates)), dtype=bool)
    looks = _looks(sums, want)
    for slug, due in _intervals(sums.question.asked).items():
        if slug not in looks:
            return np.zeros_like(seen)
        so_far = np.zeros((len(looks[slug]) + 1, len(sums.estates)), dtype=np.int64)
        np.cumsum(looks[slug], axis=0, out=so_far[1:])
        # A whole number of days before the end of a day is the end of a day.
        seen &= so_far[ends] > so_far[ends - due.days]
    return seen


def _looks(sums: Sums, want: Want) -> dict[str, NDArray[np.bool_]]:
    """By kind, on which days (and at which estates) somebody looked."""
    grid = sums.grid(want)[:, :, :, 0] > 0
    return {kind: grid[:, at] for at, (kind, _) in enumerate(sums.labels)}


def _intervals(asked: Asked) -> dict[str, timedelta]:
    """Of the kinds that are asked for."""
    due = {kind.slug: kind.due_every for kind in kinds.all()}
    return {slug: due.get(slug, timedelta()) for slug in asked_kinds(asked)}


def estates_of(scope: Scope, asked: Asked) -> Estates[Estate]:
    """Those that are asked for; what is out of use comes too."""
    rows = Estate.objects.visible_in(scope)
    return rows.among(pk=asked.estates, community=asked.communities, company=asked.companies)
