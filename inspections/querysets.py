"""Every read of inspections and findings by name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self, TypeVar

from django.db.models import (
    Count,
    Exists,
    Func,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from geo.querysets import Changes, Scoped
from geo.scope import NOTHING, Scope
from inspections.case_filter import CaseFilter
from inspections.periods import Months
from inspections.workflow import State

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

    def of_rows(self, *, severity: bool = True) -> Q:
        """What it asks of a row beside time and status; inspections have no severity."""
        asked = Q()
        if self.kinds:
            asked &= Q(kind__in=self.kinds)
        if self.severities and severity:
            asked &= Q(severity__in=self.severities)
        if self.communities:
            asked &= Q(community__in=self.communities)
        if self.estates:
            asked &= Q(estate__in=self.estates)
        return asked


def period_of(since: date | None, until: date | None) -> tuple[datetime | None, datetime | None]:
    """Its first moment, and the first after it; both days are included."""
    wanted = FindingFilter(since=since, until=until)
    return wanted.begins, wanted.ends


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Inspections(Scoped[M]):
    def in_force(self) -> Self:
        """Without those that a correction stands in for."""
        return self.filter(in_force=True)

    def of_kind(self, slug: str) -> Self:
        return self.filter(kind=slug)

    def last_of_kind(self, slug: str, before: datetime | None = None) -> QuerySet[M, datetime]:
        """When an estate (of the query around this one) was last inspected by that kind; or,
        before that moment."""
        last = self.in_force().of_kind(slug).filter(estate=OuterRef("pk"))
        last = last.recorded_between(None, before)
        return last.order_by("-recorded_at").values_list("recorded_at", flat=True)[:1]

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
        rows = rows.filter(wanted.of_rows())
        if wanted.status == "open":
            rows = rows.open()
        elif wanted.status == "closed":
            rows = rows.closed()
        return rows

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def open_before(self, moment: datetime) -> Self:
        """As they stood just before it, also those that were opened again since."""
        rows = self.filter(Q(closed_at=None) | Q(closed_at__gte=moment), recorded_at__lt=moment)
        spans = self.model._meta.get_field("closed_spans").related_model.objects  # type: ignore[union-attr]
        return rows.exclude(Exists(spans.holding_at(moment).filter(finding=OuterRef("pk"))))


class FoundAgains(Inspections[M]):
    """Findings that came again, and what they are counted by."""


class ClosedSpans(Scoped[M]):
    community_path = "finding__community"
    company_path = "finding__estate__company"

    def holding_at(self, moment: Any) -> Self:
        """Those that had begun before that moment and were not over: closed then, open now."""
        return self.filter(closed_at__lt=moment, reopened_at__gte=moment)


class Sums(Scoped[M]):
    """Rows of a summary: sums by month or day, see `inspections.models.summaries`."""

    def in_days(self, first: date, last: date) -> Self:
        return self.filter(day__range=(first, last))

    def in_months(self, months: Months) -> Self:
        rows = self
        if months.first is not None:
            rows = rows.filter(month__gte=months.first)
        if months.last is not None:
            rows = rows.filter(month__lte=months.last)
        return rows

    def matching(self, wanted: FindingFilter) -> Self:
        """By what a row here has: no days, status or severity, see `inspections.reports`."""
        return self.filter(wanted.of_rows(severity=False))


class Photos(Scoped[M]):
    """A photo is seen by who sees its inspection, its proposal, the case of its move, its complaint
    or its paper; until that arrives, by its sender alone."""

    def visible_in(self, scope: Scope) -> Self:
        return self._seen_in(scope, Q(pk__in=()))

    def visible_to(self, user: Any) -> Self:
        own = Q(sender=user.pk, declared_at=None)
        return self._seen_in(getattr(user, "scope", NOTHING), own)

    def _seen_in(self, scope: Scope, seen: Q) -> Self:
        if scope.everything:
            return self
        for path, company in (
            ("inspection", "estate__company"),
            ("proposal", "estate__company"),
            ("move__case", "company"),
            ("complaint", None),
            ("paper", "company"),
        ):
            if scope.communities:
                seen |= Q(**{f"{path}__community__in": scope.communities})
            if scope.companies and company:
                seen |= Q(**{f"{path}__{company}__in": scope.companies})
        return self.filter(seen)

    def missing(self) -> Self:
        """Named by a record, and not here yet."""
        return self.filter(held_at=None)

    def unmade(self) -> Self:
        """Named and here, and nothing has been made of them yet."""
        here = self.filter(declared_at__isnull=False, held_at__isnull=False, purged_at=None)
        return here.filter(made_at=None, problem="")


class Proposals(Scoped[M]):
    def undecided(self) -> Self:
        return self.filter(standing="proposed")


class Rounds(Scoped[M]):
    """A round is seen by who sees one of its estates."""

    community_path = "estates__community"
    company_path = None

    def visible_in(self, scope: Scope) -> Self:
        return super().visible_in(scope).distinct()

    def current(self) -> Self:
        return self.filter(cancelled_at=None)

    def on(self, day: date) -> Self:
        return self.current().filter(since__lte=day, until__gte=day)

    def in_days(self, since: date | None, until: date | None) -> Self:
        """Those that have a day among these; both ends included."""
        rows = self
        if since is not None:
            rows = rows.filter(until__gte=since)
        if until is not None:
            rows = rows.filter(since__lte=until)
        return rows

    def held_by(self, person: Any, day: date) -> Self:
        """Whose they are on that day: of whoever is on leave, they are the stand-in's."""
        away = Q(inspector__leaves__since__lte=day, inspector__leaves__until__gte=day)
        covered = self.filter(away)
        return self.filter(
            Q(inspector=person) & ~Q(pk__in=covered.values("pk"))
            | Q(pk__in=covered.filter(inspector__leaves__stand_in=person).values("pk"))
        )

    def of_others(self, inspector: Any, kinds: Collection[str], estates: Collection[int]) -> Self:
        """With one of these kinds at one of these estates, and somebody else's. A stand-in does
        another's rounds: who is on leave keeps them by name."""
        rows = self.current().exclude(inspector=inspector)
        return rows.filter(kinds__overlap=list(kinds), estates__in=estates).distinct()


def _counted(rows: Any) -> Subquery:
    """How many of these belong to the case of the query around."""
    of_case = rows.filter(case=OuterRef("pk")).order_by()
    # Not as an aggregate: those without any would have no row, and so no number.
    n = Func("pk", function="count", output_field=IntegerField())
    return Subquery(of_case.annotate(n=n).values("n"))


class Cases(Scoped[M]):
    """A company's people see what their company has in hand; nothing before it is sent there."""

    company_path = "company"

    def matching(self, wanted: CaseFilter, at: datetime | None = None) -> Self:
        at = at or timezone.now()
        rows = self.filter(wanted.of_rows(at))
        if wanted.counted:
            moment = wanted.counted.moment(at)
            spans = self.model._meta.get_field("spans").related_model.objects  # type: ignore[union-attr]
            stood = spans.standing_at(moment).filter(wanted.of_spans(moment))
            rows = rows.filter(pk__in=stood.values("case"))
        if wanted.status == "lapsed":
            rows = rows.lapsed(at)
        if wanted.undecided is None:
            return rows
        waits = self._waits_for_decision()
        return rows.filter(waits if wanted.undecided else ~waits)

    def _waits_for_decision(self) -> Q:
        """A move that came late, or an extension that is asked for."""
        # Not by a join: a case of two proposals is one row.
        moves = self.model._meta.get_field("moves").related_model.objects  # type: ignore[union-attr]
        proposed = Exists(moves.undecided().filter(case=OuterRef("pk")))
        return Q(proposed) | Q(state=State.EXTENSION_ASKED)

    def by_turn(self, at: datetime | None = None) -> dict[str, int]:
        """How many wait for what, in one reading; `all` are the open ones."""
        turns = {
            "to_file": Q(state=State.REPORTED),
            "to_dispatch": Q(state__in=[State.FILED, State.RETURNED]),
            "to_decide": self._waits_for_decision(),
            "checking": Q(state__in=[State.FIXED, State.CHECKING, State.CHECKED]),
            "overdue": Q(ended_at=None, due_at__lt=at or timezone.now()),
            "lapsed": self._has_lapsed(at),
            "all": Q(ended_at=None),
        }
        return self.aggregate(**{name: Count("pk", filter=asked) for name, asked in turns.items()})

    def with_counts(self) -> QuerySet[M, tuple[Any, ...]]:
        """Id as text, and of each case how many findings count, how many complained, and how many
        moves wait to be decided."""
        findings, complaints, moves = (
            self.model._meta.get_field(name).related_model.objects  # type: ignore[union-attr]
            for name in ("findings", "complaints", "moves")
        )
        rows = (findings.in_force(), complaints.all(), moves.undecided())
        return self.values_list(Cast("pk", TextField()), *map(_counted, rows))

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def overdue(self, at: datetime | None = None) -> Self:
        """The case, not only its step; a clock that stands still is never overdue."""
        return self.open().filter(due_at__lt=at or timezone.now())

    def late_in_step(self, at: datetime | None = None) -> Self:
        return self.open().filter(step_due_at__lt=at or timezone.now())

    def lapsed(self, at: datetime | None = None) -> Self:
        """Put aside until a day that is over: somebody has to take it up again."""
        return self.filter(self._has_lapsed(at))

    def _has_lapsed(self, at: datetime | None) -> Q:
        # Nothing but what puts a case aside makes the version in which it is.
        moves = self.model._meta.get_field("moves").related_model.objects  # type: ignore[union-attr]
        putting = moves.made().filter(case=OuterRef("pk"), version=OuterRef("version"))
        today = timezone.localdate(at).isoformat()
        return Q(state=State.SUSPENDED) & Q(Exists(putting.filter(data__until__lt=today)))

    def counted_in(self, years: Collection[int] = ()) -> Self:
        """Whose deadlines change when the working days of these years do, or become known: the
        provisional ones, and the open ones whose time is counted there."""
        rows = Q(provisional=True)
        if years:
            begins = _midnight(date(min(years), 1, 1))
            # What stands still was counted until it stopped.
            runs_on = Q(due_at=None) | Q(due_at__gte=begins) | Q(step_due_at__gte=begins)
            rows |= Q(ended_at=None) & runs_on
        return self.filter(rows)


class CaseSpans(Scoped[M]):
    """Seen by who sees the case as it is now."""

    community_path = "case__community"
    company_path = "case__company"

    def standing_at(self, moment: Any) -> Self:
        """Of each case that was reported before, the one span just before that moment."""
        goes_on = Q(until=None) | Q(until__gte=moment)
        return self.filter(goes_on, since__lt=moment)

    def open_at(self, moment: datetime) -> Self:
        """Of each case that was open then."""
        return self.standing_at(moment).filter(ended_at=None)


class CasesLeft(Scoped[M]):
    company_path = "company"

    def outdated(self) -> Self:
        """Whoever stayed away for longer is told all anew; as `geo.querysets.Changes`."""
        return self.filter(at__lt=timezone.now() - Changes.KEPT - timedelta(days=1))


class Moves(Scoped[M]):
    community_path = "case__community"
    company_path = "case__company"

    def made(self) -> Self:
        return self.filter(standing="made")

    def undecided(self) -> Self:
        return self.filter(standing="proposed")


class Complaints(Scoped[M]):
    """Of no company's business."""

    company_path = None

    def unanswered(self) -> Self:
        return self.answered(False)

    def answered(self, so: bool) -> Self:
        return self.filter(replied_at__isnull=not so)

    def received_between(self, since: datetime | None, until: datetime | None) -> Self:
        """From `since` on, and before `until`."""
        rows = self.filter(received_at__gte=since) if since else self
        return rows.filter(received_at__lt=until) if until else rows

    def saying(self, text: str) -> Self:
        """Part of what was said, or of a number; without a text, all."""
        if not text:
            return self
        wanted = Q(text__icontains=text) | Q(place_told__icontains=text)
        return self.filter(wanted | Q(outside_number__icontains=text))

    def with_named(self) -> Self:
        """`is_named`: who complained is known."""
        complainant: Any = self.model._meta.get_field("complainant")
        who = complainant.related_model.objects.filter(complaint=OuterRef("pk"))
        return self.annotate(is_named=Exists(who))


class Papers(Scoped[M]):
    """A paper of the whole office is seen by who sees everything; a company sees those that are
    addressed to it."""

    company_path = "company"

    def unrendered(self) -> Self:
        return self.filter(rendered_at=None)

    def undelivered(self) -> Self:
        return self.filter(delivered_at=None)

    def about(self, case: Any) -> Self:
        return self.filter(cases=case)

    def called(self, text: str) -> Self:
        """By what stands on it: its number as it is written, or whose it is."""
        said = Concat(
            "series__code",
            Value("〔"),
            Cast("year", TextField()),
            Value("〕"),
            Cast("number", TextField()),
            output_field=TextField(),
        )
        return self.alias(said=said).filter(
            Q(said__icontains=text.removesuffix("号"))
            | Q(estate__name__icontains=text)
            | Q(company__name__icontains=text)
        )

    def in_force(self) -> Self:
        return self.filter(voided_at=None)


class Hooks(QuerySet[M]):
    def with_counts(self) -> Self:
        """`n_waiting` and `n_given_up`: of its messages."""
        return self.annotate(
            n_waiting=Count("tellings", Q(tellings__told_at=None, tellings__given_up_at=None)),
            n_given_up=Count("tellings", Q(tellings__given_up_at__isnull=False)),
        )
