"""The bulletin of each month, issued by itself: once, in nobody's name but the office's."""

from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from inspections.errors import NoSeries
from inspections.models import Paper, PaperKind
from inspections.services.papers.issuing import issue
from inspections.services.papers.reading import read
from inspections.timetable import timetable


def bulletin_of(month: str) -> Paper | None:
    """The whole office's of that month (as 2024-11): the one in force, whoever issued it; else the
    one that was issued by itself, though it was made void since."""
    rows = Paper.objects.filter(kind=PaperKind.BULLETIN, community=None)
    in_force = rows.in_force().filter(data__edits__month=month).order_by("issued_at").first()
    return in_force or rows.filter(pk=_id_of(month)).first()


def issue_bulletin(month: str) -> Paper:
    """The one that there is, or a new one. Raises as `issue` does."""
    told = {"kind": PaperKind.BULLETIN.value, "cases": [], "edits": {"month": month}}
    return bulletin_of(month) or issue(id=_id_of(month), told=told, wish=read(told), by=None).paper


def issue_monthly() -> bool:
    """Last month's, on the first working day of this one, or on a later one where the worker did
    not run on that; whether it was issued now. An office that has no series for bulletins has
    none."""
    today = timezone.localdate()
    month = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    if not timetable().calendar.works(today) or bulletin_of(month):
        return False
    try:
        issue_bulletin(month)
    except NoSeries:
        return False
    return True


def _id_of(month: str) -> UUID:
    """Always the same: of two who issue it at once, one does."""
    return uuid5(NAMESPACE_URL, f"xuntu:bulletin:{month}")
