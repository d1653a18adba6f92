"""How cases stand: what is open, overdue or late now, and how many were closed in time."""

from typing import Any, TypedDict

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from geo.scope import Scope
from inspections.models import Case
from inspections.querysets import FindingFilter
from inspections.workflow import State


class CaseFigures(TypedDict):
    """`open`, `overdue` and `late` (in the present step) are of now, whenever it was reported.
    `closed`: in the period, and of those `on_time`: by the first deadline, whatever was granted
    or opened again later. What never had a deadline is in neither."""

    open: int
    overdue: int
    late: int
    closed: int
    on_time: int


NONE = CaseFigures(open=0, overdue=0, late=0, closed=0, on_time=0)


def case_figures(scope: Scope, wanted: FindingFilter) -> dict[int, CaseFigures]:
    """By community; what has none is not there."""
    now = timezone.now()
    still_open = Q(ended_at=None)
    closed = Q(state=State.CLOSED, first_due_at__isnull=False)
    if wanted.begins:
        closed &= Q(ended_at__gte=wanted.begins)
    if wanted.ends:
        closed &= Q(ended_at__lt=wanted.ends)
    rows = Case.objects.visible_in(scope).filter(wanted.of_rows()).filter(still_open | closed)
    counts = {
        "open": still_open,
        "overdue": still_open & Q(due_at__lt=now),
        "late": still_open & Q(step_due_at__lt=now),
        "closed": closed,
        "on_time": closed & Q(ended_at__lte=F("first_due_at")),
    }
    told = {name: Count("pk", filter=asked) for name, asked in counts.items()}
    counted: QuerySet[Case, Any] = rows.order_by().values("community").annotate(**told)
    return {
        row["community"]: CaseFigures(
            open=row["open"],
            overdue=row["overdue"],
            late=row["late"],
            closed=row["closed"],
            on_time=row["on_time"],
        )
        for row in counted
    }


def added_up(figures: dict[int, CaseFigures]) -> CaseFigures:
    return CaseFigures(
        open=sum(each["open"] for each in figures.values()),
        overdue=sum(each["overdue"] for each in figures.values()),
        late=sum(each["late"] for each in figures.values()),
        closed=sum(each["closed"] for each in figures.values()),
        on_time=sum(each["on_time"] for each in figures.values()),
    )
