"""隐患台账 as a file: the same cases as the list tells by the same address, a line each."""

from functools import partial
from tempfile import TemporaryFile
from typing import ClassVar

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import reports
from inspections.api import fresh
from inspections.api.cases.layer import FILTER_NAMES, FILTERS, cases_told
from inspections.api.cases.listing import WRITTEN
from inspections.api.filters import Told
from inspections.api.pack.snapshot import reading
from inspections.api.schema import problems
from inspections.case_filter import CaseFilter
from inspections.reports.ledger import FORMATS, Asked
from people.api.authentication import person
from people.models import User


class _Ledger(APIView):
    format: ClassVar[str]

    def answer(self, request: Request) -> HttpResponseBase:
        user, told = person(request), Told(request.query_params)
        wanted = cases_told(told, user)
        told.nothing_else(FILTER_NAMES)
        told.check()
        tag = fresh.tag_of(
            user.scope,
            WRITTEN,
            *("ledger", self.format, user.pk, get_language(), wanted),
            reports.next_crossing(user.scope),
        )
        return fresh.unless_had(request._request, tag, partial(self._file, user, wanted))

    def _file(self, user: User, wanted: CaseFilter) -> HttpResponseBase:
        """Written before any of it is sent: a slow line keeps no connection to the database."""
        file = TemporaryFile()  # noqa: SIM115 closed with the reply
        made = FORMATS[self.format]
        with reading():
            made.write(file, Asked(user, wanted))
        file.seek(0)
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"隐患台账-{timezone.localdate():%Y%m%d}.{self.format}",
            content_type=made.content_type,
        )


class Workbook(_Ledger):
    format = "xlsx"

    @extend_schema(
        operation_id="ledger_xlsx_get",
        tags=["cases"],
        parameters=[*FILTERS],
        responses={
            (200, FORMATS["xlsx"].content_type): OpenApiTypes.BINARY,
            **problems(400, 401),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The ledger of cases as a workbook, with a sheet that says what is in it."""
        return self.answer(request)


class Text(_Ledger):
    format = "csv"

    @extend_schema(
        operation_id="ledger_csv_get",
        tags=["cases"],
        parameters=[*FILTERS],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The ledger of cases as CSV: UTF-8 with its mark, moments in the office's time."""
        return self.answer(request)
