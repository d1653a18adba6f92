"""Files that prove something: taken as bytes, handed out to be saved and never shown."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _t
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.parsers import FileUploadParser
from rest_framework.request import Request
from rest_framework.views import APIView

from campaign.api import told as rows_told
from campaign.api.asking import as_json
from campaign.api.serializers import AttachmentOutput
from campaign.errors import AttachmentNotFound
from campaign.models import Attachment
from campaign.services.attachments import attach
from inspections.api import bodies
from inspections.api.filters import Told
from inspections.api.handed import to_be_saved
from inspections.api.schema import problems
from inspections.services.writing import from_line
from people.api.authentication import person


class OneAttachment(APIView):
    # Bytes are taken as they come, whatever they claim to be.
    parser_classes = (FileUploadParser,)

    @extend_schema(
        operation_id="campaign_attachment_put",
        tags=["campaign"],
        parameters=[OpenApiParameter("name", str, description=_t("of the file"))],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={
            200: AttachmentOutput,
            201: AttachmentOutput,
            **problems(400, 401, 403, 409, 411, 413, 422, 429, 507),
        },
    )
    def put(self, request: Request, id: UUID) -> HttpResponse:
        """Bring a PDF, JPEG, PNG, XLSX, DOCX, ODS or CSV, by the id that its sender gives it; what
        it proves names it by that. 201 when this sending brought it; 200 when equal bytes had
        come."""
        user, asked = person(request), Told(request.query_params)
        name = asked.text("name")
        asked.nothing_else({"name"})
        asked.check()
        row, new = attach(
            id=id,
            name=name,
            read=from_line(request._request.read),
            promised=bodies.promised_bytes(request._request),
            by=user,
        )
        return as_json(rows_told.attachment(row), 201 if new else 200)

    @extend_schema(
        operation_id="campaign_attachment_get",
        tags=["campaign"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **problems(401, 404)},
    )
    def get(self, request: Request, id: UUID) -> HttpResponseBase:
        """The bytes as they came, to be saved and never shown: for who brought it, and whoever
        sees what it hangs on."""
        row = Attachment.objects.visible_to(person(request)).filter(pk=id).first()
        if row is None:
            raise AttachmentNotFound
        return to_be_saved(request, row.file, name=row.name, sha256=row.sha256)
