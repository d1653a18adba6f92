"""The whole of a case, sealed, as one file."""

from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections.api.evidence.pairs import seen_case
from inspections.api.schema import problems
from inspections.services.evidence.sealing import seal
from people.api.authentication import person


class File(APIView):
    @extend_schema(
        operation_id="case_evidence_file",
        tags=["evidence"],
        responses={(200, "application/zip"): bytes, **problems(401, 403, 404)},
    )
    def get(self, request: Request, id: UUID) -> StreamingHttpResponse:
        """Originals, what was made of them, records and moves as they were sent, papers and
        history, with a list of hashes and the office's seal. That it was handed out is noted."""
        sealing = seal(seen_case(request, id), by=person(request))
        reply = StreamingHttpResponse(sealing.stream, content_type="application/zip")
        reply["Content-Disposition"] = f'attachment; filename="{sealing.name}"'
        reply["Cache-Control"] = "no-store"
        if sealing.length is not None:
            reply["Content-Length"] = str(sealing.length)
        return reply
