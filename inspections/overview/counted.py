"""How many: every measure's number, by whatever it is told by."""

from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, DateField, F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Greatest
from django.utils import timezone

from geo.scope import Scope
from inspections.models import CaseSpan, Finding, FoundAgain
from inspections.overview.asked import Asked, day_before, of
from inspections.overview.kept import Question, Want
from inspections.overview.places import looked_by, looks
from inspections.overview.sums import TIMES, Counts, Sums

KEYS = ("estate", "community", "company", "kind", "item", "severity")


class Together(NamedTuple):
    """A measure's numbers, what they are a rate of, and the estates where somebody had looked."""

    n: Counts
    of: Counts
    looked: set[int]


def together(
    scope: Scope, asked: Asked, by: str, of_by: str = "", *, look: bool = False
) -> Together:
    """As `counted`, `inspected` and `looked`, read at once: of one moment. `of_by`: by which
    inspections are told, where they are; of items they are read by themselves."""
    of = _period(asked, "inspections", of_by) if of_by else None
    looking = looks(asked, asked.at) if look else None
    wants = [want for want in (of, looking) if want]
    number = None
    if asked.measure == "open":
        number = _want("open", (by,), None, day_before(asked.at))
    elif asked.measure not in ("overdue", "repeat"):
        number = _period(asked, "found", by)
    alone = number is None or _of_items("found", asked, (by,))
    if number and not alone:
        wants.append(number)
    facts = _facts(asked, "" if alone else "found", {by, of_by})
    sums = Sums(Question(scope, asked, tuple(wants), asked.at, facts=facts)) if wants else None
    return Together(
        sums.by(number, by) if sums and number and not alone else counted(scope, asked, by),
        sums.by(of, of_by) if sums and of else {},
        looked_by(sums, looking, asked.at) if sums and looking else set(),
    )


def counted(scope: Scope, asked: Asked, *by: str) -> Counts:
    """The measure's number by each of `by`, of `KEYS`, and of `TIMES` for what is of a period. A
    key is a value, or a tuple of several, or () for all in one; what is nought is not there."""
    if asked.defined.of_moment:
        return standing(scope, asked, asked.at, *by)
    if asked.measure == "repeat":
        return _by(_repeated(scope, asked, by), by)
    return _of_period(scope, asked, "found", by)


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
    return _of_period(scope, asked, "inspections", by)


def standing(scope: Scope, asked: Asked, at: datetime, *by: str) -> Counts:
    """As `counted`, of what stood so just before that moment: open, or overdue."""
    if asked.measure == "overdue":
        return _by(_overdue(scope, asked, at, by), by)
    return _summed(scope, asked, _want("open", by, None, day_before(at)), at, by)


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


def _of_period(scope: Scope, asked: Asked, what: str, by: tuple[str, ...]) -> Counts:
    want = _period(asked, what, *by)
    return _summed(scope, asked, want, asked.ends, by) if want else {}


def _summed(scope: Scope, asked: Asked, want: Want, at: datetime, by: tuple[str, ...]) -> Counts:
    of_items, facts = _of_items(want.what, asked, by), _facts(asked, want.what, {*by})
    of_estates = bool(facts) or "estate" in by
    return Sums(Question(scope, asked, (want,), at, of_items, facts, of_estates)).by(want, *by)


def _period(asked: Asked, what: str, *by: str) -> Want | None:
    if asked.since and asked.since > asked.last_day:
        return None
    return _want(what, by, asked.since, asked.last_day)


def _want(what: str, by: tuple[str, ...], first: date | None, last: date) -> Want:
    return Want(
        what,
        first,
        last,
        next((name for name in by if name in TIMES), ""),
        apart="kind" in by or "item" in by,
        each_severity="severity" in by,
    )


def _of_items(what: str, asked: Asked, by: tuple[str, ...]) -> bool:
    return what != "inspections" and ("item" in by or bool(asked.items))


def _facts(asked: Asked, what: str, by: set[str]) -> tuple[str, ...]:
    facts = tuple(name for name in ("community", "company") if name in by)
    return (*facts, "households") if asked.measure == "households" and what == "found" else facts


def _by(rows: list[tuple[Any, ...]], by: tuple[str, ...]) -> Counts:
    if len(by) == 1:
        return dict(rows)
    return {tuple(keys): n for *keys, n in rows}


def _repeated(scope: Scope, asked: Asked, by: tuple[str, ...]) -> list[tuple[Any, ...]]:
    rows = FoundAgain.objects.visible_in(scope).filter(asked.of_findings())
    rows = rows.recorded_between(asked.begins, asked.ends)
    zone = timezone.get_default_timezone()
    columns: dict[str, Any] = {}
    for at, name in enumerate(by):
        if name in TIMES:
            columns[f"key_{at}"] = Cast(TIMES[name]("recorded_at", tzinfo=zone), DateField())
        else:
            columns[f"key_{at}"] = F("estate__company" if name == "company" else name)
    return _added_up([_ones(rows, columns)], len(by))


def _overdue(
    scope: Scope, asked: Asked, at: datetime, by: tuple[str, ...]
) -> list[tuple[Any, ...]]:
    """Still so, or until later: each has an index of its own."""
    rows = _late(scope, asked).filter(since__lt=at, due_at__lt=at)
    columns = {
        f"key_{n}": F("case__estate__company" if name == "company" else f"case__{name}")
        for n, name in enumerate(by)
    }
    still = rows.filter(until=None)
    until_later = rows.filter(until__gte=at, until__gt=F("due_at"))
    return _added_up([_ones(still, columns), _ones(until_later, columns)], len(by))


def _late(scope: Scope, asked: Asked) -> Any:
    """Times for which a case was open with a deadline."""
    rows = CaseSpan.objects.visible_in(scope).filter(of(asked.of_findings(), "case__"))
    return rows.filter(ended_at=None, due_at__isnull=False)


def _ones(rows: Any, columns: dict[str, Any]) -> QuerySet[Any]:
    one = Value(1, output_field=IntegerField())
    told: QuerySet[Any] = rows.order_by().annotate(**columns, how_many=one)
    return told.values_list(*columns, "how_many")


def _added_up(parts: list[QuerySet[Any]], keys: int) -> list[tuple[Any, ...]]:
    """Of rows of so many keys and a number, the sum by the keys."""
    told = []
    values: list[Any] = []
    for part in parts:
        try:
            query, of_part = part.query.sql_with_params()
        except EmptyResultSet:
            continue
        told.append(f"({query})")
        values += of_part
    if not told:
        return []
    names = ", ".join(f"k{at}" for at in range(keys))
    sql = f"""
        SELECT {names}{", " if names else ""}sum(n)::bigint
        FROM ({" UNION ALL ".join(told)}) AS parts ({names}{", " if names else ""}n)
        {f"GROUP BY {names}" if names else ""} HAVING sum(n) <> 0
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
