"""What is taken away of the overview: a map in one file, and a page on paper."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import reports
from inspections.api.overview.asking import FILTERS, Question, question
from inspections.api.schema import problems
from inspections.errors import NoFontHere
from inspections.overview.taken import page
from inspections.overview.taken.contents import Contents, contents
from inspections.papers.fonts import NoFont

HTML, PDF = "text/html; charset=utf-8", "application/pdf"


class MapFile(APIView):
    @extend_schema(
        operation_id="overview_map_file_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={(200, "text/html"): OpenApiTypes.BINARY, **problems(400, 401, 403)},
    )
    def get(self, request: Request) -> HttpResponse:
        """The map as one HTML file in the reader's language, to be saved and opened anywhere: it
        asks nobody for anything. At most 3000 findings as points, and 60 masked photos."""
        return _handed(question(request), HTML, "html", _map_file)


class Page(APIView):
    @extend_schema(
        operation_id="overview_page_get",
        tags=["overview"],
        parameters=[*FILTERS],
        responses={(200, PDF): OpenApiTypes.BINARY, **problems(400, 401, 403, 503)},
    )
    def get(self, request: Request) -> HttpResponse:
        """The overview on one page (A4, PDF), in the reader's language: the map of the measure,
        all measures by community, and what each means."""
        try:
            return _handed(question(request), PDF, "pdf", page.pdf)
        except NoFont as e:
            raise NoFontHere from e


def _map_file(made: Contents) -> bytes:
    # Half a second for folium, which few starts need.
    from inspections.overview.taken import map_file, map_told

    return map_file.html(map_told.told(made))


def _handed(
    asking: Question, content_type: str, ending: str, make: Callable[[Contents], bytes]
) -> HttpResponse:
    asking.told.check()
    # Before the rows are read: what is made may hold more than it says, never less.
    version = reports.data_version(asking.scope)
    asked = asking.asked
    made = contents(asking.scope, asked, version=version, now=timezone.now())
    reply = HttpResponse(make(made), content_type=content_type)
    name = f"xuntu-{asked.measure}-{asked.as_of}.{ending}"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    reply["Cache-Control"] = "private, no-store"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply
