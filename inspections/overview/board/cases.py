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
from inspections.overview.board.counts import Share, Shares, Whose
from inspections.querysets import CaseSpans

Rows = CaseSpans[CaseSpan]
_BY = ("case__community", "company")


def of_cases(scope: Scope, asked: Asked) -> Shares:
    """Every figure, by whose, in one reading; what nobody has is not there."""
    told: Shares = {}
    figures = list(CASE_FIGURES.values())
    rows = _spans(scope, asked).standing_at(asked.at).filter(_counts(asked)).order_by()
    counts = {
        name: Count("pk", filter=asks & _within(each.dated, asked.begins, asked.ends))
        for each in figures
        for name, asks in _asks(each, asked.at).items()
    }
    for row in rows.values(*_BY).annotate(**counts):
        _keep(told, figures, row)
    return told


def _counts(asked: Asked) -> Q:
    """Whatever no figure is of is not read: of a short period, nearly all."""
    counts = Q(ended_at=None)
    for dated, _ in _by_time(CASE_FIGURES.values()):
        counts |= _within(dated, asked.begins, asked.ends)
    return counts if asked.begins else Q()


def of_months(scope: Scope, months: Sequence[Asked]) -> list[Shares]:
    """The same of one month after the other, each as it stood at its own end."""
    told: list[Shares] = [{} for _ in months]
    for dated, figures in _by_time(CASE_FIGURES.values()):
        rows = _spans(scope, months[0])
        rows = rows.filter(_within(dated, months[0].begins, months[-1].ends)).alias(
            at=_of_month(dated, months, [each.at for each in months], DateTimeField())
        )
        counts = {
            name: Count("pk", filter=asks)
            for each in figures
            for name, asks in _asks(each, F("at")).items()
        }
        month = _of_month(dated, months, range(len(months)), IntegerField())
        standing = rows.standing_at(F("at")).order_by()
        for row in standing.values(*_BY, month=month).annotate(**counts):
            _keep(told[row["month"]], figures, row)
    _keep_overdue(told, scope, months)
    return told


# Each row meets every month in memory: twelve readings of the rows cost ten times as much.
_OVERDUE = """
SELECT month.n - 1, row.community, row.company,
       count(*) FILTER (WHERE row.due_at < month.at), count(*)
  FROM ({rows}) AS row (community, company, since, until, due_at)
  JOIN unnest(%s::timestamptz[]) WITH ORDINALITY AS month (at, n)
    ON row.since < month.at AND (row.until IS NULL OR row.until >= month.at)
 GROUP BY 1, 2, 3
"""


def _keep_overdue(told: list[Shares], scope: Scope, months: Sequence[Asked]) -> None:
    rows = _spans(scope, months[0]).filter(ended_at=None, since__lt=months[-1].at).order_by()
    rows = rows.filter(Q(until=None) | Q(until__gte=months[0].at))
    try:
        query, values = rows.values_list(*_BY, "since", "until", "due_at").query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        moments = [each.at for each in months]
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
    """The value of the month that it lies in."""
    told_of = [
        When(**{f"{dated}__lt": each.ends}, then=Value(value, output_field=told))
        for each, value in zip(months, values, strict=True)
    ]
    return Case(*told_of, output_field=told)


def _asks(figure: BoardFigure, at: Any) -> dict[str, Q]:
    return {f"n_{figure.slug}": figure.of & figure.n(at), f"of_{figure.slug}": figure.of}


def _keep(told: Shares, figures: Iterable[BoardFigure], row: dict[str, Any]) -> None:
    whose = Whose(row["case__community"], row["company"])
    for each in figures:
        of = row[f"of_{each.slug}"]
        if of:
            told.setdefault(each.slug, {})[whose] = Share(row[f"n_{each.slug}"], of)


def _by_time(figures: Iterable[BoardFigure]) -> list[tuple[str, list[BoardFigure]]]:
    """Those of one time are counted in one reading; without those of the moment itself."""

    def time(each: BoardFigure) -> str:
        return each.dated or ""

    dated = sorted(filter(time, figures), key=time)
    return [(name, list(those)) for name, those in groupby(dated, time)]
