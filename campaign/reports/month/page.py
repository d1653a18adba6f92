"""One report: what is asked, what is typed, what became of it; as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.utils import timezone

from campaign.models import Programme, Report, ReportCell, ReportMatter, ReportMove
from campaign.monthly import Asked, Matter, Whose
from campaign.monthly.places import key_of
from campaign.standing.monthly import State, Step, late_since, report_due_on
from geo.scope import Scope
from inspections.overview.asked import end_of


@dataclass(frozen=True, slots=True)
class Page:
    """`report` is None until something is typed. Of a day that is over nothing typed is told, only
    what was submitted and counts: `now` is False."""

    whose: Whose
    programme: Programme
    month: date
    day: date
    now: bool
    asked: Asked
    matters: Sequence[Matter]
    report: Report | None
    state: State
    version: int
    cells: Mapping[tuple[int, str], ReportCell]
    said: Mapping[int, ReportMatter]
    moves: Sequence[ReportMove]

    @property
    def due_on(self) -> date:
        return report_due_on(self.month, settings.REPORT_DUE_DAYS)

    @property
    def late_since(self) -> date | None:
        return late_since(self.month, settings.REPORT_DUE_DAYS, self.day, came_on(self.moves))

    @property
    def owed(self) -> int:
        return sum(cell.owed for matter in self.matters for cell in matter.cells)

    @property
    def told(self) -> int:
        """Of those that are owed."""
        return told_of(self.matters, self.cells)


def page_of(scope: Scope, whose: Whose, programme: Programme, month: date, as_of: date) -> Page:
    now = as_of >= timezone.localdate()
    asked = Asked(scope, programme, month, as_of)
    report = (
        Report.objects.of_month(programme, month)
        .filter(community=whose.community, unit=whose.unit)
        .first()
    )
    moves: list[ReportMove] = []
    cells: dict[tuple[int, str], ReportCell] = {}
    said: dict[int, ReportMatter] = {}
    if report:
        rows = report.moves.select_related("by").prefetch_related("values")
        moves = list(rows.filter(at__lt=end_of(as_of)).order_by("at", "pk"))
    if report and now:
        cells = {
            (each.indicator_id, key_of(each)): each for each in report.cells.select_related("by")
        }
        matters = report.matters.select_related("by", "attachment__by")
        said = {each.indicator_id: each for each in matters}
    return Page(
        whose=whose,
        programme=programme,
        month=month,
        day=as_of,
        now=now,
        asked=asked,
        matters=asked.of(whose),
        report=report,
        state=State(moves[-1].state_after) if moves else State.DRAFT,
        version=report.version if report else 0,
        cells=cells,
        said=said,
        moves=moves,
    )


def came_on(moves: Sequence[ReportMove]) -> date | None:
    """The day on which it was submitted first, and not taken back."""
    for each, following in zip_longest(moves, moves[1:]):
        if each.step == Step.SUBMIT and (not following or following.step != Step.TAKE_BACK):
            return timezone.localdate(each.at)
    return None


def told_of(matters: Sequence[Matter], cells: Mapping[tuple[int, str], Any]) -> int:
    """Owed cells that are typed, or that the month has a number of already."""
    told = 0
    for matter in matters:
        for cell in matter.cells:
            typed = cells.get((matter.indicator.pk, cell.place.key))
            whole = typed is not None and typed.numerator is not None
            told += cell.owed and (whole or (matter.monthly and of_month(cell)))
    return told


def of_month(cell: Any) -> bool:
    return cell.known is not None and cell.known.of_month
