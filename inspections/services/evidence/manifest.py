"""The list of what a sealed file holds, its chain and its seal: bytes in, bytes out.

Whoever has the file can compare every hash with the list, with no secret and no program of ours
(`sha256sum -c SHA256SUMS`). That the list is the one that this office sealed, only the office can
say: by its seal, made with the deployment's own secret, or by the hash that it noted.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import orjson
from django.conf import settings
from django.utils.crypto import salted_hmac

FORMAT = "xuntu-evidence/1"
MANIFEST, SUMS, SEAL = "manifest.json", "SHA256SUMS", "seal.json"
# Behind all that is listed, in this order.
LAST = (MANIFEST, SUMS, SEAL)
NO_HASH = "0" * 64
_SALT = "inspections.evidence.seal"


@dataclass(frozen=True, slots=True)
class Listed:
    """`stated`: the hash that a record or a move told of it when it was sent, "" where none did."""

    path: str
    bytes: int
    sha256: str
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """What belongs to the case and is not in the file; `why`: purged, waited_for or lost."""

    path: str
    bytes: int
    sha256: str
    why: str


def written(head: dict[str, Any], files: Sequence[Listed], absent: Sequence[Absent]) -> bytes:
    """The list, in canonical form."""
    told = head | {
        "format": FORMAT,
        "files": [asdict(each) for each in files],
        "absent": [asdict(each) for each in absent],
        "chain": chain(files),
    }
    return canonical(told)


def chain(files: Iterable[Listed]) -> str:
    """Each link has the one before it in its hash: no file changes its place, and none comes or
    goes, without every later link being another."""
    link = sha256(FORMAT.encode()).digest()
    for each in files:
        link = sha256(link + canonical(asdict(each))).digest()
    return link.hex()


def sums(manifest: bytes, files: Iterable[Listed]) -> bytes:
    """As sha256sum reads it."""
    lines = [(each.sha256, each.path) for each in files]
    lines.append((sha256(manifest).hexdigest(), MANIFEST))
    return "".join(f"{digest}  {path}\n" for digest, path in lines).encode()


def sealed(manifest: bytes) -> bytes:
    """The seal, by this deployment's secret."""
    return _seal(manifest, settings.SECRET_KEY)


def is_sealed_here(manifest: bytes, seal: bytes) -> bool:
    """By this deployment's secret, or an earlier one that it still knows."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_seal(manifest, secret), seal) for secret in secrets)


def canonical(told: Any) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)


def _seal(manifest: bytes, secret: str) -> bytes:
    made = salted_hmac(_SALT, manifest, secret, algorithm="sha256").hexdigest()
    return canonical(
        {
            "format": FORMAT,
            "manifest_sha256": sha256(manifest).hexdigest(),
            "method": "HMAC-SHA-256",
            "seal": made,
        }
    )
