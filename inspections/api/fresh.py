"""Replies that are asked for again and again: told to be unchanged, or kept, or made."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from geo import tiles, writes
from geo.scope import Scope
from inspections import overview, reports

R = TypeVar("R", bound=HttpResponseBase)

# Another release may tell the same rows in another way.
_MAKERS = [
    Path(str(tiles.__file__)),
    *sorted(Path(str(reports.__file__)).parent.glob("*.py")),
    *sorted(Path(str(overview.__file__)).parent.rglob("*.py")),
    *sorted(Path(__file__).parent.rglob("*.py")),
]
_MADE_BY = blake2b(b"".join(each.read_bytes() for each in _MAKERS)).hexdigest()
# Smaller than this, a body fits into one packet anyway.
_WORTH_PACKING = 1400


class _Kept:
    """The bodies used last, by tag. Those of more than `gzip`'s worth are kept packed."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.bodies: OrderedDict[str, tuple[bytes, bool]] = OrderedDict()
        self.lock = Lock()

    def get(self, tag: str) -> tuple[bytes, bool] | None:
        with self.lock:
            if tag not in self.bodies:
                return None
            self.bodies.move_to_end(tag)
            return self.bodies[tag]

    def put(self, tag: str, body: bytes, packed: bool) -> None:
        with self.lock:
            if tag in self.bodies or len(body) > self.most:
                return
            self.bodies[tag] = body, packed
            self.size += len(body)
            while self.size > self.most:
                _, (oldest, _packed) = self.bodies.popitem(last=False)
                self.size -= len(oldest)


_kept = _Kept(settings.KEPT_BYTES)


def tag_of(scope: Scope, groups: Sequence[str], *asked: object) -> str:
    """Equal only for the same question by someone who sees the same, with nothing written since.

    `groups` are those of `geo.models.WriteCount` that the reply is made from.
    """
    counts = writes.counts(scope)
    told = (
        *(_MADE_BY, scope.fingerprint, timezone.localdate(), asked),
        *(counts.get(group) for group in groups),
    )
    return f'W/"{blake2b(repr(told).encode(), digest_size=16).hexdigest()}"'


def answer(
    request: HttpRequest, tag: str, content_type: str, make: Callable[[], bytes]
) -> HttpResponse:
    """304 where the asker has this already. `tag` is made before `make` reads anything."""
    return unless_had(request, tag, partial(_whole, request, tag, content_type, make))


def unless_had(
    request: HttpRequest, tag: str, make: Callable[[], R]
) -> R | HttpResponseNotModified:
    """As `answer`, of what is too large to be kept."""
    had = parse_etags(request.headers.get("If-None-Match", ""))
    # Weakly: a proxy that packs may have changed the mark before the tag.
    same = tag.removeprefix("W/") in (each.removeprefix("W/") for each in had)
    reply: R | HttpResponseNotModified = HttpResponseNotModified() if same else make()
    reply["ETag"] = tag
    reply["Cache-Control"] = "private, no-cache"
    patch_vary_headers(reply, ["Cookie", "Authorization", "Accept-Encoding"])
    return reply


def _whole(
    request: HttpRequest, tag: str, content_type: str, make: Callable[[], bytes]
) -> HttpResponse:
    kept = _kept.get(tag)
    if kept is None:
        body = make()
        packed = len(body) > _WORTH_PACKING
        kept = (gzip.compress(body, compresslevel=1, mtime=0) if packed else body), packed
        _kept.put(tag, *kept)
    body, packed = kept
    if packed and "gzip" not in request.headers.get("Accept-Encoding", ""):
        body, packed = gzip.decompress(body), False
    reply = HttpResponse(body, content_type=content_type)
    if packed:
        reply["Content-Encoding"] = "gzip"
    return reply
