"""One case: told whole, or opened by hand."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies, entries
from inspections.api.cases import told
from inspections.api.cases.serializers import CaseInput, WholeCase
from inspections.api.schema import problems
from inspections.errors import CaseNotFound
from inspections.services.cases.by_hand import open_case
from people.api.authentication import person


class OneCase(APIView):
    @extend_schema(
        operation_id="case_get",
        tags=["cases"],
        responses={200: WholeCase, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The whole case: what was found and said, every move, photo and paper, and what this
        person may do with it now."""
        return _whole(request, id, 200)

    @extend_schema(
        operation_id="case_put",
        tags=["cases"],
        request=CaseInput,
        responses={
            201: WholeCase,
            200: WholeCase,
            **problems(400, 401, 403, 404, 409, 411, 413, 422),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Open a case by hand, by the id that its maker gives it: of joint enforcement, of the
        city's platform with its number, or of what an inspection only noted.

        201 when this sending opened it; 200 when an equal one had.
        """
        case, new = open_case(id=id, body=bodies.whole(request._request), by=person(request))
        return _whole(request, case.pk, 201 if new else 200)


def _whole(request: Request, id: UUID, status: int) -> HttpResponse:
    case = told.whole(person(request), id)
    if case is None:
        raise CaseNotFound
    return entries.as_json(case, status)
