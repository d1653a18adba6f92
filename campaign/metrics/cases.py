"""Cases by where they came from and what they are about."""

from typing import Any

from django.db.models import Count, F, Q

from campaign.metrics.counting import Counts, Place, Span, metric, share
from geo.scope import Scope
from inspections.board_figures import CASE_FIGURES
from inspections.models import CaseSpan
from inspections.models.cases import Source
from inspections.workflow import State

_HANDLED = CASE_FIGURES["handled"]
# 消防设施、器材、标志缺失或失效; 应急照明、疏散指示标志失效.
FIRE_FACILITY = ("XF-18", "ZM-09")


@metric(
    "enforcement_rate",
    says_zh="期间联合执法发现的重难点问题案卷中，到当日已处置的：已当场整改、已反馈、已核查或已销号。"
    "不予受理、作废、并案的不计。",
    says_en="Of the cases that joint enforcement reported in the period, those put right by that"
    " day: fixed on the spot, handed back, checked or closed. Rejected, void and joined ones are"
    " left out.",
)
def enforced(scope: Scope, span: Span) -> Counts:
    rows = _reported(scope, span).filter(case__source=Source.JOINT)
    return {
        Place(row["community"], row["estate"]): share(row["n"], row["of"])
        for row in _counted(rows, _HANDLED.n(span.at))
    }


@metric(
    "fire_facility_repaired",
    says_zh="期间发现消防设施损坏（XF-18、ZM-09）的小区中，其案卷到当日已全部销号的。"
    "不予受理、作废、并案的不计。",
    says_en="Of the estates where damaged fire facilities were found in the period (XF-18, ZM-09),"
    " those of which every such case was closed on that day. Rejected, void and joined ones are"
    " left out.",
)
def repaired(scope: Scope, span: Span) -> Counts:
    rows = _reported(scope, span).filter(case__item__in=FIRE_FACILITY, case__estate__isnull=False)
    closed = Q(state=State.CLOSED)
    return {
        Place(row["community"], row["estate"]): share(int(row["n"] == row["of"]), 1)
        for row in _counted(rows, closed)
    }


def _reported(scope: Scope, span: Span) -> Any:
    """How cases that were reported in the period stood at the moment."""
    rows = CaseSpan.objects.visible_in(scope).standing_at(span.at).filter(_HANDLED.of)
    return rows.filter(case__reported_at__gte=span.begins, case__reported_at__lt=span.ends)


def _counted(rows: Any, n: Any) -> Any:
    by = rows.order_by().values(community=F("case__community"), estate=F("case__estate"))
    return by.annotate(n=Count("pk", filter=n), of=Count("pk"))
