"""What was found near a site before it opened and after, against estates without a new one.

A site is put where there is trouble, and trouble that was at its worst falls by itself: an effect
that is told here is no experiment. That is said with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone

from geo.models import Estate
from geo.querysets import GroundDistance
from geo.srid import WGS84
from inspections.models import Finding, Inspection
from people.models import User
from planning.life import State
from planning.models import Proposal, Step
from planning.reports.effect.ratio import Comparison, Counts, compare

KIND = "ebike_charging"
# What a place to charge at is to end: parked or charged in lobbies and stairwells, taken into lifts
# and flats, charged by flying wires, parked in underground car bays.
ITEMS = ("DC-01", "DC-02", "DC-03", "DC-04", "DC-05", "DC-06")
WITHIN_M, LEAST_WITHIN_M, MOST_WITHIN_M = 100, 20, 500
DAYS, LEAST_DAYS, MOST_DAYS = 180, 30, 730
# A degree is at least this many metres anywhere in China; the index knows degrees.
_METRES_OF_DEGREE = 60_000


@dataclass(frozen=True, slots=True)
class Wish:
    within_m: int = WITHIN_M
    days: int = DAYS
    items: tuple[str, ...] = ITEMS


@dataclass(frozen=True, slots=True)
class Month:
    """`month`: its first day. Only those of its days that lie before or after the opening, as far
    as it is asked. Where nobody looked, a rate is None, not nothing."""

    month: date
    inspections: int
    findings: int
    others_inspections: int
    others_findings: int


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are included."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Effect:
    """`near` is what is compared; `beyond`, the rest of the estate: what only moved away is found
    there. `beyond` is None for a site in the open street. `until`: the last day that is known."""

    opened_on: date
    retired_on: date | None
    before: Period
    after: Period
    near: Counts
    beyond: Counts | None
    months: tuple[Month, ...]
    comparison: Comparison


def opened_on(proposal: Proposal) -> date | None:
    """The day on which it was opened; None as long as it was not."""
    return _day(proposal, "open")


def effect(proposal: Proposal, wish: Wish, user: User, today: date) -> Effect | None:
    """As far as `user` may see what was found; None where it has not been opened, or only today."""
    opened = opened_on(proposal)
    if opened is None or opened >= today:
        return None
    retired = _day(proposal, "retire") if proposal.state == State.RETIRED else None
    last = min(opened + timedelta(days=wish.days - 1), (retired or today) - timedelta(days=1))
    if last < opened:
        return None
    before = Period(opened - timedelta(days=wish.days), opened - timedelta(days=1))
    after = Period(opened, last)
    here = _Here(proposal, wish, user, before, after)
    return Effect(
        opened_on=opened,
        retired_on=retired,
        before=before,
        after=after,
        near=here.counts(here.near()),
        beyond=here.counts(here.beyond()) if proposal.estate_id else None,
        months=tuple(here.months()),
        comparison=compare(here.counts(here.near()), list(here.elsewhere())),
    )


def _day(proposal: Proposal, step: str) -> date | None:
    taken = Step.objects.filter(proposal=proposal, name=step).order_by("version").last()
    return (taken.on or timezone.localdate(taken.at)) if taken else None


@dataclass(frozen=True, slots=True)
class _Here:
    proposal: Proposal
    wish: Wish
    user: User
    before: Period
    after: Period

    def inspections(self) -> "QuerySet[Inspection]":
        """Of the estate; in the open street, those made within reach."""
        rows = self._inspected()
        if self.proposal.estate_id:
            return rows.filter(estate=self.proposal.estate_id)
        return self._within(rows, "location")

    def near(self) -> "QuerySet[Finding]":
        return self._within(self._of_place(), "place")

    def beyond(self) -> "QuerySet[Finding]":
        return self._of_place().exclude(pk__in=self.near().values("pk"))

    def counts(self, found: "QuerySet[Finding]") -> Counts:
        looked, seen = (
            rows.aggregate(**self._before_and_after()) for rows in (self.inspections(), found)
        )
        return Counts(seen["before"], looked["before"], seen["after"], looked["after"])

    def elsewhere(self) -> Iterator[Counts]:
        """A row an estate."""
        looked, found = (
            {
                row["estate"]: row
                for row in rows.order_by().values("estate").annotate(**self._before_and_after())
            }
            for rows in (self._others(self._inspected()), self._others(self._found()))
        )
        nothing = {"before": 0, "after": 0}
        for estate in sorted(looked):
            seen = found.get(estate, nothing)
            row = looked[estate]
            yield Counts(seen["before"], row["before"], seen["after"], row["after"])

    def months(self) -> Iterator[Month]:
        by_month = [
            _monthly(rows)
            for rows in (
                self.inspections(),
                self.near(),
                self._others(self._inspected()),
                self._others(self._found()),
            )
        ]
        for month in _months(self.before.since, self.after.until):
            yield Month(month, *(counted.get(month, 0) for counted in by_month))

    def _inspected(self) -> "QuerySet[Inspection]":
        rows = Inspection.objects.visible_to(self.user).in_force().of_kind(KIND)
        return rows.recorded_between(_begin(self.before.since), _end(self.after.until))

    def _found(self) -> "QuerySet[Finding]":
        rows = Finding.objects.visible_to(self.user).in_force().of_kind(KIND)
        rows = rows.recorded_between(_begin(self.before.since), _end(self.after.until))
        return rows.filter(item__in=self.wish.items)

    def _of_place(self) -> "QuerySet[Finding]":
        rows = self._found()
        # Only what was looked for: the estate's own inspections are counted beside them.
        return rows.filter(estate=self.proposal.estate_id) if self.proposal.estate_id else rows

    def _within(self, rows: "QuerySet[Any]", place: str) -> "QuerySet[Any]":
        shape = self.proposal.geom
        close = rows.filter(
            **{f"{place}__dwithin": (shape, self.wish.within_m / _METRES_OF_DEGREE)}
        )
        apart = GroundDistance(place, Value(shape, output_field=GeometryField(srid=WGS84)))
        near: QuerySet[Any] = close.annotate(_apart_m=apart).filter(
            _apart_m__lte=self.wish.within_m
        )
        return near

    def _others(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Of estates where no site was opened in these days, and not within reach of this one."""
        opened = Step.objects.filter(name="open", proposal__estate__isnull=False).filter(
            Q(on__range=(self.before.since, self.after.until))
            | Q(on=None, at__range=(_begin(self.before.since), _end(self.after.until)))
        )
        close = Estate.objects.near(self.proposal.geom, self.wish.within_m)
        return (
            rows.exclude(estate__in=opened.values("proposal__estate"))
            .exclude(estate__in=close.order_by().values("pk"))
            .exclude(estate=self.proposal.estate_id)
        )

    def _before_and_after(self) -> Mapping[str, Count]:
        opening = _begin(self.after.since)
        return {
            "before": Count("pk", filter=Q(recorded_at__lt=opening)),
            "after": Count("pk", filter=Q(recorded_at__gte=opening)),
        }


def _monthly(rows: "QuerySet[Any]") -> dict[date, int]:
    zone = timezone.get_default_timezone()
    month = TruncMonth("recorded_at", tzinfo=zone)
    told = rows.order_by().annotate(_month=month).values_list("_month").annotate(n=Count("pk"))
    return {timezone.localdate(month, zone).replace(day=1): n for month, n in told}


def _months(since: date, until: date) -> Iterable[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = (month + timedelta(days=32)).replace(day=1)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _end(day: date) -> datetime:
    return _begin(day + timedelta(days=1))
