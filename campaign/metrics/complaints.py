"""Complaints 信访投诉: handled, handled the same day, explained the same day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, DateField, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Least, TruncDay, TruncMonth
from django.utils import timezone

from campaign.metrics.counting import Counts, Place, Share, Span, metric, share
from geo.scope import Scope
from inspections.board_figures import CASE_FIGURES
from inspections.models import CaseSpan, Complaint

# What counts as a matter, and what as put right: as on the leaders' board.
_HANDLED = CASE_FIGURES["handled"]
_BY = {"community": F("case__complaints__community"), "estate": F("case__complaints__estate")}


@metric(
    "complaint_handled_rate",
    says_zh="期间收到的物业信访投诉中，到当日已处置的：所属案卷已当场整改、已反馈、已核查或已销号。"
    "不予受理、作废的不计。",
    says_en="Of the complaints received in the period, those handled by that day: their case was"
    " fixed on the spot, handed back, checked or closed. Of rejected and void cases, none counts.",
)
def handled(scope: Scope, span: Span) -> Counts:
    return _told(_all(scope, span))


@metric(
    "same_day_rate",
    says_zh="期间收到的简单问题投诉中，收件当天已处置的。当天尚未结束的，处置了才计。"
    "是否简单按案卷现在的定性；不予受理、作废的不计。",
    says_en="Of the complaints of simple matters received in the period, those handled by the end"
    " of the day they came. One of a day that is not over counts once it is handled. What is"
    " simple is as the case is graded now; of rejected and void cases, none counts.",
)
def same_day(scope: Scope, span: Span) -> Counts:
    return _told(_simple(scope, span))


@metric(
    "same_day_reply_rate",
    says_zh="期间收到的复杂问题投诉中，收件当天已答复（解释）的。当天尚未结束的，答复了才计。"
    "是否简单按案卷现在的定性；不予受理、作废的不计；是否提请会商不在此计。",
    says_en="Of the complaints of matters that are not simple received in the period, those"
    " answered (explained) on the day they came. One of a day that is not over counts once it is"
    " answered. What is simple is as the case is graded now; of rejected and void cases, none"
    " counts. Whether it was referred then is not counted here.",
)
def same_day_reply(scope: Scope, span: Span) -> Counts:
    return _told(_not_simple(scope, span))


class _Asked(NamedTuple):
    """Rows, which of them count, and which were put right."""

    rows: Any
    of: Q
    n: Q


def _all(scope: Scope, span: Span) -> _Asked:
    return _Asked(_cases_of(scope, span).standing_at(span.at), Q(), _put_right(span))


def _simple(scope: Scope, span: Span) -> _Asked:
    rows = _by_their_day(_cases_of(scope, span).filter(case__simple=True), span)
    put_right = _put_right(span)
    over = Q(day_ends__lte=span.at) | put_right
    return _Asked(rows.standing_at(F("moment")), over, put_right)


def _not_simple(scope: Scope, span: Span) -> _Asked:
    rows = _by_their_day(_cases_of(scope, span).filter(case__simple=False), span)
    answered = Q(case__complaints__replied_at__lt=F("moment"))
    over = Q(day_ends__lte=span.at) | answered
    return _Asked(rows.standing_at(span.at), over, answered)


RATES = {"handled": _all, "same_day": _simple, "same_day_reply": _not_simple}


def rate_by_month(name: str, scope: Scope, span: Span) -> dict[date, dict[Place, Share]]:
    """One of the `RATES` as its metric counts it, of each month of the span, by its first."""
    came = TruncMonth(
        "case__complaints__received_at",
        output_field=DateField(),
        tzinfo=timezone.get_default_timezone(),
    )
    told: dict[date, dict[Place, Share]] = {}
    for row in _counted(RATES[name](scope, span), month=came):
        of_month = told.setdefault(row["month"], {})
        of_month[Place(row["community"], row["estate"])] = share(row["n"], row["of"])
    return told


def _put_right(span: Span) -> Q:
    return _HANDLED.n(span.at)


def _cases_of(scope: Scope, span: Span) -> Any:
    """Stretches of the complaints' cases, a row for each complaint and stretch."""
    received = Complaint.objects.visible_in(scope).received_between(span.begins, span.ends)
    return CaseSpan.objects.filter(case__complaints__in=received.filter(entered_at__lt=span.at))


def _by_their_day(rows: Any, span: Span) -> Any:
    """`day_ends`: of the day on which the complaint came; `moment`: that, or now."""
    zone = timezone.get_default_timezone()
    day = TruncDay("case__complaints__received_at", tzinfo=zone)
    # A day is told in local time; its end is a moment again, whatever the connection's zone is.
    over = Func(
        Value(str(zone)),
        day + timedelta(days=1),
        function="timezone",
        output_field=DateTimeField(),
    )
    return rows.alias(day_ends=over).alias(moment=Least(F("day_ends"), Value(span.at)))


def _told(asked: _Asked) -> Counts:
    return {
        Place(row["community"], row["estate"]): share(row["n"], row["of"])
        for row in _counted(asked)
    }


def _counted(asked: _Asked, **by: Any) -> Iterable[Mapping[str, Any]]:
    rows, of, n = asked
    counted = rows.filter(_HANDLED.of).order_by().values(**_BY, **by)
    told = counted.annotate(n=Count("pk", filter=of & n), of=Count("pk", filter=of))
    return (row for row in told if row["of"])
