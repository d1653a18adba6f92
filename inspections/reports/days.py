"""Days as whole numbers, for whatever goes through them by itself: days since 1970 in the office's
time."""

from typing import Any

from django.conf import settings
from django.db.models import CharField, Func, IntegerField
from django.db.models.functions import TruncDate


class DayNumber(Func):
    """Of the day that a moment lies in; of none, none."""

    template = "(%(expressions)s - date '1970-01-01')"
    output_field = IntegerField()

    def __init__(self, moment: Any) -> None:
        super().__init__(TruncDate(moment))


class DaysShut(Func):
    """Of a finding: the days at whose end it stood closed, though it was opened again since, as
    `,19700,19701,`; none if there are none."""

    template = """(
        SELECT ',' || string_agg(day::text, ',') || ','
        FROM inspections_closedspan AS span, generate_series(
            (span.closed_at AT TIME ZONE '%(zone)s')::date - date '1970-01-01',
            (span.reopened_at AT TIME ZONE '%(zone)s')::date - date '1970-01-02'
        ) AS day
        WHERE span.finding_id = %(expressions)s
    )"""
    output_field = CharField()

    def __init__(self, finding: Any) -> None:
        super().__init__(finding, zone=settings.TIME_ZONE)
