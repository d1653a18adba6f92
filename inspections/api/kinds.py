"""The kinds as published: the tablet builds its forms and judges by them."""

from hashlib import sha256

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from inspections import services
from inspections.api.schema import problems
from inspections.api.serializers import KindsOutput


class Kinds(APIView):
    @extend_schema(
        operation_id="kinds_list", tags=["kinds"], responses={200: KindsOutput, **problems(401)}
    )
    def get(self, request: Request) -> HttpResponse:
        """Each kind's newest wording, with an ETag: 304 while none has changed."""
        published = services.published_kinds()
        tag = sha256("".join(f"{each.sha256} {each.version} " for each in published).encode())
        etag = quote_etag(tag.hexdigest()[:32])
        reply = get_conditional_response(request._request, etag=etag)
        if reply is None:
            kinds = [
                {"version": each.version, "sha256": each.sha256, **each.kind.describe()}
                for each in published
            ]
            reply = HttpResponse(orjson.dumps({"kinds": kinds}), content_type="application/json")
        reply["ETag"] = etag
        reply["Cache-Control"] = "private, no-cache"
        return reply
