"""A tablet's rescue file: what it held and could not send, taken in as if it had been sent."""

import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from inspections.errors import Refusal, RescueUnreadable, Waits
from inspections.services import uploads, writing
from inspections.services.arrivals import take
from inspections.services.entry_types import added_types
from inspections.services.outcomes import Outcome
from inspections.services.sent import INSPECTION, MOVE, PROPOSAL, Sent
from inspections.services.uploads import Told
from people.models import User

MOST_MEMBERS = 100_000
MOST_MANIFEST_BYTES = 100_000_000
_BLOCK = 1 << 20
_DRIVE = re.compile("[A-Za-z]:")

T = TypeVar("T")
Watch = Callable[[Sequence[T], str], Iterable[T]]


@dataclass(slots=True)
class Loaded:
    """How many entries and photos came to what; every one that was not taken, with the reason."""

    person: User
    entries: Counter[str] = field(default_factory=Counter)
    photos: Counter[str] = field(default_factory=Counter)
    bad: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Photo:
    id: UUID
    sha256: str
    bytes: int
    file: str


@dataclass(frozen=True, slots=True)
class _Entry:
    sent: Sent
    photos: list[_Photo]


class _Bad(Exception):
    """Of one entry or photo: why it can't be taken."""


def load(path: Path, *, dry_run: bool = False, watch: Watch[Any] = lambda all, _: all) -> Loaded:
    """As the person it names. Again is harmless. What is bad in it holds up nothing else.

    Raises RescueUnreadable where it is no whole rescue file, or its names lead out of it.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        loaded = Loaded(_person(manifest))
        device = _uuid(manifest.get("device"))
        told = manifest["entries"]
        for one in watch(told, _("entries")):
            with _named(loaded, one, _("entry")):
                entry = _entry(archive, one, device)
                loaded.entries[_taken(entry, loaded, dry_run=dry_run)] += 1
                for photo in entry.photos:
                    with _named(loaded, {"id": photo.id}, _("photo")):
                        loaded.photos[_held(archive, entry, photo, loaded.person, dry_run)] += 1
    return loaded


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) > MOST_MEMBERS or len(set(names)) < len(names):
                raise RescueUnreadable(why=_("too many files in it, or two of one name"))
            for name in names:
                where = PurePosixPath(name.replace("\\", "/"))
                if where.is_absolute() or ".." in where.parts or _DRIVE.match(name):
                    raise RescueUnreadable(why=_("“%s” leads out of it") % name[:100])
            yield archive
    except (zipfile.BadZipFile, OSError, NotImplementedError) as e:
        raise RescueUnreadable(why=str(e)) from e


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(_read(archive, "manifest.json", MOST_MANIFEST_BYTES))
    except (_Bad, ValueError, RecursionError) as e:
        raise RescueUnreadable(why=f"manifest.json: {e}") from e
    if not isinstance(manifest, dict) or not isinstance(manifest.get("entries"), list):
        raise RescueUnreadable(why=_("manifest.json names no entries"))
    return manifest


def _person(manifest: dict[str, Any]) -> User:
    told = manifest.get("person")
    person = User.objects.filter(pk=told).first() if type(told) is int else None
    if person is None:
        raise RescueUnreadable(why=_("the person that it names is not known here"))
    return person


@contextmanager
def _named(loaded: Loaded, told: Any, what: str) -> Iterator[None]:
    id = told.get("id") if isinstance(told, dict) else None
    try:
        yield
    except _Bad as e:
        loaded.bad.append(f"{what} {str(id)[:60]}: {e}")
    except Refusal as refusal:
        loaded.bad.append(f"{what} {str(id)[:60]}: {refusal.message} ({refusal.code})")


def _entry(archive: zipfile.ZipFile, told: Any, device: UUID | None) -> _Entry:
    id = _uuid(told.get("id")) if isinstance(told, dict) else None
    type = told.get("type", INSPECTION) if isinstance(told, dict) else None
    if id is None or type not in _types():
        raise _Bad(_("it has no id, or no type that is known here"))
    name = told.get("file", f"entries/{id}.json")
    body = _read(archive, name, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if sha256(body).hexdigest() != told.get("sha256"):
        raise _Bad(_("its content is not what its hash says"))
    photos = told.get("photos", [])
    if not isinstance(photos, list):
        raise _Bad(_("its photos can't be read"))
    sent = Sent(id, body, type=type, told_device=device)
    return _Entry(sent, [_photo(each) for each in photos])


def _types() -> set[str]:
    return {INSPECTION, PROPOSAL, MOVE, *(each.name for each in added_types())}


def _photo(told: Any) -> _Photo:
    id = _uuid(told.get("id")) if isinstance(told, dict) else None
    if id is None or not isinstance(told.get("sha256"), str) or type(told.get("bytes")) is not int:
        raise _Bad(_("its photos can't be read"))
    return _Photo(id, told["sha256"], told["bytes"], told.get("file", f"photos/{id}"))


def _taken(entry: _Entry, loaded: Loaded, *, dry_run: bool) -> str:
    outcome = _outcome(entry.sent, loaded.person, dry_run=dry_run)
    if isinstance(outcome, Waits):
        return "waits"
    if isinstance(outcome, Refusal):
        why = f"{outcome.message} ({outcome.code}) {_details(outcome)}".strip()
        loaded.bad.append(f"{_('entry')} {entry.sent.id}: {why}")
        return "refused"
    return "recorded" if outcome.now else "known"


def _outcome(sent: Sent, person: User, *, dry_run: bool) -> Outcome:
    try:
        if not dry_run:
            return take([sent], sender=person)[0]
        with transaction.atomic():
            (outcome,) = take([sent], sender=person)
            transaction.set_rollback(True)
    except DatabaseError as e:
        raise _Bad(str(e)) from e
    return outcome


def _details(refusal: Refusal) -> str:
    return json.dumps(refusal.details, ensure_ascii=False, default=str) if refusal.details else ""


def _held(
    archive: zipfile.ZipFile, entry: _Entry, photo: _Photo, person: User, dry_run: bool
) -> str:
    """By the way of every upload, so that it comes to the same."""
    info = _info(archive, photo.file)
    if info.file_size != photo.bytes:
        raise _Bad(_("it is not as long as it says"))
    types = {each.get("id"): each.get("type") for each in _photos_of(entry.sent)}
    with archive.open(info) as member:
        if dry_run:
            _check(member, photo)
            return "held"
        upload = uploads.begin(
            Told(
                length=photo.bytes,
                entry=entry.sent.id,
                photo=photo.id,
                device=entry.sent.device,
                sha256=photo.sha256,
                type=str(types.get(str(photo.id), "")),
            ),
            sender=person,
        )
        if upload.finished_at:
            return "known"
        upload = uploads.claim(upload.pk, 0, sender=person)
        try:
            writing.receive(upload, member.read, promised=photo.bytes)
        except zipfile.BadZipFile as e:
            raise _Bad(str(e)) from e
    return "held"


def _check(member: Any, photo: _Photo) -> None:
    digest, left = sha256(), photo.bytes
    try:
        while block := member.read(_BLOCK):
            left -= len(block)
            digest.update(block)
    except (zipfile.BadZipFile, EOFError) as e:
        raise _Bad(str(e)) from e
    if left or digest.hexdigest() != photo.sha256:
        raise _Bad(_("its content is not what its hash says"))


def _photos_of(sent: Sent) -> list[dict[str, Any]]:
    named = sent.told.get("photos")
    return [each for each in named if isinstance(each, dict)] if isinstance(named, list) else []


def _info(archive: zipfile.ZipFile, name: object) -> zipfile.ZipInfo:
    try:
        return archive.getinfo(str(name))
    except KeyError as e:
        raise _Bad(_("“%s” is not in the file") % str(name)[:100]) from e


def _read(archive: zipfile.ZipFile, name: object, most: int) -> bytes:
    """A file of it that is not too large, whatever its header says."""
    try:
        with archive.open(_info(archive, name)) as member:
            content = member.read(most + 1)
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as e:
        raise _Bad(str(e)) from e
    if len(content) > most:
        raise _Bad(_("it is larger than a record may be"))
    return content


def _uuid(told: object) -> UUID | None:
    try:
        return UUID(told) if isinstance(told, str) else None
    except ValueError:
        return None
