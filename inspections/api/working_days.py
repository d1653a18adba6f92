"""Which days are worked, for pages that tell how many are left."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.schema import problems
from inspections.timetable import timetable

BACK, AHEAD = timedelta(days=31), timedelta(days=400)


class WorkingDaysOutput(Serializer[Any]):
    since = fields.DateField()
    until = fields.DateField()
    rest = fields.ListField(child=fields.DateField(), help_text=_("weekdays on which nobody works"))
    work = fields.ListField(
        child=fields.DateField(), help_text=_("Saturdays and Sundays that are worked")
    )
    known_until = fields.IntegerField(
        allow_null=True, help_text=_("the last year whose holidays are known")
    )


class WorkingDays(APIView):
    @extend_schema(
        operation_id="working_days",
        tags=["cases"],
        responses={200: WorkingDaysOutput, **problems(401)},
    )
    def get(self, request: Request) -> Response:
        """From a month ago until a year ahead, the days that are other than their weekday says."""
        today, calendar = timezone.localdate(), timetable().calendar
        days = [today - BACK + timedelta(days=n) for n in range((BACK + AHEAD).days + 1)]
        return Response(
            {
                "since": days[0],
                "until": days[-1],
                "rest": [day for day in days if day.weekday() < 5 and not calendar.works(day)],
                "work": [day for day in days if day.weekday() >= 5 and calendar.works(day)],
                "known_until": max(calendar.known, default=None),
            }
        )
