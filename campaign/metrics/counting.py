"""What a metric is: a number by place, told of a span of days from what the system knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Func, IntegerField, Subquery
from django.utils import timezone

from geo.scope import Scope
from inspections.overview.asked import begin_of_day, end_of


class Share(NamedTuple):
    """`n` of `of`; `of` is None where it is a count."""

    n: Decimal
    of: Decimal | None

    def __add__(self, other: object) -> "Share":
        if not isinstance(other, Share):
            return NotImplemented
        return share(self.n + other.n, None if self.of is None else self.of + (other.of or 0))


class Place(NamedTuple):
    """The finest place that is known. Without a community or a company: all that the scope sees."""

    community: int | None
    estate: int | None
    company: int | None = None


WHOLE = Place(None, None)
Counts = Mapping[Place, Share]


def share(n: int | Decimal, of: int | Decimal | None) -> Share:
    return Share(Decimal(n), None if of is None else Decimal(of))


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the office, both included, as it stood at the end of the day `as_of`; of today, now:
    what was recorded later is not there yet. `programme`: whose indicator asks, by its id; None is
    any."""

    since: date
    until: date
    as_of: date
    programme: int | None = None
    now: datetime = field(default_factory=lambda: timezone.now(), compare=False, repr=False)

    @property
    def at(self) -> datetime:
        """The moment of it: what is before counts."""
        return min(end_of(self.as_of), self.now)

    @property
    def begins(self) -> datetime:
        return begin_of_day(self.since)

    @property
    def ends(self) -> datetime:
        """The first moment that is out of it."""
        return min(end_of(self.until), self.at)

    @property
    def days(self) -> int:
        return (min(self.until, self.as_of) - self.since).days + 1


Count = Callable[[Scope, Span], Counts]
CountEach = Callable[[Scope, Sequence[Span]], Sequence[Counts]]


@dataclass(frozen=True, slots=True)
class Metric:
    """`says_zh`, `says_en`: what is counted, in a sentence. `count` reads the database once,
    within a scope; a place that has nothing to be counted is not there. `of_moment`: it is so at
    the moment, and a span says nothing of it. `baselined`: it is told against a baseline only.
    `of_whole`: it is told of the whole subdistrict alone, and to everyone of the office. `feed`:
    how it is counted from ledgers that are read already; `each`: how several spans are in one
    statement. `owed`: every place that is asked owes a number, and lacks where it told none."""

    slug: str
    says_zh: str
    says_en: str
    count: Count
    of_moment: bool = False
    baselined: bool = False
    of_whole: bool = False
    feed: Callable[[Any, Span], Counts] | None = None
    each: CountEach | None = None
    owed: bool = False


METRICS: dict[str, Metric] = {}


def metric(
    slug: str,
    *,
    says_zh: str,
    says_en: str,
    of_moment: bool = False,
    baselined: bool = False,
) -> Callable[[Count], Count]:
    """Registers what is decorated as the count of indicators with that metric."""

    def register(count: Count) -> Count:
        METRICS[slug] = Metric(slug, says_zh, says_en, count, of_moment, baselined)
        return count

    return register


def number(rows: Any) -> Subquery:
    """How many, of the row around it."""
    # Not as an aggregate: those without any would have no row, and so no number.
    n = Func("pk", function="count", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(n=n).values("n"))
