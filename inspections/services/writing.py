"""Bytes from a line that may break at any moment onto a disk, and into the store when whole."""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from inspections.errors import BodyCutShort, ChecksumMismatch, UploadTooLarge
from inspections.models import Upload
from inspections.pictures.looking import Look, look
from inspections.services import originals, uploads
from inspections.services.photos import Held

# A line that breaks later than this loses no more than what came since.
SAFE_EVERY_BYTES = 1 << 20
SAFE_EVERY_S = 2.0
BLOCK = 1 << 16

# So many bytes at most; none at the end, or where the line broke.
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Checksum:
    algorithm: str
    digest: bytes


def from_line(read: Read) -> Read:
    """Some servers raise where a line breaks, others end the body: here it ends."""

    def until_it_breaks(n: int) -> bytes:
        try:
            return read(n)
        except OSError:
            return b""

    return until_it_breaks


def receive(
    upload: Upload, read: Read, *, promised: int | None, checksum: Checksum | None = None
) -> None:
    """Writes a chunk to an upload that the caller has claimed, and gives it back.

    What arrived before a cut stays, unless a checksum says that only the whole chunk counts.
    Raises UploadTooLarge, UploadLocked, ChecksumMismatch, BodyCutShort, NoRoom, or what is wrong
    with the whole.
    """
    try:
        if promised is not None and promised > upload.length - upload.offset:
            raise UploadTooLarge(most=upload.length - upload.offset)
        path = uploads.path_of(upload.pk)
        with originals.room(), _opened(path) as file:
            end = _copy(upload, read, file, promised, checksum)
            if end < upload.length:
                os.fsync(file.fileno())
        if end < upload.length:
            uploads.advance(upload, end, done=True)
        else:
            # Still ours: a silent writer that wakes up would find the file of another, or none.
            uploads.advance(upload, upload.offset)
            _keep(upload, path)
    except BaseException:
        uploads.release(upload)
        raise


def _opened(path: Path) -> BinaryIO:
    if path.exists():
        return path.open("r+b", buffering=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("x+b", buffering=0)
    originals.sync_folder(path.parent)
    return file


def _copy(
    upload: Upload, read: Read, file: BinaryIO, promised: int | None, checksum: Checksum | None
) -> int:
    """The offset after what counts of this chunk."""
    at = safe = upload.offset
    file.seek(at)
    digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
    said = time.monotonic()
    while block := read(BLOCK):
        if at + len(block) > upload.length:
            raise UploadTooLarge(most=upload.length)
        _write(file, block)
        at += len(block)
        if digest:
            digest.update(block)
        now = time.monotonic()
        if at < upload.length and (at - safe >= SAFE_EVERY_BYTES or now - said > SAFE_EVERY_S):
            if not checksum:
                os.fsync(file.fileno())
                safe = at
            uploads.advance(upload, safe)
            said = now
    if checksum and digest:
        if promised is not None and at - upload.offset < promised:
            raise BodyCutShort
        if digest.digest() != checksum.digest:
            raise ChecksumMismatch
    return at


def _write(file: BinaryIO, block: bytes) -> None:
    left = memoryview(block)
    while left:
        left = left[file.write(left) :]


def _keep(upload: Upload, path: Path) -> None:
    try:
        name, held = originals.keep(path, upload.length, lambda *told: _looked_at(upload, *told))
    except uploads.FINAL as refusal:
        uploads.refuse(upload, refusal)
        raise
    uploads.finish(upload, held(name))
    path.unlink(missing_ok=True)


def _looked_at(upload: Upload, sha256: str, file: Path) -> Callable[[str], Held]:
    uploads.check_hash(upload, sha256)
    seen: Look = look(file, upload.length)

    def held(name: str) -> Held:
        return Held(
            sha256=sha256,
            bytes=upload.length,
            original=name,
            type=seen.type,
            width=seen.width,
            height=seen.height,
            taken_at=seen.taken_at,
            location=seen.location,
        )

    return held
