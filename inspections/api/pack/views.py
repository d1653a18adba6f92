"""The pack's addresses."""

import gzip
from collections.abc import Collection
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from geo import basemap
from geo.models import Community
from inspections import policy, reports, services
from inspections.api import layers, lists, serializers
from inspections.api.filters import Told
from inspections.api.layers import COMMUNITY
from inspections.api.pack import changed, kept, parts
from inspections.api.pack.schema import Manifest, Part
from inspections.api.pack.snapshot import Cursor, digest, reading
from inspections.api.schema import problems
from inspections.errors import CommunityNotFound, PackChanged
from people.api.authentication import person
from people.models import User

SINCE = OpenApiParameter("since", str, description=_("the cursor of the pack that one has"))
# Another release may tell the same rows in another way: then all is told anew.
_MADE_BY = digest(
    *(
        Path(str(each)).read_bytes()
        for each in (
            *sorted(Path(__file__).parent.glob("*.py")),
            *(module.__file__ for module in (layers, lists, serializers, reports.rounds)),
        )
    )
)


class Pack(APIView):
    @extend_schema(
        operation_id="pack_get",
        tags=["pack"],
        parameters=[COMMUNITY, SINCE],
        responses={200: Manifest, **problems(400, 401, 404)},
    )
    def get(self, request: Request) -> HttpResponse:
        """What an inspector needs offline, of these communities or of all that one sees: where
        each part is fetched, and how large it is. With `since`, what changed."""
        user, told = person(request), Told(request.query_params)
        communities = told.numbers("community")
        had = Cursor.read(told.text("since"))
        told.nothing_else({"community", "since"})
        told.check()
        manifest, tag = _made(user, _seen(user, communities), had)
        reply = get_conditional_response(request._request, etag=quote_etag(tag))
        if reply is None:
            body = kept.told_before(tag, orjson.dumps(manifest, option=orjson.OPT_UTC_Z))
            reply = HttpResponse(body, content_type="application/json")
        reply["ETag"] = quote_etag(tag)
        reply["Cache-Control"] = "private, no-cache"
        patch_vary_headers(reply, ["Cookie", "Authorization"])
        return reply


class PackPart(APIView):
    @extend_schema(
        operation_id="pack_part_get",
        tags=["pack"],
        parameters=[OpenApiParameter("seal", str, description=_("as the manifest has it"))],
        responses={200: Part, **problems(401, 410)},
    )
    def get(self, request: Request, sha256: str) -> HttpResponse:
        """One part: the bytes of that hash, for whom it was made as long as they see the same."""
        seal = request.query_params.get("seal", "")
        same = constant_time_compare(seal, _seal(person(request), sha256))
        body = kept.packed(sha256) if same else None
        if body is None:
            raise PackChanged
        reply = _body(request._request, body)
        reply["ETag"] = quote_etag(sha256)
        reply["Cache-Control"] = f"private, max-age={kept.KEPT_SECONDS}, immutable"
        patch_vary_headers(reply, ["Cookie", "Authorization", "Accept-Encoding"])
        return reply


def _seen(user: User, asked: Collection[int]) -> list[int]:
    """Raises CommunityNotFound naming those that are not seen."""
    seen = Community.objects.visible_to(user)
    if not asked:
        return sorted(seen.current().values_list("pk", flat=True))
    known = set(seen.filter(pk__in=asked).values_list("pk", flat=True))
    if missing := sorted(set(asked) - known):
        raise CommunityNotFound(communities=missing)
    return sorted(known)


def _made(user: User, communities: list[int], had: Cursor | None) -> tuple[dict[str, Any], str]:
    """And its tag, which is equal as long as there is nothing else to fetch."""
    published = services.published_kinds()
    checks = policy.scope_of_checks(user).fingerprint
    fit = digest(user.pk, user.scope.fingerprint, checks, communities, _MADE_BY)
    with reading() as now:
        since = had if had and had.leads_to(now, fit) else None
        ids = changed.since(since.snapshot, now, communities) if since else None
        bodies = list(parts.register(user, communities, ids))
        photos: dict[str, int] = {}
        for name, rows in (("findings", parts.findings), ("rechecks", parts.rechecks)):
            found, shown = rows(user, communities, ids)
            bodies += [(name, each) for each in found]
            photos |= shown
        wholes = list(parts.wholes(user, communities, published))
    tags = {name: blake2b(body, digest_size=6).hexdigest() for name, body in wholes}
    known = since.wholes if since and ids is not None else {}
    bodies += [each for each in wholes if known.get(each[0]) != tags[each[0]]]
    told = [_told(user, name, body) for name, body in bodies]
    manifest = {
        "cursor": str(Cursor(now.database, fit, now.snapshot, now.at, tags)),
        "at": datetime.fromtimestamp(now.at, UTC),
        "full": ids is None,
        "communities": communities,
        "bytes": sum(each["bytes"] for each in told),
        "packed": sum(each["packed"] for each in told),
        "parts": told,
        "basemap": basemap.told(),
        "photos": {"count": len(photos), "bytes": sum(photos.values())},
    }
    lasting = {name: each for name, each in manifest.items() if name not in {"cursor", "at"}}
    return manifest, digest(now.database, fit, str(since), orjson.dumps(lasting))


def _told(user: User, name: str, body: bytes) -> dict[str, Any]:
    sha256, packed = kept.keep(body)
    return {
        "name": name,
        "url": f"/api/v1/pack/parts/{sha256}/?seal={_seal(user, sha256)}",
        "bytes": len(body),
        "packed": packed,
        "sha256": sha256,
    }


def _seal(user: User, sha256: str) -> str:
    """Only who was told of a part may fetch it, and only while they see what they saw then."""
    told = f"{user.pk} {user.scope.fingerprint} {sha256}"
    return salted_hmac("inspections.api.pack", told, algorithm="sha256").hexdigest()[:32]


def _body(request: HttpRequest, packed: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed), content_type="application/json")
    reply = HttpResponse(packed, content_type="application/json")
    reply["Content-Encoding"] = "gzip"
    return reply
