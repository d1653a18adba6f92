"""One case: told whole, or opened by hand."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import entries
from inspections.api.cases import told
from inspections.api.cases.serializers import WholeCase
from inspections.api.schema import problems
from inspections.errors import CaseNotFound
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
        case = told.whole(person(request), id)
        if case is None:
            raise CaseNotFound
        return entries.as_json(case)
