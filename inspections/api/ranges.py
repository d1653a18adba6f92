"""Files that are fetched in pieces: one range of bytes at a time (RFC 9110 §14)."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import parse_etags

_ONE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 1 << 16


def answer(request: HttpRequest, path: Path, content_type: str, tag: str) -> HttpResponseBase:
    """All of the file or the piece asked for. `tag` is strong: equal only for equal bytes.

    Several ranges at once, and words that are none, are answered with the whole file.
    """
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        reply: HttpResponseBase = HttpResponseNotModified()
    else:
        reply = _body(request, path, content_type, tag)
    reply["ETag"] = tag
    reply["Accept-Ranges"] = "bytes"
    return reply


def _body(request: HttpRequest, path: Path, content_type: str, tag: str) -> HttpResponseBase:
    size = path.stat().st_size
    asked = _ONE.fullmatch(request.headers.get("Range", ""))
    if request.headers.get("If-Range", tag) != tag or asked is None or asked[0] == "bytes=-":
        return FileResponse(path.open("rb"), content_type=content_type)
    if asked[1]:
        first = int(asked[1])
        last = min(int(asked[2] or size - 1), size - 1)
        if asked[2] and int(asked[2]) < first:
            return FileResponse(path.open("rb"), content_type=content_type)
    else:
        first, last = max(size - int(asked[2]), 0), size - 1
    if first >= size or (asked[2] == "0" and not asked[1]):
        reply: HttpResponseBase = HttpResponse(status=416)
        reply["Content-Range"] = f"bytes */{size}"
        return reply
    reply = StreamingHttpResponse(
        _piece(path, first, last - first + 1), status=206, content_type=content_type
    )
    reply["Content-Range"] = f"bytes {first}-{last}/{size}"
    reply["Content-Length"] = str(last - first + 1)
    return reply


def _piece(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first)
        while length > 0 and (chunk := file.read(min(length, _CHUNK))):
            length -= len(chunk)
            yield chunk
