"""What becomes of values, reports, enrolments and rows of ledgers when rows of the register turn
out to be one. Called inside the transaction of the merge; what is of an estate that moves goes
along by its key."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, Model, OuterRef, When

from campaign.creation.stages import PROGRESS
from campaign.creation.walk import Walk
from campaign.gathering import walks_of
from campaign.models import Baseline, Enrolment, LedgerRow, Report, ReportCell, Value
from geo.models import Community, Estate, PropertyCompany

Moved = Mapping[type[Model], int]
_PLACED: tuple[Any, ...] = (Value, LedgerRow)


def follow_estate(kept: Estate, twin: Estate) -> Moved:
    to = {"estate": kept, "community": kept.community_id}
    return {
        ReportCell: _follow_cells(kept, twin),
        Enrolment: _follow_enrolments(kept, twin),
        **{model: model.objects.filter(estate=twin).update(**to) for model in _PLACED},
    }


def _follow_enrolments(kept: Estate, twin: Estate) -> int:
    """Where both are on the list of a programme, the one that came further stays there; the other
    goes with the estate that is gone, and is listed no more."""
    n = 0
    rows = Enrolment.objects.filter(estate__in=[kept, twin]).order_by("pk")
    walks = walks_of(rows, date.max)
    of_programme: dict[int, dict[int, Enrolment]] = {}
    for row in rows:
        of_programme.setdefault(row.programme_id, {})[row.estate_id] = row
    for several in of_programme.values():
        here, there = several.get(kept.pk), several.get(twin.pk)
        if there is None:
            continue
        if here and _far(walks[here.pk][0]) >= _far(walks[there.pk][0]):
            continue
        both = [each.pk for each in (here, there) if each]
        # In one statement: they change places.
        other = Case(When(estate=kept.pk, then=twin.pk), default=kept.pk)
        n += Enrolment.objects.filter(pk__in=both).update(estate=other)
    return n


def _far(walk: Walk) -> int:
    """Whoever is on the list goes before one that was taken off it."""
    return -1 if walk.removed else PROGRESS[walk.stage]


def follow_company(kept: PropertyCompany, twin: PropertyCompany) -> Moved:
    return {
        ReportCell: _follow_cells(kept, twin),
        **{model: model.objects.filter(company=twin).update(company=kept) for model in _PLACED},
    }


def follow_community(kept: Community, twin: Community) -> Moved:
    """Those of an estate went along with it."""
    Baseline.objects.filter(community=twin).update(community=kept)
    known = Report.objects.filter(
        community=kept, programme=OuterRef("programme"), month=OuterRef("month")
    )
    reports = Report.objects.filter(~Exists(known), community=twin)
    return {
        ReportCell: _follow_cells(kept, twin),
        Report: reports.update(community=kept),
        **{
            model: model.objects.filter(community=twin, estate=None).update(community=kept)
            for model in _PLACED
        },
    }


def _follow_cells(
    kept: Estate | PropertyCompany | Community, twin: Estate | PropertyCompany | Community
) -> int:
    """Where both are told in one report, each keeps its own number."""
    place = {Estate: "estate", PropertyCompany: "company", Community: "community"}[type(kept)]
    of = {"report": OuterRef("report"), "indicator": OuterRef("indicator")}
    known = ReportCell.objects.filter(**of, **{place: kept})
    rows = ReportCell.objects.filter(~Exists(known), **{place: twin})
    return rows.update(**{place: kept})
