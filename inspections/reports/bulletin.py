"""The figures of a month, as a bulletin prints them."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from geo.models import Community
from inspections.models import Case, Paper, PaperKind
from inspections.querysets import FindingFilter
from inspections.reports.figures import figures
from people.models import User


def of_month(user: User, month: str, community: Community | None) -> Mapping[str, Any]:
    """What this person would read on the boards, of the whole month; `open` is as of now."""
    year, number = map(int, month.split("-"))
    since = date(year, number, 1)
    until = date(year, number, monthrange(year, number)[1])
    scope = user.scope
    wanted = FindingFilter(
        since=since, until=until, communities=(community.pk,) if community else ()
    )
    told = figures(scope, wanted)
    papers = Paper.objects.visible_in(scope).in_force()
    papers = papers.filter(issued_at__gte=wanted.begins, issued_at__lt=wanted.ends)
    cases = Case.objects.visible_in(scope).overdue()
    if community:
        papers, cases = papers.filter(community=community), cases.filter(community=community)
    issued = list(papers.values_list("kind", flat=True))
    return {
        "as_of": timezone.localdate(),
        "inspections": sum(each["inspections"] for each in told["communities"]),
        "n": told["total"],
        "open": told["open"],
        # One that only has its place kept free is left out until it has estates.
        "communities": [
            each for each in told["communities"] if each["estates"] or not each["provisional"]
        ],
        "notices": issued.count(PaperKind.NOTICE),
        "reminders": issued.count(PaperKind.REMINDER),
        "talks": issued.count(PaperKind.TALK),
        "overdue": cases.count(),
    }
