"""The whole of a case as one file, streamed: nothing of it is larger in memory than a block."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from inspections import policy
from inspections.errors import NotYoursToSeal
from inspections.models import Case, SealedFile
from inspections.services.evidence import contents, manifest
from inspections.services.evidence.archive import Archive, Part, length_of
from inspections.services.evidence.manifest import Absent, Listed
from people.models import User


@dataclass(frozen=True, slots=True)
class Sealing:
    """What is about to be sent."""

    name: str
    length: int
    stream: Iterator[bytes]


def seal(case: Case, *, by: User) -> Sealing:
    """Noted before the first byte is sent, and completed after the last.

    All rows are read here, under the case's lock; the stream reads only files, and keeps no
    connection to the database from anybody. Raises NotYoursToSeal.
    """
    if not policy.may_seal(by, case.community_id):
        raise NotYoursToSeal
    at = timezone.now()
    with transaction.atomic():
        locked = Case.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "community", "estate", "company", "unit"
        )
        held = contents.of_case(locked.get(pk=case.pk), at=at, by=by)
    parts = sorted(held.parts.values(), key=lambda part: part.path)
    head = {
        "case": str(case.pk),
        "number": case.number,
        "sealed_at": at.isoformat(),
        "sealed_by": by.username,
    }
    length = _length(head, parts, held.absent)
    note = SealedFile.objects.create(case=case, by=by, at=at, files=len(parts), bytes=length)
    stream = _stream(note, head, parts, held.absent)
    return Sealing(f"case-{case.number}.zip", length, stream)


def closing(manifest_: bytes, listed: Sequence[Listed]) -> list[Part]:
    """What stands behind all that is listed."""
    bodies = (manifest_, manifest.sums(manifest_, listed), manifest.sealed(manifest_))
    return [Part.of(path, body) for path, body in zip(manifest.LAST, bodies, strict=True)]


def _stream(
    note: SealedFile, head: dict[str, Any], parts: Sequence[Part], absent: Sequence[Absent]
) -> Iterator[bytes]:
    if not connection.in_atomic_block:
        connection.close()
    archive, listed = Archive(note.at), []
    for part in parts:
        digest, blocks = archive.add(part)
        listed.append(Listed(part.path, part.length, digest, part.stated))
        yield from blocks
    told = manifest.written(head, listed, absent)
    for part in closing(told, listed):
        yield from archive.add(part)[1]
    yield from archive.end()
    note.manifest_sha256 = sha256(told).hexdigest()
    note.save(update_fields=["manifest_sha256"])


def _length(head: dict[str, Any], parts: Sequence[Part], absent: Sequence[Absent]) -> int:
    """A hash is as long as any other."""
    listed = [Listed(part.path, part.length, manifest.NO_HASH, part.stated) for part in parts]
    last = closing(manifest.written(head, listed, absent), listed)
    return length_of((part.path, part.length) for part in (*parts, *last))
