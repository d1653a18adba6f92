"""Figures of cases: from spans, which say how each case stood at a moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, DateTimeField, F, IntegerField, Q, Value, When

from geo.scope import Scope
from inspections.board_figures import CASE_FIGURES, BoardFigure
from inspections.models import CaseSpan
from inspections.overview.asked import Asked
from inspections.overview.board.counts import NONE, Share, Shares, Whose
from inspections.querysets import CaseSpans

Rows = CaseSpans[CaseSpan]
_BY = ("case__community", "company")


def of_cases(scope: Scope, asked: Asked, months: Sequence[Asked]) -> list[Shares]:
    """Every figure, by whose: of the moment, and then of each month as it stood at its own end.
    What nobody has is not there."""
    told: list[Shares] = [{} for _ in (asked, *months)]
    for dated, figures in groupby(sorted(CASE_FIGURES.values(), key=_time), _time):
        if dated:
            _keep_dated(told, _spans(scope, asked), dated, list(figures), asked, months)
        else:
            _keep_standing(told[0], _spans(scope, asked), list(figures), asked.at)
    if months:
        _keep_overdue(told[1:], _spans(scope, asked), [each.at for each in months])
    return told


def _time(figure: BoardFigure) -> str:
    return figure.dated or ""


def _keep_standing(
    told: Shares, rows: Rows, figures: Sequence[BoardFigure], moment: datetime
) -> None:
    """What is so at the moment itself, whenever it began: of what is open."""
    rows = rows.open_at(moment).order_by()
    counts = {
        name: Count("pk", filter=asks)
        for each in figures
        for name, asks in _asks(each, moment).items()
    }
    for row in rows.values(*_BY).annotate(**counts):
        _keep(told, figures, row, "")


def _keep_dated(
    told: list[Shares],
    rows: Rows,
    dated: str,
    figures: Sequence[BoardFigure],
    asked: Asked,
    months: Sequence[Asked],
) -> None:
    """Those of one time in one reading: as they stood at the moment, and at the end of the month
    that the time lies in."""
    rows = rows.filter(_within(dated, asked.begins, asked.ends))
    now, then = rows.standing(asked.at), Q(pk__in=())
    of_month: Any = Value(None, output_field=IntegerField())
    if months:
        at = _of_month(dated, months, [each.at for each in months], DateTimeField())
        of_month = _of_month(dated, months, range(1, len(months) + 1), IntegerField())
        rows, then = rows.alias(at=at), rows.standing(F("at"))
    counts = {
        f"{when}{name}": Count("pk", filter=asks & stood)
        for when, moment, stood in (("now_", asked.at, now), ("then_", F("at"), then))
        if when == "now_" or months
        for each in figures
        for name, asks in _asks(each, moment).items()
    }
    rows = rows.filter(now | then).order_by()
    for row in rows.values(*_BY, month=of_month).annotate(**counts):
        _keep(told[0], figures, row, "now_")
        if row["month"]:
            _keep(told[row["month"]], figures, row, "then_")


# Each row meets every month in memory: twelve readings of the rows cost ten times as much.
_OVERDUE = """
SELECT month.n - 1, row.community, row.company,
       count(*) FILTER (WHERE row.due_at < month.at), count(*)
  FROM ({rows}) AS row (community, company, since, until, due_at)
  JOIN unnest(%s::timestamptz[]) WITH ORDINALITY AS month (at, n)
    ON row.since < month.at AND (row.until IS NULL OR row.until >= month.at)
 GROUP BY 1, 2, 3
"""


def _keep_overdue(told: list[Shares], rows: Rows, moments: list[datetime]) -> None:
    rows = rows.filter(ended_at=None, since__lt=moments[-1]).order_by()
    rows = rows.filter(Q(until=None) | Q(until__gte=moments[0]))
    try:
        query, values = rows.values_list(*_BY, "since", "until", "due_at").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE.format(rows=query), [*values, moments])
        for n, community, company, late, of in cursor:
            told[n].setdefault("overdue", {})[Whose(community, company)] = Share(late, of)


def _spans(scope: Scope, asked: Asked) -> Rows:
    """What is asked of a case; a company's are those that it had in hand at the moment."""
    return CaseSpan.objects.visible_in(scope).among(
        case__kind=asked.kinds,
        case__item=asked.items,
        case__severity=asked.severities,
        case__community=asked.communities,
        case__estate=asked.estates,
        company=asked.companies,
    )


def _within(dated: str | None, begins: datetime | None, ends: datetime) -> Q:
    if dated is None:
        return Q()
    return Q(**{f"{dated}__lt": ends}) & (Q(**{f"{dated}__gte": begins}) if begins else Q())


def _of_month(dated: str, months: Sequence[Asked], values: Iterable[Any], told: Any) -> Case:
    """The value of the month that it lies in; none before the first."""
    told_of = [
        When(**{f"{dated}__gte": each.begins, f"{dated}__lt": each.ends}, then=value)
        for each, value in zip(months, values, strict=True)
    ]
    return Case(*told_of, output_field=told)


def _asks(figure: BoardFigure, at: Any) -> dict[str, Q]:
    return {f"n_{figure.slug}": figure.of & figure.n(at), f"of_{figure.slug}": figure.of}


def _keep(told: Shares, figures: Iterable[BoardFigure], row: dict[str, Any], when: str) -> None:
    whose = Whose(row["case__community"], row["company"])
    for each in figures:
        share = Share(row[f"{when}n_{each.slug}"], row[f"{when}of_{each.slug}"])
        if share.of:
            shares = told.setdefault(each.slug, {})
            shares[whose] = shares.get(whose, NONE) + share
