"""How many: every measure's number, by whatever it is told by."""

from datetime import datetime
from typing import Any

from django.db.models import Count, DateField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Greatest
from django.utils import timezone

from geo.scope import Scope
from inspections.models import CaseSpan, Finding, FoundAgain
from inspections.overview.asked import Asked, day_before
from inspections.overview.sums import TIMES, Rows, Sum, added_up, of

KEYS = ("estate", "community", "company", "kind", "item", "severity")

Counts = dict[Any, int]


def counted(scope: Scope, asked: Asked, *by: str) -> Counts:
    """The measure's number by each of `by`, of `KEYS`, and of `TIMES` for what is of a period. A
    key is a value, or a tuple of several, or () for all in one; what is nought is not there."""
    if asked.defined.of_moment:
        return standing(scope, asked, asked.at, *by)
    if asked.measure == "repeat":
        return _by(_repeated(scope, asked, by), by)
    return _by(_of_period(scope, asked, "found", by), by)


def findings_of(scope: Scope, asked: Asked) -> QuerySet[Any]:
    """The findings behind the measure's number; of overdue cases, those that belong to them."""
    rows = Finding.objects.visible_in(scope).in_force()
    if asked.measure == "overdue":
        late = _late(scope, asked).standing_at(asked.at).filter(due_at__lt=asked.at)
        return rows.filter(case__in=late.values("case"))
    rows = rows.filter(asked.of_findings())
    if asked.measure == "open":
        return rows.open_before(asked.at)
    rows = rows.recorded_between(asked.begins, asked.ends)
    if asked.measure == "households":
        rows = rows.filter(estate__households__gt=0)
    return rows.filter(found_again__isnull=False) if asked.measure == "repeat" else rows


def inspected(scope: Scope, asked: Asked, *by: str) -> Counts:
    """Inspections in force of the period, as `counted`; items and severities say nothing of
    them."""
    return _by(_of_period(scope, asked, "inspections", by), by)


def standing(scope: Scope, asked: Asked, at: datetime, *by: str) -> Counts:
    """As `counted`, of what stood so just before that moment: open, or overdue."""
    if asked.measure == "overdue":
        return _by(_overdue(scope, asked, at, by), by)
    return _by(Sum(scope, asked, "open", by, None, day_before(at), at).rows(), by)


def changes(scope: Scope, asked: Asked, *by: str) -> Counts:
    """What was open, by how much that grew in the period."""
    return _by(_of_period(scope, asked, "open", by), by)


def overdue_through(
    scope: Scope, asked: Asked, moments: list[datetime]
) -> list[tuple[int, int, int, int]]:
    """Estate, from which of these moments on, to before which, and how many cases were overdue so
    long."""
    begun = _Bucket(Greatest("since", "due_at"), Value(moments))
    over = _Bucket(F("until"), Value(moments))
    rows = _late(scope, asked).annotate(estate=F("case__estate"), begun=begun, over=over)
    told = rows.values_list("estate", "begun", "over").annotate(n=Count("pk")).order_by()
    last = len(moments)
    return [
        (estate, first, last if end is None else end, n)
        for estate, first, end, n in told
        if first < (last if end is None else end)
    ]


class _Bucket(Func):
    """How many of the moments, in their order, are not after this one."""

    template = "width_bucket(%(expressions)s::timestamptz[])"
    output_field = IntegerField()


def _of_period(scope: Scope, asked: Asked, what: str, by: tuple[str, ...]) -> Rows:
    if asked.since and asked.since > asked.last_day:
        return []
    return Sum(scope, asked, what, by, asked.since, asked.last_day, asked.ends).rows()


def _by(rows: Rows, by: tuple[str, ...]) -> Counts:
    if len(by) == 1:
        return dict(rows)
    return {tuple(keys): n for *keys, n in rows}


def _repeated(scope: Scope, asked: Asked, by: tuple[str, ...]) -> Rows:
    rows = FoundAgain.objects.visible_in(scope).filter(asked.of_findings())
    rows = rows.recorded_between(asked.begins, asked.ends)
    zone = timezone.get_default_timezone()
    columns: dict[str, Any] = {}
    for at, name in enumerate(by):
        if name in TIMES:
            columns[f"key_{at}"] = Cast(TIMES[name]("recorded_at", tzinfo=zone), DateField())
        else:
            columns[f"key_{at}"] = F("estate__company" if name == "company" else name)
    return added_up([_ones(rows, columns)], len(by))


def _overdue(scope: Scope, asked: Asked, at: datetime, by: tuple[str, ...]) -> Rows:
    """Still so, or until later: each has an index of its own."""
    rows = _late(scope, asked).filter(since__lt=at, due_at__lt=at)
    columns = {
        f"key_{n}": F("case__estate__company" if name == "company" else f"case__{name}")
        for n, name in enumerate(by)
    }
    still = rows.filter(until=None)
    until_later = rows.filter(until__gte=at, until__gt=F("due_at"))
    return added_up([_ones(still, columns), _ones(until_later, columns)], len(by))


def _late(scope: Scope, asked: Asked) -> Any:
    """Times for which a case was open with a deadline."""
    rows = CaseSpan.objects.visible_in(scope).filter(of(asked.of_findings(), "case__"))
    return rows.filter(ended_at=None, due_at__isnull=False)


def _ones(rows: Any, columns: dict[str, Any]) -> QuerySet[Any]:
    one = Value(1, output_field=IntegerField())
    told: QuerySet[Any] = rows.order_by().annotate(**columns, how_many=one)
    return told.values_list(*columns, "how_many")
