"""A measure as a table to take away."""

from functools import partial
from tempfile import TemporaryFile
from typing import ClassVar

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import overview, reports
from inspections.api import fresh
from inspections.api.overview.asking import FILTERS, question
from inspections.api.overview.figures import BY
from inspections.api.pack.snapshot import reading
from inspections.api.schema import problems
from inspections.overview import Table
from inspections.reports.ledger import FORMATS


class _Download(APIView):
    format: ClassVar[str]

    def answer(self, request: Request) -> HttpResponseBase:
        asking = question(request, "by")
        by = asking.told.one_of("by", overview.BY) or "estate"
        asking.told.check()
        table = Table(asking.scope, asking.asked, by, reports.data_version(asking.scope))
        told = ("overview table", self.format, get_language(), asking.asked, by, table.version)
        tag = fresh.tag_of(asking.scope, (), *told)
        return fresh.unless_had(request._request, tag, partial(self._file, table))

    def _file(self, table: Table) -> HttpResponseBase:
        """Written before any of it is sent: a slow line keeps no connection to the database."""
        file = TemporaryFile()  # noqa: SIM115 closed with the reply
        with reading():
            {"xlsx": table.write_xlsx, "csv": table.write_csv}[self.format](file)
        file.seek(0)
        name = f"{table.asked.defined.title_zh}-{table.asked.as_of:%Y%m%d}"
        return FileResponse(
            file,
            as_attachment=True,
            filename=f"{name}.{self.format}",
            content_type=FORMATS[self.format].content_type,
        )


class Workbook(_Download):
    format = "xlsx"

    @extend_schema(
        operation_id="overview_table_xlsx_get",
        tags=["overview"],
        parameters=[*FILTERS, BY],
        responses={
            (200, FORMATS["xlsx"].content_type): OpenApiTypes.BINARY,
            **problems(400, 401, 403),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The figures as a workbook, with a sheet that says of what, as of when and by which
        filter."""
        return self.answer(request)


class Text(_Download):
    format = "csv"

    @extend_schema(
        operation_id="overview_table_csv_get",
        tags=["overview"],
        parameters=[*FILTERS, BY],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The figures as CSV: UTF-8 with its mark; the same is said after an empty line."""
        return self.answer(request)
