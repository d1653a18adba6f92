"""What is asked of the leaders' map, the same for map, charts, tables, exports and papers."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db.models import Q
from django.utils import timezone

from inspections.overview.measures import MEASURES, Measure


@dataclass(frozen=True, slots=True)
class Asked:
    """`since` and `until` are days of the office, both included; empty tuples and None narrow
    nothing. `as_of` is a day, and means its end; of today, it means `now`.

    As of then, what was recorded later is not there yet, and what was closed, opened again or
    given another deadline later is not yet so. What a correction says counts as it is known today,
    for past days too. Equal for equal questions, whatever the time.
    """

    as_of: date
    measure: str = "found"
    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    communities: tuple[int, ...] = ()
    estates: tuple[int, ...] = ()
    companies: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    now: datetime = field(default_factory=lambda: timezone.now(), compare=False, repr=False)

    @property
    def defined(self) -> Measure:
        return MEASURES[self.measure]

    @property
    def at(self) -> datetime:
        """The moment of it: what is before counts."""
        return min(end_of(self.as_of), self.now)

    @property
    def begins(self) -> datetime | None:
        return begin_of_day(self.since) if self.since else None

    @property
    def ends(self) -> datetime:
        """The first moment that is out of the period."""
        return min(end_of(self.until), self.at) if self.until else self.at

    @property
    def last_day(self) -> date:
        """Of the period: never after `as_of`."""
        return min(self.until, self.as_of) if self.until else self.as_of

    def with_measure(self, slug: str) -> Self:
        return replace(self, measure=slug)

    def places(self) -> Q:
        """Of rows that belong to an estate. A company's are those of the estates it manages."""
        wanted = Q()
        if self.communities:
            wanted &= Q(community__in=self.communities)
        if self.estates:
            wanted &= Q(estate__in=self.estates)
        if self.companies:
            wanted &= Q(estate__company__in=self.companies)
        return wanted

    def of_inspections(self) -> Q:
        return self.places() & Q(kind__in=self.kinds) if self.kinds else self.places()

    def of_findings(self) -> Q:
        """Beside time: of findings, and of cases."""
        wanted = self.of_inspections()
        if self.items:
            wanted &= Q(item__in=self.items)
        if self.severities:
            wanted &= Q(severity__in=self.severities)
        return wanted

    def told(self) -> dict[str, Any]:
        """As the address names them."""
        return {
            "measure": self.measure,
            "kind": self.kinds,
            "item": self.items,
            "severity": self.severities,
            "community": self.communities,
            "estate": self.estates,
            "company": self.companies,
            "since": self.since,
            "until": self.until,
            "as_of": self.as_of,
        }


def of(wanted: Q, prefix: str) -> Q:
    """The same of what stands behind that path."""
    told = Q(_connector=wanted.connector, _negated=wanted.negated)
    for child in wanted.children:
        if isinstance(child, Q):
            told.add(of(child, prefix), wanted.connector)
        else:
            name, value = child  # type: ignore[misc]
            told.add(Q(**{f"{prefix}{name}": value}), wanted.connector)
    return told


def end_of(day: date) -> datetime:
    """The first moment of the next one, in the office's time."""
    return begin_of_day(day + timedelta(days=1))


def day_before(moment: datetime) -> date:
    """The day that this moment is in, or of which it is the end."""
    return timezone.localdate(moment - timedelta(microseconds=1))


def begin_of_day(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
