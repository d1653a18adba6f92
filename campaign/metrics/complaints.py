"""Complaints 信访投诉: handled, handled the same day, explained the same day."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, F, Func, Q, Value
from django.db.models.functions import Least, TruncDay
from django.utils import timezone

from campaign.metrics.counting import Counts, Place, Span, metric, share
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
    return _told(_cases_of(scope, span).standing_at(span.at), _put_right(span), Q())


@metric(
    "same_day_rate",
    says_zh="期间收到的简单问题投诉中，收件当天已处置的。当天尚未结束的，处置了才计。"
    "是否简单按案卷现在的定性；不予受理、作废的不计。",
    says_en="Of the complaints of simple matters received in the period, those handled by the end"
    " of the day they came. One of a day that is not over counts once it is handled. What is"
    " simple is as the case is graded now; of rejected and void cases, none counts.",
)
def same_day(scope: Scope, span: Span) -> Counts:
    rows = _by_their_day(_cases_of(scope, span).filter(case__simple=True), span)
    put_right = _put_right(span)
    return _told(rows.standing_at(F("moment")), put_right, Q(day_ends__lte=span.at) | put_right)


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
    rows = _by_their_day(_cases_of(scope, span).filter(case__simple=False), span)
    answered = Q(case__complaints__replied_at__lt=F("moment"))
    return _told(rows.standing_at(span.at), answered, Q(day_ends__lte=span.at) | answered)


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


def _told(rows: Any, n: Q, of: Q) -> Counts:
    counted = rows.filter(_HANDLED.of).order_by().values(**_BY)
    told = counted.annotate(n=Count("pk", filter=of & n), of=Count("pk", filter=of))
    return {
        Place(row["community"], row["estate"]): share(row["n"], row["of"])
        for row in told
        if row["of"]
    }
