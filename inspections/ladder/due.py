"""Which rungs are due, one for each case or company: the highest, with all its reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet
from django.utils import timezone

from geo.scope import EVERYTHING, Scope
from inspections.ladder.triggers import Asking, Met, rules_in_use
from inspections.models import Case, Escalation, LadderRule, Paper, PaperKind, Rung
from inspections.timetable import timetable

# The name space of what is due: the same in every process, and stored only once it is done with.
_DUE = UUID("0190c3a0-0000-7000-8000-000000000005")
_ORDER = {rung: n for n, rung in enumerate(Rung)}


@dataclass(frozen=True, slots=True)
class Reason:
    """`id` follows from the rung, whom it is of, and the moment its rule was met."""

    id: UUID
    met_at: datetime
    rules: tuple[LadderRule, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Known by the id of any of its reasons."""

    rung: Rung
    community: int
    case: UUID | None
    company: int | None
    reasons: tuple[Reason, ...]

    @property
    def id(self) -> UUID:
        return self.reasons[0].id

    @property
    def met_at(self) -> datetime:
        return self.reasons[0].met_at


_Of = tuple[UUID | None, int | None]  # a case or a company
_Found = dict[_Of, dict[Rung, dict[datetime, list[Met]]]]


def due_now(scope: Scope, now: datetime | None = None) -> list[Due]:
    """Of each case or company its highest rung. The gravest first, and of those the one that was
    met first."""
    highest: dict[_Of, Due] = {}
    found = _due(_asking(Case.objects.visible_in(scope), now), scope, rules_in_use())
    for each in sorted(found, key=lambda each: _ORDER[each.rung]):
        highest[each.case, each.company] = each
    return sorted(
        highest.values(), key=lambda each: (-_ORDER[each.rung], each.met_at, str(each.id))
    )


def next_due_at(scope: Scope, now: datetime) -> datetime | None:
    """The next moment, before the day is over, at which more may be due though nothing is
    written."""
    asking = _asking(Case.objects.visible_in(scope), now)
    moments = (asking.next_at(rule) for rule in rules_in_use())
    return min((each for each in moments if each is not None and each >= now), default=None)


def due_of(rung: Rung, cases: Iterable[UUID]) -> list[Due]:
    """This rung of these cases, and of any company, whoever sees them."""
    rules = [rule for rule in rules_in_use() if rule.rung == rung]
    return list(_due(_asking(Case.objects.filter(pk__in=list(cases))), EVERYTHING, rules))


def _asking(cases: "QuerySet[Case]", now: datetime | None = None) -> Asking:
    return Asking(cases, timetable().working, now or timezone.now())


def _due(asking: Asking, scope: Scope, rules: list[LadderRule]) -> Iterator[Due]:
    found: _Found = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for rule in rules:
        for met in asking.met(rule):
            if met.company is None or _sees(scope, met.community):
                found[met.case, met.company][Rung(rule.rung)][met.at].append(met)
    if found:
        _take_out(found, asking)
    for of, rungs in found.items():
        yield from (_told(of, rung, met) for rung, met in rungs.items() if met)


def _sees(scope: Scope, community: int) -> bool:
    return scope.everything or community in scope.communities


def _take_out(found: _Found, asking: Asking) -> None:
    """What was done with: its paper issued, or waived. A void paper has done nothing, unless
    another was issued in its place. A notice stands for the reminders of before it."""
    stands = Q(paper__voided_at=None) | Q(paper__reissued_as__isnull=False)
    of_these = Q(case__in=asking.undone.values("pk")) | Q(company__isnull=False)
    done = Escalation.objects.filter(of_these).filter(Q(waived=True) | stands)
    for rung, case, company, at in done.values_list("rung", "case", "company", "met_at"):
        found[case, company][Rung(rung)].pop(at, None)
    notices = Paper.objects.in_force().filter(
        kind=PaperKind.NOTICE, cases__in=asking.undone.values("pk")
    )
    for case, issued_at in notices.order_by().values_list("cases", "issued_at"):
        reminders = found[case, None][Rung.REMINDER]
        for at in [at for at in reminders if at <= issued_at]:
            del reminders[at]


def _told(of: _Of, rung: Rung, met: dict[datetime, list[Met]]) -> Due:
    case, company = of
    reasons = tuple(
        Reason(_id(rung, of, at), at, tuple(each.rule for each in those))
        for at, those in sorted(met.items())
    )
    return Due(rung, next(iter(met.values()))[0].community, case, company, reasons)


def _id(rung: Rung, of: _Of, at: datetime) -> UUID:
    return uuid5(_DUE, f"{rung} {of[0] or ''} {of[1] or ''} {at.astimezone(UTC).isoformat()}")
