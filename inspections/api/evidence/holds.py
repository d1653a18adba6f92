"""What is kept whole for a dispute."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as fields
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from inspections.api.evidence.pairs import HoldOutput, hold_told, seen_case
from inspections.api.schema import problems
from inspections.services.evidence import holds
from people.api.authentication import person


class HoldInput(Serializer[Any]):
    reason = fields.CharField(max_length=holds.LONGEST_REASON, help_text=_("of which dispute"))


class OfCase(APIView):
    @extend_schema(
        operation_id="case_hold_put",
        tags=["evidence"],
        request=HoldInput,
        responses={200: HoldOutput, 201: HoldOutput, **problems(400, 401, 403, 404)},
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Nothing of this case is removed until the hold is lifted."""
        case, told = seen_case(request, id), request.data
        reason = told.get("reason") if isinstance(told, dict) else None
        said = reason if isinstance(reason, str) else ""
        kept, new = holds.hold(case, reason=said, by=person(request))
        return Response(HoldOutput(hold_told(kept)).data, status=201 if new else 200)

    @extend_schema(
        operation_id="case_hold_delete",
        tags=["evidence"],
        responses={204: None, **problems(401, 403, 404)},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        """Its periods of keeping count again."""
        holds.lift(seen_case(request, id), by=person(request))
        return Response(status=204)
