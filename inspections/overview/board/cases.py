"""Figures of cases: from spans, which say how each case stood at a moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Case, Count, DateTimeField, F, IntegerField, Q, Value, When

from geo.scope import Scope
from inspections.board_figures import CASE_FIGURES, BoardFigure
from inspections.models import CaseSpan
from inspections.overview.asked import Asked
from inspections.overview.board.counts import Share, Shares, Whose
from inspections.querysets import CaseSpans

Rows = CaseSpans[CaseSpan]
_BY = ("case__community", "company")
# Of those that are so at one moment, months are told of this one alone.
THROUGH_TIME = "overdue"


def of_cases(scope: Scope, asked: Asked) -> Shares:
    """Every figure, by whose; what nobody has is not there."""
    told: Shares = {}
    for dated, figures in _by_time(CASE_FIGURES.values()):
        rows = _spans(scope, asked).standing_at(asked.at)
        if dated:
            rows = _dated(rows, dated, asked.begins, asked.ends)
        counts = {
            name: Count("pk", filter=asks)
            for each in figures
            for name, asks in _asks(each, asked.at).items()
        }
        for row in rows.order_by().values(*_BY).annotate(**counts):
            _keep(told, figures, row)
    return told


def of_months(scope: Scope, months: Sequence[Asked]) -> list[Shares]:
    """The same of one month after the other, each as it stood at its own end."""
    told: list[Shares] = [{} for _ in months]
    for dated, figures in _by_time(CASE_FIGURES.values()):
        if dated is None:
            continue
        rows = _dated(_spans(scope, months[0]), dated, months[0].begins, months[-1].ends)
        rows = rows.alias(
            at=_of_month(dated, months, [each.at for each in months], DateTimeField())
        ).standing_at(F("at"))
        counts = {
            name: Count("pk", filter=asks)
            for each in figures
            for name, asks in _asks(each, F("at")).items()
        }
        month = _of_month(dated, months, range(len(months)), IntegerField())
        for row in rows.order_by().values(*_BY, month=month).annotate(**counts):
            _keep(told[row["month"]], figures, row)
    _keep_standing(told, scope, months)
    return told


def _keep_standing(told: list[Shares], scope: Scope, months: Sequence[Asked]) -> None:
    """Every month in one statement: few are open at a time."""
    figure = CASE_FIGURES[THROUGH_TIME]
    parts = []
    for n, each in enumerate(months):
        rows = _spans(scope, each).open_at(each.at).order_by()
        counts = {name: Count("pk", filter=asks) for name, asks in _asks(figure, each.at).items()}
        month = Value(n, output_field=IntegerField())
        parts.append(rows.values(*_BY, month=month).annotate(**counts))
    first, *others = parts
    for row in first.union(*others, all=True) if others else first:
        _keep(told[row["month"]], [figure], row)


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


def _dated(rows: Rows, dated: str, begins: datetime | None, ends: datetime) -> Rows:
    return rows.filter(Q(**{f"{dated}__gte": begins}) if begins else Q(), **{f"{dated}__lt": ends})


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


def _by_time(figures: Iterable[BoardFigure]) -> list[tuple[str | None, list[BoardFigure]]]:
    """Those of one time are counted in one reading."""

    def time(each: BoardFigure) -> str:
        return each.dated or ""

    return [
        (dated or None, list(those)) for dated, those in groupby(sorted(figures, key=time), time)
    ]
