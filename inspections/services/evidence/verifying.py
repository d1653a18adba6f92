"""Is a sealed file as it was sealed? Every hash from the file alone; nothing of the database."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

import orjson

from inspections.services.evidence import manifest
from inspections.services.evidence.archive import Archive, Part
from inspections.services.evidence.manifest import LAST, MANIFEST, SEAL, SUMS, Absent, Listed

BLOCK = 1 << 20
# A list of a hundred thousand files is shorter.
MOST_LISTED_BYTES = 50_000_000


@dataclass(slots=True)
class Verdict:
    """What is wrong, by the paths it is wrong of. `unlike_record`: as it was sealed, and yet not
    what the record or the move said of it when it was sent."""

    case: str = ""
    number: int | None = None
    sealed_at: str = ""
    sealed_by: str = ""
    manifest_sha256: str = ""
    files: int = 0
    differs: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    unlike_record: list[str] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)
    order_kept: bool = True
    packed_anew: bool = False
    sealed_here: bool = False
    unreadable: str = ""

    @property
    def whole(self) -> bool:
        """All that is listed is there as it is listed, and nothing else."""
        wrong = self.differs or self.missing or self.added or self.unlike_record
        return not wrong and self.order_kept and not self.packed_anew and not self.unreadable


def verify(path: Path) -> Verdict:
    verdict = Verdict()
    try:
        with ZipFile(path) as archive:
            told, files = _read(archive, verdict)
            if verdict.whole:
                verdict.packed_anew = _written_again(archive, told, files) != _hash_of(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as e:
        verdict.unreadable = str(e) or type(e).__name__
    return verdict


class _Unreadable(ValueError):
    pass


def _read(archive: ZipFile, verdict: Verdict) -> tuple[dict[str, Any], list[Listed]]:
    infos = archive.infolist()
    if archive.comment:
        verdict.added.append("(comment)")
    known = {info.filename: info for info in infos}
    verdict.added += sorted(
        name for name, n in Counter(each.filename for each in infos).items() if n > 1
    )
    if MANIFEST not in known:
        verdict.missing.append(MANIFEST)
        raise _Unreadable(MANIFEST)
    body = _small(archive, known[MANIFEST])
    told, files = _listed(body)
    verdict.manifest_sha256 = sha256(body).hexdigest()
    verdict.case, verdict.number = str(told.get("case", "")), told.get("number")
    verdict.sealed_at, verdict.sealed_by = str(told.get("sealed_at")), str(told.get("sealed_by"))
    verdict.files = len(files)
    verdict.absent = [Absent(**each) for each in told.get("absent", [])]
    paths = [each.path for each in files]
    verdict.missing += [path for path in (*paths, *LAST) if path not in known]
    verdict.added += [name for name in known if name not in {*paths, *LAST}]
    # The list itself: in canonical form, linked in its own order, and the files stand in it.
    if body != manifest.canonical(told) or told.get("chain") != manifest.chain(files):
        verdict.differs.append(MANIFEST)
    there = [each.filename for each in infos]
    verdict.order_kept = [each for each in there if each in {*paths, *LAST}] == [
        path for path in (*paths, *LAST) if path in known
    ]
    for each in files:
        if each.path in known:
            _check(archive, known[each.path], each, verdict)
    _check_last(archive, known, body, files, verdict)
    return told, files


def _written_again(archive: ZipFile, told: dict[str, Any], files: Sequence[Listed]) -> str:
    """The hash of the archive that these files make: another, where anything was changed between
    them, or put before or behind them."""
    made, digest = Archive(datetime.fromisoformat(told["sealed_at"])), sha256()
    sizes = [(each.path, each.bytes) for each in files]
    sizes += [(path, archive.getinfo(path).file_size) for path in LAST]
    for path, size in sizes:
        for block in made.add(Part(path, size, partial(archive.open, path)))[1]:
            digest.update(block)
    for block in made.end():
        digest.update(block)
    return digest.hexdigest()


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _check(archive: ZipFile, info: ZipInfo, each: Listed, verdict: Verdict) -> None:
    digest, length = sha256(), 0
    try:
        with archive.open(info) as source:
            while block := source.read(BLOCK):
                length += len(block)
                # Nothing is unpacked without an end.
                if length > each.bytes:
                    break
                digest.update(block)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError):
        length = -1
    if (length, digest.hexdigest()) != (each.bytes, each.sha256):
        verdict.differs.append(each.path)
    elif each.stated not in ("", each.sha256):
        verdict.unlike_record.append(each.path)


def _check_last(
    archive: ZipFile,
    known: dict[str, ZipInfo],
    body: bytes,
    files: Iterable[Listed],
    verdict: Verdict,
) -> None:
    if SUMS in known and _small(archive, known[SUMS]) != manifest.sums(body, files):
        verdict.differs.append(SUMS)
    if SEAL in known:
        verdict.sealed_here = manifest.is_sealed_here(body, _small(archive, known[SEAL]))


def _listed(body: bytes) -> tuple[dict[str, Any], list[Listed]]:
    try:
        told = orjson.loads(body)
        if told.get("format") != manifest.FORMAT:
            raise _Unreadable(MANIFEST)
        return told, [Listed(**each) for each in told["files"]]
    except (ValueError, TypeError, KeyError, AttributeError) as e:
        raise _Unreadable(MANIFEST) from e


def _small(archive: ZipFile, info: ZipInfo) -> bytes:
    """Raises _Unreadable for what is too long to be a list, or damaged."""
    with archive.open(info) as source:
        try:
            body = source.read(MOST_LISTED_BYTES + 1)
        except (BadZipFile, OSError) as e:
            raise _Unreadable(info.filename) from e
    if len(body) > MOST_LISTED_BYTES:
        raise _Unreadable(info.filename)
    return body
