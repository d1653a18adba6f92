"""What lists, tiles, the ledger and exports of cases are narrowed by, all alike."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from inspections.board_figures import CASE_FIGURES

STATUSES = ("open", "ended", "overdue", "late", "lapsed")


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose hands cases may be in: a person's own, and those of the company, unit or community
    that the person stands for."""

    person: int
    companies: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    communities: frozenset[int] = frozenset()
    every_community: bool = False

    @property
    def rows(self) -> Q:
        held = Q(person=self.person)
        held |= Q(handler="company", company__in=self.companies)
        held |= Q(handler="unit", unit__in=self.units)
        if self.every_community:
            return held | Q(handler="community")
        return held | Q(handler="community", community__in=self.communities)


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows behind a figure of the board (`board_figures`) as of a day: those that count, those
    that do not though they might, or with None both."""

    figure: str
    as_of: date
    holds: bool | None = None

    def moment(self, now: datetime) -> datetime:
        """The end of that day; of today, now."""
        return min(_midnight(self.as_of + timedelta(days=1)), now)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """`since` and `until` are days of the office's time zone on which a case was reported, both
    included; an empty tuple, an empty text or None narrows nothing.

    With `counted`, the period is that of the figure, and companies those that had it in hand then.
    """

    states: tuple[str, ...] = ()
    status: str = ""
    sources: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    communities: tuple[int, ...] = ()
    estates: tuple[int, ...] = ()
    companies: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    q: str = ""
    mine: Hands | None = None
    undecided: bool | None = None
    counted: Counted | None = None

    @property
    def moves_with_time(self) -> bool:
        """What fits it changes though nothing is written."""
        return self.counted is not None or self.status in {"overdue", "late", "lapsed"}

    def of_rows(self, at: datetime) -> Q:
        """What it asks of a row beside `undecided` and what has lapsed; `at` is the moment by which
        is judged what is overdue."""
        asked = Q()
        for name, values in (
            ("state", self.states),
            ("source", self.sources),
            ("severity", self.severities),
            ("kind", self.kinds),
            ("item", self.items),
            ("community", self.communities),
            ("estate", self.estates),
            ("company", () if self.counted else self.companies),
            ("unit", self.units),
            ("number", self.numbers),
        ):
            if values:
                asked &= Q(**{f"{name}__in": values})
        if not self.counted:
            asked &= self._period("reported_at")
        if self.mine:
            asked &= self.mine.rows
        return asked & self._status(at) & self._searched()

    def of_spans(self, moment: datetime) -> Q:
        """What `counted` asks of the span in which a case stood just before that moment."""
        if self.counted is None:
            return Q()
        figure = CASE_FIGURES[self.counted.figure]
        asked = figure.of & (self._period(figure.dated) if figure.dated else Q())
        if figure.dated:
            asked &= Q(**{f"{figure.dated}__lt": moment})
        if self.companies:
            asked &= Q(company__in=self.companies)
        if self.counted.holds is None:
            return asked
        counts = figure.n(moment)
        return asked & (counts if self.counted.holds else ~counts)

    def _period(self, dated: str) -> Q:
        asked = Q()
        if self.since:
            asked &= Q(**{f"{dated}__gte": _midnight(self.since)})
        if self.until:
            asked &= Q(**{f"{dated}__lt": _midnight(self.until + timedelta(days=1))})
        return asked

    def _status(self, at: datetime) -> Q:
        match self.status:
            case "open":
                return Q(ended_at=None)
            case "ended":
                return Q(ended_at__isnull=False)
            case "overdue":
                return Q(ended_at=None, due_at__lt=at)
            case "late":
                return Q(ended_at=None, step_due_at__lt=at)
        return Q()

    def _searched(self) -> Q:
        if not self.q:
            return Q()
        found = Q(title__icontains=self.q) | Q(estate__name__icontains=self.q)
        found |= Q(outside_number__icontains=self.q)
        if self.q.isascii() and self.q.isdigit() and len(self.q) < 19:
            found |= Q(number=int(self.q))
        return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
