"""The background of the tablets' map, as one file."""

import re

from django.http import Http404, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from geo import basemap
from inspections.api import ranges
from inspections.api.schema import problems

PMTILES = "application/vnd.pmtiles"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Basemap(APIView):
    @extend_schema(
        operation_id="basemap_get",
        tags=["pack"],
        responses={
            (200, PMTILES): OpenApiTypes.BINARY,
            (206, PMTILES): OpenApiTypes.BINARY,
            **problems(401, 404),
        },
    )
    def get(self, request: Request, sha256: str) -> HttpResponseBase:
        """PMTiles v3 of communities and roads, whole or a range of its bytes. Never another file
        under this address."""
        path = basemap.path_of(sha256)
        if not _SHA256.fullmatch(sha256) or not path.exists():
            raise Http404
        reply = ranges.answer(request._request, path, PMTILES, quote_etag(sha256))
        reply["Cache-Control"] = "private, max-age=31536000, immutable"
        patch_vary_headers(reply, ["Cookie", "Authorization"])
        return reply
