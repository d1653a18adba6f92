"""Documents of a proposal: taken as bytes, handed out to be saved and never shown."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.handed import to_be_saved
from inspections.api.schema import problems
from inspections.services.writing import from_line
from people.api.authentication import person
from planning.api import told
from planning.api.answers import as_json
from planning.api.proposals import seen_proposal
from planning.api.serializers import DocumentTold
from planning.errors import DocumentNotFound
from planning.services import documents


class OneDocument(APIView):
    # Bytes are taken as they come, whatever they claim to be.
    parser_classes = (FileUploadParser,)

    @extend_schema(
        operation_id="planned_site_document_put",
        tags=["planning"],
        parameters=[OpenApiParameter("name", str, description=_("of the file"))],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={
            200: DocumentTold,
            201: DocumentTold,
            **problems(400, 401, 403, 404, 409, 411, 413, 422, 507),
        },
    )
    def put(self, request: Request, proposal: UUID, id: UUID) -> HttpResponse:
        """Attach a PDF, JPEG or PNG, by the id that its maker gives it. 201 when this sending
        brought it; 200 when equal bytes had come."""
        user, asked = person(request), Told(request.query_params)
        name = asked.text("name")
        asked.nothing_else({"name"})
        asked.check()
        row, new = documents.add_document(
            id=id,
            proposal=seen_proposal(user, proposal),
            name=name,
            read=from_line(request._request.read),
            promised=bodies.promised_bytes(request._request),
            by=user,
        )
        return as_json(told.document(row), 201 if new else 200)

    @extend_schema(
        operation_id="planned_site_document_get",
        tags=["planning"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **problems(401, 404)},
    )
    def get(self, request: Request, proposal: UUID, id: UUID) -> HttpResponseBase:
        """The bytes as they came, to be saved and never shown."""
        row = seen_proposal(person(request), proposal).documents.filter(pk=id).first()
        if row is None:
            raise DocumentNotFound
        return to_be_saved(request, row.file, name=row.name, sha256=row.sha256)
