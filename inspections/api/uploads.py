"""tus 1.0 (https://tus.io/protocols/resumable-upload): photos and videos, resumed after any cut.

Core, creation, creation-with-upload, checksum, expiration and termination, as a stock client
speaks them.
"""

import base64
import binascii
import re
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from inspections.api.schema import problems
from inspections.errors import (
    ChecksumUnknown,
    UploadInvalid,
    WrongContentType,
    WrongVersion,
)
from inspections.models import Upload
from inspections.services import uploads, writing
from inspections.services.uploads import Told
from inspections.services.writing import Checksum
from people.api.authentication import person
from people.api.devices import device_of

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
ALGORITHMS = {"sha1": 20, "sha256": 32}
PART = "application/offset+octet-stream"
MOST_METADATA = 4_000
_HASH = re.compile(r"[0-9a-f]{64}")
_OVERRIDABLE = ("HEAD", "PATCH", "DELETE")

_VERSION_TOLD = OpenApiParameter(
    "Tus-Resumable", str, OpenApiParameter.HEADER, required=True, enum=[VERSION]
)
_OFFSET_TOLD = OpenApiParameter("Upload-Offset", int, OpenApiParameter.HEADER, required=True)
_CHECKSUM_TOLD = OpenApiParameter(
    "Upload-Checksum", str, OpenApiParameter.HEADER, description=_("sha256 or sha1, then base64")
)


class _Tus(APIView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        instead = request.headers.get("X-HTTP-Method-Override", "").upper()
        if request.method == "POST" and instead in _OVERRIDABLE:
            request.method = instead
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        reply = super().finalize_response(request, response, *args, **kwargs)
        reply["Tus-Resumable"] = VERSION
        reply["Cache-Control"] = "no-store"
        if reply.status_code == WrongVersion.status:
            reply["Tus-Version"] = VERSION
        return reply

    @extend_schema(exclude=True)
    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> Response:
        told = {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(uploads.most_bytes()),
            "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
        }
        return Response(status=204, headers=told)


class Uploads(_Tus):
    @extend_schema(
        operation_id="upload_create",
        request={PART: bytes},
        parameters=[
            _VERSION_TOLD,
            OpenApiParameter("Upload-Length", int, OpenApiParameter.HEADER, required=True),
            OpenApiParameter(
                "Upload-Metadata",
                str,
                OpenApiParameter.HEADER,
                description=_("entry, photo, sha256, type, filename: each with its base64"),
            ),
            _CHECKSUM_TOLD,
        ],
        responses={
            201: OpenApiResponse(description=_("begun; its address is in Location")),
            **problems(400, 401, 403, 409, 412, 413, 415, 422, 429, 460, 507),
        },
    )
    def post(self, request: Request) -> Response:
        """Begin an upload, with its first bytes or without.

        Of bytes that are here already, nothing more is asked for: Upload-Offset is the length.
        """
        _check_version(request)
        sender, told = person(request), _told(request)
        checksum = _checksum(request)
        brings = _brings(request)
        if brings and request.content_type != PART:
            raise WrongContentType
        upload = uploads.begin(told, sender=sender)
        if brings and not upload.finished_at:
            upload = uploads.claim(upload.pk, 0, sender=sender)
            _receive(request, upload, checksum)
        where = reverse("upload", args=[upload.pk])
        headers = {"Location": where, "Upload-Offset": str(upload.offset), **_expiry(upload)}
        return Response(status=201, headers=headers)


class One(_Tus):
    @extend_schema(
        operation_id="upload_offset",
        parameters=[_VERSION_TOLD],
        responses={
            200: OpenApiResponse(description=_("Upload-Offset is the byte that comes next")),
            **problems(401, 404, 410, 412),
        },
    )
    def head(self, request: Request, id: UUID) -> Response:
        """How far it is."""
        _check_version(request)
        upload = _found(request, id)
        told = {"Upload-Offset": str(upload.offset), "Upload-Length": str(upload.length)}
        if upload.metadata:
            told["Upload-Metadata"] = upload.metadata
        return Response(status=200, headers=told | _expiry(upload))

    @extend_schema(
        operation_id="upload_continue",
        request={PART: bytes},
        parameters=[_VERSION_TOLD, _OFFSET_TOLD, _CHECKSUM_TOLD],
        responses={
            204: OpenApiResponse(description=_("written; at the last byte, held as a photo")),
            **problems(400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 423, 460, 507),
        },
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """Go on with an upload.

        Without a checksum, what arrived before a cut stays; with one, only whole chunks do.
        """
        _check_version(request)
        if request.content_type != PART:
            raise WrongContentType
        at = _number(request, "Upload-Offset")
        checksum = _checksum(request)
        try:
            upload = uploads.claim(id, at, sender=person(request))
        except Upload.DoesNotExist as e:
            raise Http404 from e
        if not upload.finished_at:
            _receive(request, upload, checksum)
        return Response(
            status=204, headers={"Upload-Offset": str(upload.offset), **_expiry(upload)}
        )

    @extend_schema(
        operation_id="upload_end",
        parameters=[_VERSION_TOLD],
        responses={
            204: OpenApiResponse(description=_("gone; what became a photo stays one")),
            **problems(401, 403, 404, 412, 423),
        },
    )
    def delete(self, request: Request, id: UUID) -> Response:
        """End an upload and forget its bytes."""
        _check_version(request)
        try:
            uploads.end(id, sender=person(request))
        except Upload.DoesNotExist as e:
            raise Http404 from e
        return Response(status=204)


def _receive(request: Request, upload: Upload, checksum: Checksum | None) -> None:
    told = request.META.get("CONTENT_LENGTH") or ""
    promised = int(told) if told.isascii() and told.isdigit() else None
    # A body in chunks of HTTP says no length: there the server's own stream ends it.
    read = request._request.read if promised is not None else request.META["wsgi.input"].read
    writing.receive(upload, writing.from_line(read), promised=promised, checksum=checksum)


def _brings(request: Request) -> bool:
    return request.META.get("CONTENT_LENGTH") not in (None, "", "0") or _in_chunks(request)


def _in_chunks(request: Request) -> bool:
    return "chunked" in request.headers.get("Transfer-Encoding", "").lower()


def _check_version(request: Request) -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise WrongVersion


def _found(request: Request, id: UUID) -> Upload:
    try:
        return uploads.find(id, sender=person(request))
    except Upload.DoesNotExist as e:
        raise Http404 from e


def _expiry(upload: Upload) -> dict[str, str]:
    return {"Upload-Expires": http_date(upload.expires_at.timestamp())}


def _number(request: Request, header: str) -> int:
    told = request.headers.get(header, "")
    if not (told.isascii() and told.isdigit() and len(told) < 16):
        raise UploadInvalid(fields={header: _("A whole number is needed.")})
    return int(told)


def _checksum(request: Request) -> Checksum | None:
    told = request.headers.get("Upload-Checksum")
    if told is None:
        return None
    algorithm, _space, encoded = told.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ChecksumUnknown
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != ALGORITHMS[algorithm]:
        raise UploadInvalid(fields={"Upload-Checksum": _("This is no such checksum.")})
    return Checksum(algorithm, digest)


def _told(request: Request) -> Told:
    for header in ("Upload-Defer-Length", "Upload-Concat"):
        if header in request.headers:
            raise UploadInvalid(fields={header: _("This is not spoken here.")})
    length = _number(request, "Upload-Length")
    if not length:
        raise UploadInvalid(fields={"Upload-Length": _("An empty file is no photo.")})
    metadata = request.headers.get("Upload-Metadata", "")
    told = _metadata(metadata)
    sha256 = told.get("sha256", "").lower()
    if sha256 and not _HASH.fullmatch(sha256):
        raise UploadInvalid(fields={"Upload-Metadata": _("sha256 is not one.")})
    return Told(
        length=length,
        entry=_uuid(told, "entry"),
        photo=_uuid(told, "photo"),
        device=device_of(request._request),
        sha256=sha256,
        type=(told.get("type") or told.get("filetype") or "")[:60],
        name=told.get("filename", "").replace("\0", "")[:120],
        metadata=metadata,
    )


def _metadata(header: str) -> dict[str, str]:
    wrong = UploadInvalid(fields={"Upload-Metadata": _("Names and base64, by commas.")})
    if len(header) > MOST_METADATA:
        raise wrong
    told = {}
    for pair in filter(None, header.split(",")):
        name, _space, encoded = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as e:
            raise wrong from e
    return told


def _uuid(told: dict[str, str], name: str) -> UUID | None:
    if name not in told:
        return None
    try:
        return UUID(told[name])
    except ValueError as e:
        raise UploadInvalid(fields={"Upload-Metadata": _("%s is no UUID.") % name}) from e
