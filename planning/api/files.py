"""What goes out: a plan as a file, a site as a sheet; with what the server's check finds now."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from geo.models import Office
from inspections.api.schema import problems
from inspections.errors import NoFontHere
from inspections.papers.fonts import NoFont
from people.api.authentication import person
from people.models import User
from planning.api.plans import seen_plan
from planning.api.proposals import seen_proposal
from planning.life import State
from planning.models import Plan, Proposal, SiteRule
from planning.reports import files
from planning.reports.files import FORMATS, Contents, Site
from planning.reports.sheet.pdf import sheet
from planning.services.checking import check_site, rules_version, site_of

_TAGS = ["planning"]
PDF = "application/pdf"


class PlanFile(APIView):
    @extend_schema(
        operation_id="plan_file_get",
        tags=_TAGS,
        parameters=[OpenApiParameter("ending", str, OpenApiParameter.PATH, enum=list(FORMATS))],
        responses={
            **{(200, each.content_type): OpenApiTypes.BINARY for each in FORMATS.values()},
            **problems(401, 404),
        },
    )
    def get(self, request: Request, id: UUID, ending: str) -> HttpResponseBase:
        """The plan with every proposed site that one may see, all that is told of it, and every
        rule on it: GeoPackage, GeoJSON and KML in WGS-84, DXF in metres of EPSG:4549, XLSX in the
        reader's language."""
        user = person(request)
        plan = seen_plan(user, id)
        if ending not in FORMATS:
            raise Http404
        file, name = files.dump(_contents(plan, user), ending)
        reply = FileResponse(
            file, as_attachment=True, filename=name, content_type=FORMATS[ending].content_type
        )
        return _private(reply)


class Sheet(APIView):
    @extend_schema(
        operation_id="planned_site_sheet_get",
        tags=_TAGS,
        responses={(200, PDF): OpenApiTypes.BINARY, **problems(401, 404, 503)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """The site on paper (A4, PDF): a map to scale, what it is made of, every rule, the vote,
        the steps so far and photos; in the reader's language."""
        user = person(request)
        row = seen_proposal(user, id)
        found = check_site(site_of(row), by=user)
        try:
            made = sheet(row, found["verdicts"], found["version"], user=user, now=timezone.now())
        except NoFont as e:
            raise NoFontHere from e
        reply = HttpResponse(made, content_type=PDF)
        return _private(reply)


def _contents(plan: Plan, user: User) -> Contents:
    rows = Proposal.objects.visible_to(user).filter(plan=plan).exclude(state=State.WITHDRAWN)
    sites = [
        Site(row, check_site(site_of(row), by=user)["verdicts"])
        for row in rows.select_related("plan", "community", "estate").order_by("created_at", "id")
    ]
    return Contents(
        plan,
        sites,
        rules_version(SiteRule.objects.all()),
        timezone.now(),
        Office.is_demonstration(),
    )


def _private(reply: HttpResponseBase) -> HttpResponseBase:
    reply["Cache-Control"] = "private, no-store"
    reply["X-Content-Type-Options"] = "nosniff"
    return reply
