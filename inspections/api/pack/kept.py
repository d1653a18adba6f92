"""Parts as files under their hash, so that a tablet on a bad line gets the very bytes it was
promised, from whichever web process and for some days."""

import gzip
import os
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from time import time

from django.conf import settings

KEPT_SECONDS = 3 * 24 * 3600
SAME_SECONDS = 24 * 3600
KEPT_BYTES = 2_000_000_000


def keep(body: bytes) -> tuple[str, int]:
    """Its hash, and how many bytes go over the line."""
    name = sha256(body).hexdigest()
    path = _path(name)
    try:
        os.utime(path)
        return name, path.stat().st_size
    except FileNotFoundError:
        pass
    packed = gzip.compress(body, compresslevel=4, mtime=0)
    _write(path, packed)
    return name, len(packed)


def told_before(tag: str, manifest: bytes) -> bytes:
    """The manifest told first of those with this tag, for a day: a cut fetch that is begun again
    goes on with what it was told. An older cursor only tells more."""
    path = _folder() / f"{tag}.json"
    try:
        if time() - path.stat().st_mtime < SAME_SECONDS:
            return path.read_bytes()
    except FileNotFoundError:
        pass
    _write(path, manifest)
    return manifest


def packed(name: str) -> bytes | None:
    try:
        return _path(name).read_bytes()
    except FileNotFoundError:
        return None


def forget() -> int:
    """Those that were not told of for days, and the oldest where there are too many; how many."""
    held = []
    for path in _folder().glob("*"):
        try:
            told = path.stat()
        except FileNotFoundError:
            continue
        held.append((told.st_mtime, told.st_size, path))
    gone, size, before = 0, 0, time() - KEPT_SECONDS
    for at, bytes_, path in sorted(held, reverse=True):
        size += bytes_
        if at < before or size > KEPT_BYTES:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(f".{token_hex(8)}")
    try:
        part.write_bytes(body)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "packs"
    return folder


def _path(name: str) -> Path:
    return _folder() / f"{name}.gz"
