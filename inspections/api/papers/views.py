"""The addresses at which papers are drafted, issued, read, made void and delivered."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.entries import as_json
from inspections.api.filters import MOST_PAGE_SIZE, Told
from inspections.api.layers import COMMUNITY, ESTATE
from inspections.api.papers import told
from inspections.api.papers.serializers import (
    DeliveryInput,
    DraftOutput,
    PaperInput,
    PaperOutput,
    PapersOutput,
    VoidInput,
)
from inspections.api.schema import problems
from inspections.errors import PaperNotMadeYet
from inspections.models import Paper, PaperKind
from inspections.querysets import Papers as PaperRows
from inspections.services import content, papers
from people.api.authentication import person

_PAGE = 100
_KIND = OpenApiParameter("kind", str, many=True, enum=PaperKind.values)
_FILTERS = (
    _KIND,
    OpenApiParameter("year", int, many=True),
    COMMUNITY,
    ESTATE,
    OpenApiParameter("company", int, many=True, description=_("id of a property company")),
    OpenApiParameter("case", str, description=_("id of a case")),
    OpenApiParameter("void", bool, description=_("only those that are void, or none of them")),
    OpenApiParameter("undelivered", bool, description=_("in force, and not delivered yet")),
    OpenApiParameter("q", str, description=_("in its number, its estate or its company")),
)
_PAGING = {"page", "page_size"}


class Drafts(APIView):
    @extend_schema(
        operation_id="paper_draft_get",
        tags=["papers"],
        parameters=[
            OpenApiParameter("kind", str, required=True, enum=PaperKind.values),
            OpenApiParameter("case", str, many=True),
            OpenApiParameter("community", int, description=_("of a bulletin")),
        ],
        responses={200: DraftOutput, **problems(400, 401, 403, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """What a paper about these cases would say, and what of it may be put otherwise."""
        query = Told(request.query_params)
        asked: dict[str, Any] = {
            "kind": query.text("kind"),
            "cases": list(dict.fromkeys(request.query_params.getlist("case"))),
        }
        if request.query_params.get("community"):
            asked["community"] = next(iter(query.numbers("community")), None)
        query.nothing_else({"kind", "case", "community"})
        query.check()
        return self._told(request, asked)

    @extend_schema(
        operation_id="paper_draft_post",
        tags=["papers"],
        request=PaperInput,
        responses={200: DraftOutput, **problems(400, 401, 403, 404, 411)},
    )
    def post(self, request: Request) -> HttpResponse:
        """The same with edits. Nothing is written by it."""
        asked, _ = content.read(bodies.whole(request._request))
        return self._told(request, asked)

    def _told(self, request: Request, asked: dict[str, Any]) -> HttpResponse:
        wish = papers.read(asked)
        made = papers.draft(wish=wish, by=person(request))
        now = timezone.now()
        number = papers.unnumbered(wish.kind, now)
        return as_json(told.of_draft(made, number, made.sheet(number, now).told()))


class Papers(APIView):
    @extend_schema(
        operation_id="papers_list",
        tags=["papers"],
        parameters=[
            *_FILTERS,
            OpenApiParameter("page", int, description="from 1"),
            OpenApiParameter("page_size", int, description=f"at most {MOST_PAGE_SIZE}"),
        ],
        responses={200: PapersOutput, **problems(400, 401)},
    )
    def get(self, request: Request) -> HttpResponse:
        """Papers in one's scope, the newest first; a company's are those addressed to it."""
        user, query = person(request), Told(request.query_params)
        rows = _narrowed(Paper.objects.visible_to(user), query)
        page = query.number("page", 1, 10**6)
        size = query.number("page_size", _PAGE, MOST_PAGE_SIZE)
        query.nothing_else({each.name for each in _FILTERS} | _PAGING)
        query.check()
        begin = (page - 1) * size
        ordered = rows.select_related(*told.WITH).order_by("-issued_at", "pk")
        found = list(ordered[begin : begin + size + 1])
        following = request.query_params.copy()
        following["page"] = str(page + 1)
        more = len(found) > size
        return as_json(
            {
                "count": rows.count(),
                "next": request.build_absolute_uri(f"{request.path}?{following.urlencode()}")
                if more
                else None,
                "papers": told.several(user, found[:size]),
            }
        )


class OnePaper(APIView):
    @extend_schema(
        operation_id="paper_get",
        tags=["papers"],
        responses={200: PaperOutput, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """One paper with all that it says."""
        return as_json(told.whole(person(request), _seen(request, id)))

    @extend_schema(
        operation_id="paper_put",
        tags=["papers"],
        request=PaperInput,
        responses={
            201: PaperOutput,
            200: PaperOutput,
            **problems(400, 401, 403, 404, 409, 411),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Issue a paper: it takes the next number of its series, and says from then on what it
        says now. 200 with the same answer where it was issued by an equal request before."""
        user = person(request)
        asked, _ = content.read(bodies.whole(request._request))
        issued = papers.issue(id=id, told=asked, wish=papers.read(asked), by=user)
        paper = Paper.objects.select_related(*told.WITH).get(pk=issued.paper.pk)
        return as_json(told.whole(user, paper), 201 if issued.new else 200)


class Void(APIView):
    @extend_schema(
        operation_id="paper_void_put",
        tags=["papers"],
        request=VoidInput,
        responses={200: PaperOutput, **problems(400, 401, 403, 404, 409, 411)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """作废: it stays with its number, and its files say so on every page."""
        paper, user = _seen(request, id), person(request)
        asked, _ = content.read(bodies.whole(request._request))
        papers.void(paper=paper, reason=asked.get("reason"), by=user)
        return as_json(told.whole(user, _seen(request, id)))


class Delivered(APIView):
    @extend_schema(
        operation_id="paper_delivery_put",
        tags=["papers"],
        request=DeliveryInput,
        responses={200: PaperOutput, **problems(400, 401, 403, 404, 409, 411)},
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """How it was delivered, who signed for it, or why nobody did; again, to put it right."""
        paper, user = _seen(request, id), person(request)
        asked, _ = content.read(bodies.whole(request._request))
        papers.deliver(paper=paper, told=asked, by=user)
        return as_json(told.whole(user, _seen(request, id)))


class _File(APIView):
    ending: ClassVar[str]
    type: ClassVar[str]
    attached: ClassVar[bool]

    def answered(self, request: Request, id: UUID) -> HttpResponse:
        """Asked anew each time: a paper that is made void has another file from then on."""
        paper = _seen(request, id)
        name = getattr(paper, self.ending)
        if not (paper.rendered_at and name):
            raise PaperNotMadeYet(problem=paper.problem)
        tag = f'"{name}"'
        reply: HttpResponse
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            reply = HttpResponseNotModified()
        else:
            try:
                reply = FileResponse(  # type: ignore[assignment]
                    default_storage.open(name),
                    content_type=self.type,
                    as_attachment=self.attached,
                    filename=f"{paper}.{self.ending}",
                )
            except FileNotFoundError as e:
                papers.made_again(paper)
                raise PaperNotMadeYet(problem="") from e
        reply["ETag"] = tag
        reply["Cache-Control"] = "private, no-cache"
        reply["X-Content-Type-Options"] = "nosniff"
        patch_vary_headers(reply, ["Cookie", "Authorization"])
        return reply


class Pdf(_File):
    ending, type, attached = "pdf", "application/pdf", False

    @extend_schema(
        operation_id="paper_pdf",
        tags=["papers"],
        responses={(200, "application/pdf"): bytes, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """404 `not_made_yet` until the worker has made it."""
        return self.answered(request, id)


class Docx(_File):
    ending, attached = "docx", True
    type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @extend_schema(
        operation_id="paper_docx",
        tags=["papers"],
        responses={(200, type): bytes, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The same words, to be edited."""
        return self.answered(request, id)


def _narrowed(rows: PaperRows[Paper], query: Told) -> PaperRows[Paper]:
    rows = rows.among(
        kind=query.some_of("kind", PaperKind.values),
        year=query.numbers("year"),
        community=query.numbers("community"),
        estate=query.numbers("estate"),
        company=query.numbers("company"),
    )
    case, void = query.text("case"), query.yes_or_no("void")
    if case:
        rows = rows.about(_uuid(case, query))
    if void is not None:
        rows = rows.filter(voided_at__isnull=not void)
    if query.yes_or_no("undelivered"):
        rows = rows.in_force().undelivered()
    q = query.text("q")
    return rows.called(q) if q else rows


def _uuid(told: str, query: Told) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        query.wrong["case"] = str(_("A UUID is needed."))
        return None


def _seen(request: Request, id: UUID) -> Paper:
    rows = Paper.objects.visible_to(person(request)).select_related(*told.WITH)
    found = rows.filter(pk=id).first()
    if found is None:
        raise Http404
    return found
