"""Every read of inspections and findings by name."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self, TypeVar

from django.db.models import Model, Q
from django.utils import timezone

from geo.querysets import Scoped

M = TypeVar("M", bound=Model, covariant=True)


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What lists, tiles, figures and exports of findings are narrowed by, all alike.

    `since` and `until` are days of the office's time zone, both included; an empty tuple or
    None narrows nothing. `status` is "open", "closed" or "" for both.
    """

    kinds: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    status: str = ""
    since: date | None = None
    until: date | None = None
    communities: tuple[int, ...] = ()
    estates: tuple[int, ...] = ()

    @property
    def begins(self) -> datetime | None:
        return _midnight(self.since) if self.since else None

    @property
    def ends(self) -> datetime | None:
        """The first moment after the period."""
        return _midnight(self.until + timedelta(days=1)) if self.until else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Inspections(Scoped[M]):
    def in_force(self) -> Self:
        """Without those that a correction stands in for."""
        return self.filter(in_force=True)

    def of_kind(self, slug: str) -> Self:
        return self.filter(kind=slug)

    def recorded_between(self, since: datetime | None, until: datetime | None) -> Self:
        """From `since` on, and before `until`."""
        rows = self
        if since is not None:
            rows = rows.filter(recorded_at__gte=since)
        if until is not None:
            rows = rows.filter(recorded_at__lt=until)
        return rows


class Findings(Inspections[M]):
    def matching(self, wanted: FindingFilter) -> Self:
        rows = self.in_force().recorded_between(wanted.begins, wanted.ends)
        if wanted.kinds:
            rows = rows.filter(kind__in=wanted.kinds)
        if wanted.severities:
            rows = rows.filter(severity__in=wanted.severities)
        if wanted.communities:
            rows = rows.filter(community__in=wanted.communities)
        if wanted.estates:
            rows = rows.filter(estate__in=wanted.estates)
        if wanted.status == "open":
            rows = rows.open()
        elif wanted.status == "closed":
            rows = rows.closed()
        return rows

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def open_at(self, moment: datetime) -> Self:
        """Found by then and not yet closed then."""
        return self.filter(recorded_at__lte=moment).filter(
            Q(closed_at=None) | Q(closed_at__gt=moment)
        )
