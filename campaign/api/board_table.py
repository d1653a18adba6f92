"""The board as a table to take away."""

from tempfile import TemporaryFile
from typing import ClassVar

from django.http import FileResponse, HttpResponseBase
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign.api.asking import AS_OF, as_of, office
from campaign.api.board import MADE_BY, ONE_PROGRAMME, asked_of, one_of
from campaign.models import Programme
from campaign.reports import campaign_version, table
from inspections.api import fresh
from inspections.api.filters import Told
from inspections.api.pack.snapshot import reading
from inspections.api.schema import problems
from inspections.reports import text_table, workbook
from inspections.reports.ledger import FORMATS


class _Download(APIView):
    format: ClassVar[str]

    def answer(self, request: Request) -> HttpResponseBase:
        scope = office(request).scope
        told = Told(request.query_params)
        day, code = as_of(told), told.text("programme")
        told.nothing_else({"programme", "as_of"})
        told.check()
        version = campaign_version(scope)
        asked = ("campaign table", self.format, get_language(), code, day, version)
        tag = fresh.tag_of(scope, (), MADE_BY, *asked)

        def file() -> HttpResponseBase:
            """Written before any of it is sent: a slow line keeps no connection to the database."""
            written = TemporaryFile()  # noqa: SIM115 closed with the reply
            with reading():
                programme = one_of(list(Programme.objects.issued_by(day)), code)
                lines = table.lines(scope, programme, day, asked_of(programme, day))
                if self.format == "xlsx":
                    workbook.write(written, table.sheets(programme, day, lines))
                else:
                    text_table.write(written, table.head(), lines)
            written.seek(0)
            return FileResponse(
                written,
                as_attachment=True,
                filename=f"{programme.zh}-{day:%Y%m%d}.{self.format}",
                content_type=FORMATS[self.format].content_type,
            )

        return fresh.unless_had(request._request, tag, file)


class Workbook(_Download):
    format = "xlsx"

    @extend_schema(
        operation_id="campaign_board_xlsx",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={
            (200, FORMATS["xlsx"].content_type): OpenApiTypes.BINARY,
            **problems(400, 401, 403, 404),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """A line for each indicator and place: its light, number and since when it is late; with a
        sheet that says of what and as of when."""
        return self.answer(request)


class Text(_Download):
    format = "csv"

    @extend_schema(
        operation_id="campaign_board_csv",
        tags=["campaign"],
        parameters=[ONE_PROGRAMME, AS_OF],
        responses={(200, "text/csv"): OpenApiTypes.BINARY, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The same as CSV: UTF-8 with its mark."""
        return self.answer(request)
