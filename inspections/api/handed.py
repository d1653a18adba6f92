"""Files handed out as they came."""

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request

from inspections.api.photos import INERT, KEPT


def to_be_saved(request: Request, file: str, *, name: str, sha256: str) -> HttpResponseBase:
    """A file of the store under its hash, to be saved and never shown: its bytes never change."""
    tag = f'"{sha256}"'
    reply: HttpResponseBase
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        reply = HttpResponseNotModified()
    else:
        reply = FileResponse(
            default_storage.open(file),
            as_attachment=True,
            filename=name,
            content_type="application/octet-stream",
        )
    reply["ETag"] = tag
    reply["Cache-Control"] = KEPT
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = INERT
    patch_vary_headers(reply, ["Cookie", "Authorization"])
    return reply
