"""Bytes on their way: begun, written, gone on with, and held when they are whole.

The row says how many bytes are safely on disk, and never more; the last of them are told only
when the whole is held as a photo.
"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone

from inspections.errors import (
    ChecksumMismatch,
    ExcludedGround,
    NoRoom,
    PhotoDiffers,
    PhotoTooLarge,
    PhotoType,
    PhotoUnreadable,
    Refusal,
    TooManyUploads,
    UploadGone,
    UploadLocked,
    UploadTooLarge,
    VideoTooLong,
    WrongOffset,
)
from inspections.models import Refused, Upload
from inspections.services import photos
from people.models import User

# What is wrong with the whole, and stays wrong however often it is sent.
FINAL: tuple[type[Refusal], ...] = (
    ChecksumMismatch,
    PhotoDiffers,
    PhotoTooLarge,
    PhotoType,
    PhotoUnreadable,
    UploadTooLarge,
    VideoTooLong,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a client says of a file before it sends it; all but the length may be missing."""

    length: int
    entry: UUID | None = None
    photo: UUID | None = None
    device: UUID | None = None
    sha256: str = ""
    type: str = ""
    name: str = ""
    metadata: str = ""


def most_bytes() -> int:
    return max(int(settings.PHOTO_MAX_BYTES), int(settings.VIDEO_MAX_BYTES))


def path_of(id: UUID) -> Path:
    folder: Path = settings.UPLOADS_DIR
    return folder / str(id)


def begin(told: Told, *, sender: User) -> Upload:
    """Finished at once where this sender brought these bytes before.

    Raises UploadTooLarge, PhotoDiffers, TooManyUploads or NoRoom; and ExcludedGround for a photo
    of a record that was refused for where it was made.
    """
    video = told.type.startswith("video/")
    most = settings.VIDEO_MAX_BYTES if video else settings.PHOTO_MAX_BYTES
    if told.length > most:
        raise UploadTooLarge(most=most)
    secret = Refused.objects.filter(sender=sender, code=ExcludedGround.code)
    if told.entry and secret.filter(entry=str(told.entry)).exists():
        raise ExcludedGround
    if told.sha256 and told.entry and told.photo:
        photos.check_named(sender=sender, entry=told.entry, photo=told.photo, sha256=told.sha256)
    with transaction.atomic():
        upload = Upload(
            sender=sender,
            device=told.device,
            entry=told.entry,
            photo=told.photo,
            sha256=told.sha256,
            type=told.type,
            name=told.name,
            metadata=told.metadata,
            length=told.length,
            expires_at=_expires(),
        )
        known = photos.held_by(sender, told.sha256) if told.sha256 else None
        if known and known.bytes == told.length:
            _hold(upload, photos.held_of(known))
        else:
            _check_room(told.length, sender)
            upload.save()
    return upload


def find(id: UUID, *, sender: User) -> Upload:
    """As it is on disk. Raises Upload.DoesNotExist, UploadGone, or what it was refused with."""
    upload = Upload.objects.get(pk=id, sender=sender)
    _check_open(upload)
    reconcile(upload)
    return upload


@transaction.atomic
def claim(id: UUID, at: int, *, sender: User) -> Upload:
    """To be written to by this caller alone, from that byte on; `release` gives it back.

    A writer whose line is silent for long loses it to the next. Raises as `find` does, and
    UploadLocked or WrongOffset.
    """
    upload = Upload.objects.select_for_update(no_key=True).get(pk=id, sender=sender)
    _check_open(upload)
    _check_unwritten(upload)
    reconcile(upload)
    if at != upload.offset:
        raise WrongOffset(offset=upload.offset)
    if upload.finished_at:
        return upload
    upload.writer, upload.written_at = uuid4(), timezone.now()
    upload.save(update_fields=["writer", "written_at", "offset"])
    return upload


def advance(upload: Upload, offset: int, *, done: bool = False) -> None:
    """So many bytes are safely on disk. Raises UploadLocked if another writer took over."""
    upload.offset, upload.expires_at = offset, _expires()
    written_at = None if done else timezone.now()
    mine = Upload.objects.filter(pk=upload.pk, writer=upload.writer)
    if not mine.update(
        offset=offset,
        expires_at=upload.expires_at,
        writer=None if done else upload.writer,
        written_at=written_at,
    ):
        raise UploadLocked


def release(upload: Upload) -> None:
    """Given back with nothing more written."""
    mine = Upload.objects.filter(pk=upload.pk, writer=upload.writer)
    mine.update(writer=None, written_at=None)


@transaction.atomic
def finish(upload: Upload, held: photos.Held) -> None:
    """Whole, and in the store: the last bytes are told together with the photo."""
    mine = Upload.objects.filter(pk=upload.pk, writer=upload.writer)
    # Nobody takes it over, or ends it, until this is written.
    if not mine.select_for_update(no_key=True).exists():
        raise UploadLocked
    _hold(upload, held)


def check_hash(upload: Upload, sha256: str) -> None:
    """Raises ChecksumMismatch or PhotoDiffers."""
    if upload.sha256 not in ("", sha256):
        raise ChecksumMismatch
    if upload.entry and upload.photo:
        photos.check_named(
            sender=upload.sender, entry=upload.entry, photo=upload.photo, sha256=sha256
        )


def refuse(upload: Upload, refusal: Refusal) -> None:
    """It was whole and can't be taken: told again whenever it is asked for, its bytes gone."""
    mine = Upload.objects.filter(pk=upload.pk, writer=upload.writer)
    if mine.update(problem=refusal.code, offset=0, writer=None, written_at=None):
        path_of(upload.pk).unlink(missing_ok=True)


def end(id: UUID, *, sender: User) -> None:
    """Terminated by its sender. What became a photo stays one."""
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=id, sender=sender)
        _check_unwritten(upload)
        upload.delete()
    path_of(id).unlink(missing_ok=True)


def forget_expired() -> int:
    """Those that nobody went on with, and files that belong to none; how many uploads went."""
    now = timezone.now()
    with transaction.atomic():
        old = Upload.objects.select_for_update(skip_locked=True).filter(expires_at__lt=now)
        gone = list(old.values_list("pk", flat=True))
        Upload.objects.filter(pk__in=gone).delete()
    for id in gone:
        path_of(id).unlink(missing_ok=True)
    _sweep()
    return len(gone)


def reconcile(upload: Upload) -> None:
    """The smaller of what the row says and what the disk has: a crash may come between."""
    if upload.finished_at or not upload.offset:
        return
    try:
        on_disk = path_of(upload.pk).stat().st_size
    except FileNotFoundError:
        on_disk = 0
    upload.offset = min(upload.offset, on_disk)


def _hold(upload: Upload, held: photos.Held) -> None:
    upload.sha256, upload.offset = held.sha256, upload.length
    upload.finished_at, upload.expires_at = timezone.now(), _expires()
    upload.writer = upload.written_at = None
    # A stock client may name neither: it is a photo all the same, its sender's alone.
    photo = upload.photo or upload.pk
    photos.hold(held, sender=upload.sender, entry=upload.entry or photo, photo=photo)
    upload.save()


def _check_open(upload: Upload) -> None:
    if upload.problem:
        raise next(each for each in FINAL if each.code == upload.problem)
    if upload.expires_at < timezone.now():
        raise UploadGone


def _check_unwritten(upload: Upload) -> None:
    silent = timedelta(seconds=settings.UPLOAD_SILENT_SECONDS)
    if upload.written_at and timezone.now() - upload.written_at < silent:
        raise UploadLocked


def _check_room(length: int, sender: User) -> None:
    # One at a time for a person: otherwise many at once would pass what one may begin.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=sender.pk)
    begun = Upload.objects.filter(
        sender=sender, finished_at=None, problem="", expires_at__gte=timezone.now()
    ).aggregate(n=Count("pk"), bytes=Sum("length"))
    n, total = begun["n"], (begun["bytes"] or 0) + length
    if n >= settings.UPLOADS_MAX_OPEN or total > settings.UPLOADS_MAX_OPEN_BYTES:
        raise TooManyUploads(uploads=n, bytes=begun["bytes"] or 0)
    folder: Path = settings.UPLOADS_DIR
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free - length < settings.DISK_KEPT_FREE_BYTES:
        raise NoRoom


def _sweep() -> None:
    """A file older than any upload may be, whose row was never written or is gone."""
    folder: Path = settings.UPLOADS_DIR
    if not folder.exists():
        return
    oldest = (timezone.now() - timedelta(days=1)).timestamp()
    files = {each.name: each for each in folder.iterdir() if each.stat().st_mtime < oldest}
    known = {str(id) for id in Upload.objects.values_list("pk", flat=True)}
    for name in files.keys() - known:
        files[name].unlink(missing_ok=True)


def _expires() -> datetime:
    return timezone.now() + timedelta(hours=settings.UPLOAD_EXPIRES_HOURS)
