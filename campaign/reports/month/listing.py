"""The reports of a month: which are in, which lack, which are late."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from campaign.models import Programme, Report, ReportCell, ReportMove
from campaign.monthly import Asked, Whose
from campaign.monthly.places import key_of
from campaign.reports.month.page import came_on, told_of
from campaign.standing.monthly import State, late_since
from geo.scope import Scope
from inspections.overview.asked import end_of


@dataclass(frozen=True, slots=True)
class Line:
    """`state` is None where nothing was typed. `last`: the newest step."""

    whose: Whose
    state: State | None
    owed: int
    told: int
    came_on: date | None
    late_since: date | None
    last: ReportMove | None


def listed(scope: Scope, programme: Programme, month: date, as_of: date) -> list[Line]:
    """Of every community of the scope and every unit that owes one, in their own order."""
    asked = Asked(scope, programme, month, as_of)
    rows = Report.objects.visible_in(scope).of_month(programme, month)
    reports = {(each.community_id, each.unit_id): each for each in rows}
    cells: dict[int, dict[tuple[int, str], ReportCell]] = defaultdict(dict)
    if as_of >= timezone.localdate():
        for cell in ReportCell.objects.filter(report__in=reports.values()):
            cells[cell.report_id][cell.indicator_id, key_of(cell)] = cell
    moves: dict[int, list[ReportMove]] = defaultdict(list)
    steps = ReportMove.objects.filter(report__in=reports.values(), at__lt=end_of(as_of))
    for step in steps.select_related("by").prefetch_related("values").order_by("at", "pk"):
        moves[step.report_id].append(step)
    told = []
    for whose in asked.reporting():
        report = reports.get(
            (whose.community.pk if whose.community else None, whose.unit.pk if whose.unit else None)
        )
        taken = moves[report.pk] if report else []
        typed = cells[report.pk] if report else {}
        state = State(taken[-1].state_after) if taken else State.DRAFT if typed else None
        matters = asked.of(whose)
        came = came_on(taken)
        told.append(
            Line(
                whose=whose,
                state=state,
                owed=sum(cell.owed for matter in matters for cell in matter.cells),
                told=told_of(matters, typed),
                came_on=came,
                late_since=late_since(month, settings.REPORT_DUE_DAYS, as_of, came),
                last=taken[-1] if taken else None,
            )
        )
    return told
