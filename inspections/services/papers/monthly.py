"""The papers of each month that are issued by themselves: each once, in nobody's name but the
office's."""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from inspections.errors import NoSeries, PaperInvalid
from inspections.models import Paper, PaperKind
from inspections.models.papers import BY_THEMSELVES
from inspections.services.papers.issuing import issue
from inspections.services.papers.reading import read
from inspections.timetable import timetable


def monthly_of(kind: PaperKind, month: str) -> Paper | None:
    """The whole office's of that month (as 2024-11): the one in force, whoever issued it; else the
    one that was issued by itself, though it was made void since."""
    rows = Paper.objects.filter(kind=kind, community=None)
    in_force = rows.in_force().filter(data__edits__month=month).order_by("issued_at").first()
    return in_force or rows.filter(pk=_id_of(kind, month)).first()


def issue_of(kind: PaperKind, month: str) -> Paper:
    """The one that there is, or a new one. Raises as `issue` does."""
    told = {"kind": kind.value, "cases": [], "edits": {"month": month}}
    known = monthly_of(kind, month)
    return known or issue(id=_id_of(kind, month), told=told, wish=read(told), by=None).paper


def issue_monthly() -> int:
    """Last month's, on the first working day of this one, or on a later one where the worker did
    not run on that; how many were issued now. An office that has no series for them, or nothing to
    tell of that month, has none."""
    today = timezone.localdate()
    if not timetable().calendar.works(today):
        return 0
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    return sum(_issue(kind, month) for kind in BY_THEMSELVES)


def _issue(kind: PaperKind, month: str) -> bool:
    if monthly_of(kind, month):
        return False
    try:
        issue_of(kind, month)
    except (NoSeries, PaperInvalid):
        return False
    return True


def _id_of(kind: PaperKind, month: str) -> UUID:
    """Always the same: of two who issue it at once, one does."""
    return uuid5(NAMESPACE_URL, f"xuntu:{kind.value}:{month}")
