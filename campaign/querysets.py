"""Every read of the campaign by name. `visible_in` is the only place that scopes rows."""

from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from geo.querysets import Scoped
from geo.scope import Scope

M = TypeVar("M", bound=Model, covariant=True)


class Programmes(QuerySet[M]):
    """The same for everyone of the office: no scope narrows them."""

    def issued_by(self, day: date) -> Self:
        """The latest first; but one that is out before its year begins comes last until then: what
        is asked this year is not over."""
        begun = Case(When(year__lte=day.year, then=0), default=1)
        return self.filter(issued_on__lte=day).order_by(begun, "-issued_on", "pk")


class Actions(QuerySet[M]):
    """The same for everyone of the office: no scope narrows them."""

    def asked_on(self, day: date) -> Self:
        """By a notice that was out by then."""
        return self.filter(programme__issued_on__lte=day)


class Indicators(QuerySet[M]):
    """The same for everyone of the office: no scope narrows them."""

    def asked_on(self, day: date) -> Self:
        """By a notice that was out by then."""
        still = Q(retired_on=None) | Q(retired_on__gt=day)
        return self.filter(still, action__programme__issued_on__lte=day)

    def among(self, **wanted: Any) -> Self:
        """As `geo.querysets.Scoped.among`."""
        return self.filter(**{f"{name}__in": each for name, each in wanted.items() if each})


class Targets(QuerySet[M]):
    """The same for everyone of the office: no scope narrows them."""

    def holding_on(self, day: date) -> Self:
        """Of each indicator the one that holds on that day: that of the latest day up to it, and
        of several for one day the one that was entered last."""
        rows = self.filter(holds_from__lte=day)
        return rows.order_by("indicator_id", "-holds_from", "-at", "-pk").distinct("indicator_id")


class Attachments(QuerySet[M]):
    """Seen by who brought it, and by whoever sees one of the rows that it hangs on; whatever
    refers to attachments scopes its own rows."""

    def visible_to(self, user: Any) -> Self:
        mine = Q(by=user.pk)
        for field in self._hung_on():
            rows = field.related_model._default_manager.visible_to(user)
            mine |= Q(pk__in=rows.values(field.field.name))
        return self.filter(mine)

    def loose(self) -> Self:
        """Those that hang on nothing."""
        rows = self
        for field in self._hung_on():
            told = {f"{field.field.name}__isnull": False}
            hung = field.related_model._default_manager.filter(**told)
            rows = rows.exclude(pk__in=hung.values(field.field.name))
        return rows

    def _hung_on(self) -> list[Any]:
        return list(self.model._meta.related_objects)


class Baselines(Scoped[M]):
    """What is of the whole subdistrict is seen by all of the office."""

    company_path: ClassVar[str | None] = None

    def visible_in(self, scope: Scope) -> Self:
        return self.filter(community=None) | super().visible_in(scope)

    def holding_on(self, day: date) -> Self:
        """As `Targets.holding_on`, of each metric and place."""
        of = ("metric", "community_id")
        rows = self.filter(holds_from__lte=day)
        return rows.order_by(*of, "-holds_from", "-at", "-pk").distinct(*of)


class OfPlaces(Scoped[M]):
    """What is of the whole subdistrict is seen by all of the office; a company's by who sees one
    of its estates. No company's people see any."""

    company_path: ClassVar[str | None] = None

    def visible_in(self, scope: Scope) -> Self:
        if scope.everything:
            return self
        if not scope.communities:
            return self.none()
        company: Any = self.model._meta.get_field("company").related_model
        here = company._default_manager.filter(estates__community__in=scope.communities)
        whole = Q(community=None, company=None)
        mine = Q(community__in=scope.communities)
        return self.filter(whole | mine | Q(company__in=here.values("pk")))


class Values(OfPlaces[M]):
    def measured_by(self, day: date) -> Self:
        return self.filter(measured_on__lte=day)

    def beside(self, row: Any) -> Self:
        """All of the same indicator, place and month."""
        of = ("indicator", "community", "estate", "company", "period")
        return self.filter(**{name: getattr(row, name) for name in of})

    def counting_on(self, day: date) -> Self:
        """Of each indicator, place and month the one that counts on that day: the newest
        measured up to it, and of several of one day the one that was entered last. None that was
        taken back."""
        of = ("indicator_id", "community_id", "estate_id", "company_id", "period")
        rows = self.measured_by(day).filter(taken_back_at=None)
        return rows.order_by(*of, "-measured_on", "-at", "-pk").distinct(*of)


class Letters(QuerySet[M]):
    """One's own, and nobody else's."""

    def unsent(self) -> Self:
        """To be sent, or taken up by a worker that may be gone."""
        return self.filter(mail__in=("waiting", "sending")).order_by("made_at", "pk")


class Reminders(QuerySet[M]):
    """One's own, and of those for whom one stands in what was told to oneself."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(Q(person=user) | Q(letter__to=user))

    def unseen(self) -> Self:
        """Still owed, and not marked as seen."""
        return self.filter(seen_at=None, settled_at=None)


class Standards(QuerySet[M]):
    """The same for everyone: no scope narrows them."""

    def holding_by(self, day: date) -> Self:
        """Those that hold on that day or held before, the newest last."""
        return self.filter(holds_from__lte=day).order_by("holds_from", "pk")


class Enrolments(Scoped[M]):
    """Seen by who sees the estate; a company's people see those of their own estates."""

    community_path = "estate__community"
    company_path = "estate__company"

    def listed_by(self, day: date) -> Self:
        """Without those that were taken off the list and did not come back."""
        return self._standing_by(day).filter(removed=False)

    def removed_by(self, day: date) -> Self:
        """Those that `listed_by` is without, the last first; with `removed_on`, `removed_why`."""
        last = self._last_move_by(day)
        rows = self._standing_by(day).filter(removed=True)
        return rows.annotate(
            removed_on=Subquery(last.values("on")[:1]),
            removed_why=Subquery(last.values("reason")[:1]),
        ).order_by("-removed_on", "estate__name", "pk")

    def ever_listed_by(self, day: date) -> Self:
        """Also those that were taken off the list; without those of estates that turned out to be
        another one that is on it."""
        return self.filter(enrolled_on__lte=day, estate__merged_into=None)

    def _standing_by(self, day: date) -> Self:
        removed = Subquery(self._last_move_by(day).values("removed")[:1])
        return self.ever_listed_by(day).alias(removed=Coalesce(removed, False))

    def _last_move_by(self, day: date) -> QuerySet[Any]:
        moves: Any = self.model._meta.get_field("moves").related_model
        rows: QuerySet[Any] = moves._default_manager.filter(enrolment=OuterRef("pk"), on__lte=day)
        return rows.order_by("-on", "-at", "-pk")


class OfEnrolments(Scoped[M]):
    """What happened to an enrolled estate is seen by who sees that."""

    community_path = "enrolment__estate__community"
    company_path = "enrolment__estate__company"

    def about(self, row: Any) -> Self:
        """Of that enrolment, and of one whose estate turned out to be the same."""
        same = Q(
            enrolment__programme=row.programme_id, enrolment__estate__merged_into=row.estate_id
        )
        return self.filter(Q(enrolment=row) | same)


class Reports(Scoped[M]):
    """A unit's are seen by all of the office, a community's by who sees the community; no
    company's people see any."""

    company_path: ClassVar[str | None] = None

    def visible_in(self, scope: Scope) -> Self:
        if scope.everything:
            return self
        if not scope.communities:
            return self.none()
        return self.filter(Q(community=None) | Q(community__in=scope.communities))

    def of_month(self, programme: Any, month: date) -> Self:
        return self.filter(programme=programme, month=month)


class OfReports(Reports[M]):
    """What belongs to a report is seen with it."""

    def visible_in(self, scope: Scope) -> Self:
        report: Any = self.model._meta.get_field("report").related_model
        return self.filter(report__in=report._default_manager.visible_in(scope))


class LedgerRows(OfPlaces[M]):
    def entered_before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def newest_before(self, moment: datetime) -> Self:
        """Of each row what it was then: itself, or what stood in for it."""
        later = self.model._default_manager.filter(supersedes=OuterRef("pk"), at__lt=moment)
        return self.entered_before(moment).exclude(Exists(later))

    def standing(self) -> Self:
        """Those that count now."""
        return self.filter(superseded_by=None, withdrawn=False)

    def standing_before(self, moment: datetime) -> Self:
        """Those that counted then."""
        return self.newest_before(moment).filter(withdrawn=False)
