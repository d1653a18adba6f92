"""Every read of people by name."""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from geo.scope import Scope

M = TypeVar("M", bound=Model, covariant=True)


class Memberships(QuerySet[M]):
    def in_force(self, on: date | None = None) -> Self:
        """Memberships of that day (both its ends included), a day of the office's time zone."""
        day = on or timezone.localdate()
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Tokens(QuerySet[M]):
    def usable(self, at: datetime | None = None) -> Self:
        now = at or timezone.now()
        return self.filter(revoked_at=None, user__is_active=True).filter(
            Q(expires_at=None) | Q(expires_at__gt=now)
        )


class Leaves(QuerySet[M]):
    def visible_in(self, scope: Scope, person: Any) -> Self:
        """Of those who inspect somewhere in the scope, and those that are about the person."""
        if scope.everything:
            return self
        seen = Q(person=person) | Q(stand_in=person)
        if scope.communities:
            inspect = Q(
                person__memberships__role="inspector",
                person__memberships__community__in=scope.communities,
            )
            seen |= inspect
        return self.filter(seen).distinct()

    def in_days(self, since: date | None, until: date | None) -> Self:
        """Those that have a day among these; both ends included."""
        rows = self
        if since is not None:
            rows = rows.filter(until__gte=since)
        if until is not None:
            rows = rows.filter(since__lte=until)
        return rows


class Devices(QuerySet[M]):
    def visible_in(self, scope: Scope) -> Self:
        """Of those who have any role in the scope."""
        if scope.everything:
            return self
        there = Q(person__memberships__community__in=scope.communities)
        return self.filter(there).distinct()
