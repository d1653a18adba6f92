"""Every read of people by name."""

from datetime import date, datetime
from typing import Self, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

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
