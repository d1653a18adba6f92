"""How many: every measure's number, by whatever it is told by."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import TruncDate, TruncMonth, TruncWeek
from django.utils import timezone

from geo.querysets import GroundDistance
from geo.scope import Scope
from inspections.models import Case, Finding, Inspection
from inspections.overview.asked import Asked

AGAIN_WITHIN = timedelta(days=30)
SAME_PLACE_M = 20.0

Counts = dict[Any, int]

KEYS: dict[str, Combinable] = {
    "estate": F("estate"),
    "community": F("community"),
    "company": F("estate__company"),
    "kind": F("kind"),
    "item": F("item"),
    "severity": F("severity"),
}
TIMES = {"day": TruncDate, "week": TruncWeek, "month": TruncMonth}


def counted(scope: Scope, asked: Asked, *by: str) -> Counts:
    """The measure's number by each of `by` (of `KEYS`, and of `TIMES` for what is of a period);
    keys are values, or tuples of several, or () for all in one. What is nought is not there."""
    return _by(_ROWS[asked.measure](scope, asked), by)


def findings_of(scope: Scope, asked: Asked) -> QuerySet[Any]:
    """The findings behind the measure's number; of overdue cases, those that belong to them."""
    rows = _ROWS[asked.measure](scope, asked)
    if rows.model is Finding:
        return rows
    return Finding.objects.visible_in(scope).in_force().filter(case__in=rows.values("pk"))


def inspected(scope: Scope, asked: Asked, *by: str) -> Counts:
    """Inspections in force of the period, as `counted`; items and severities say nothing of
    them."""
    rows = Inspection.objects.visible_in(scope).in_force().order_by()
    rows = rows.recorded_between(asked.begins, asked.ends).filter(asked.of_inspections())
    return _by(rows, by)


def standing(scope: Scope, asked: Asked, at: datetime, *by: str) -> Counts:
    """As `counted`, of what stood so at that moment."""
    return _by(_STANDING[asked.measure](scope, asked, at), by)


def _by(rows: QuerySet[Any], by: tuple[str, ...]) -> Counts:
    if not by:
        n = rows.count()
        return {(): n} if n else {}
    zone = timezone.get_default_timezone()
    keys = {
        f"key_{name}": KEYS[name]
        if name in KEYS
        else TIMES[name]("recorded_at", tzinfo=zone, output_field=DateField())
        for name in by
    }
    told = rows.order_by().values_list(*[]).annotate(**keys).values(*keys).annotate(n=Count("pk"))
    found = {tuple(row[name] for name in keys): row["n"] for row in told}
    return {key[0]: n for key, n in found.items()} if len(by) == 1 else dict(found)


def _found(scope: Scope, asked: Asked) -> QuerySet[Any]:
    rows = Finding.objects.visible_in(scope).in_force().filter(asked.of_findings())
    if asked.measure == "households":
        rows = rows.filter(estate__households__gt=0)
    return rows.recorded_between(asked.begins, asked.ends)


def _open(scope: Scope, asked: Asked, at: datetime) -> QuerySet[Any]:
    rows = Finding.objects.visible_in(scope).in_force().filter(asked.of_findings())
    return rows.filter(recorded_at__lt=at).filter(Q(closed_at=None) | Q(closed_at__gte=at))


def _overdue(scope: Scope, asked: Asked, at: datetime) -> QuerySet[Any]:
    rows = Case.objects.visible_in(scope).filter(asked.of_findings())
    open_then = Q(ended_at=None) | Q(ended_at__gte=at)
    return rows.filter(open_then, opened_at__lt=at, due_at__lt=at)


def _repeat(scope: Scope, asked: Asked) -> QuerySet[Any]:
    earlier = (
        Finding.objects.in_force()
        .filter(
            item=OuterRef("item"),
            recorded_at__lt=OuterRef("recorded_at"),
            recorded_at__gte=OuterRef("recorded_at") - AGAIN_WITHIN,
            closed_at__lte=OuterRef("recorded_at"),
        )
        .exclude(inspection=OuterRef("inspection"))
        .annotate(apart_m=GroundDistance("place", OuterRef("place")))
    )
    same_asset = Q(asset=OuterRef("asset"))
    near = Q(asset=None, estate=OuterRef("estate"), apart_m__lte=SAME_PLACE_M)
    return _found(scope, asked).filter(
        Exists(earlier.filter(same_asset)) | Q(asset=None) & Exists(earlier.filter(near))
    )


_STANDING: dict[str, Callable[[Scope, Asked, datetime], QuerySet[Any]]] = {
    "open": _open,
    "overdue": _overdue,
}
_ROWS: dict[str, Callable[[Scope, Asked], QuerySet[Any]]] = {
    "found": _found,
    "rate": _found,
    "households": _found,
    "open": lambda scope, asked: _open(scope, asked, asked.at),
    "overdue": lambda scope, asked: _overdue(scope, asked, asked.at),
    "repeat": _repeat,
}
