"""Every read of people by name."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import UserManager
from django.db.models import Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    pass


class Memberships(QuerySet["Membership"]):
    def in_force(self, on: date | None = None) -> "Memberships":
        """Memberships of that day (both its ends included), a day of the office's time zone."""
        day = on or timezone.localdate()
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class Tokens(QuerySet["ApiToken"]):
    def usable(self, at: datetime | None = None) -> "Tokens":
        now = at or timezone.now()
        return self.filter(revoked_at=None, user__is_active=True).filter(
            Q(expires_at=None) | Q(expires_at__gt=now)
        )


class People(UserManager["User"]):
    """Django's own manager: sign-in names are matched as typed."""
