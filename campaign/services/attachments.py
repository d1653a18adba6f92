"""Attachments: believed once they were opened, kept for good under their own hash."""

import zipfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from campaign import policy
from campaign.errors import (
    AttachedDifferently,
    AttachmentRefused,
    AttachmentTooLarge,
    NotYoursToAttach,
    TooManyLooseAttachments,
)
from campaign.models import Attachment
from inspections.services import brought
from people.models import User

FOLDER = "attachments"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
ENDINGS = brought.ENDINGS | {XLSX: ".xlsx", DOCX: ".docx", ODS: ".ods", CSV: ".csv"}
_OTHERS = (*ENDINGS.values(), ".jpeg")
# What only a workbook has, and only a letter.
_OFFICE = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
# Those that begin by themselves when the file is opened.
_MACROS = "vbaproject.bin"


def attach(
    *, id: UUID, name: str, read: brought.Read, promised: int | None, by: User
) -> tuple[Attachment, bool]:
    """The attachment, and whether this sending brought it: the same bytes again are answered the
    same.

    Raises NotYoursToAttach, LengthRequired, AttachmentTooLarge, BodyCutShort, AttachmentRefused,
    TooManyLooseAttachments, AttachedDifferently, NoRoom.
    """
    if not policy.may_attach(by):
        raise NotYoursToAttach
    loose = Attachment.objects.loose().filter(by=by).exclude(pk=id).count()
    if loose >= settings.ATTACHMENTS_MAX_LOOSE:
        raise TooManyLooseAttachments(most=settings.ATTACHMENTS_MAX_LOOSE)
    file, length, (sha256, media_type) = brought.receive(
        read,
        promised,
        _opened,
        folder=FOLDER,
        too_large=lambda: AttachmentTooLarge(most=settings.DOCUMENT_MAX_BYTES),
    )
    row = Attachment(
        id=id,
        name=brought.plain_name(name, ENDINGS[media_type], _OTHERS),
        media_type=media_type,
        size=length,
        sha256=sha256,
        file=file,
        by=by,
    )
    known = _known(row)
    if known:
        return known, False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # Of two at once, the other was faster.
        known = _known(row)
        if known is None:
            raise
        return known, False
    return row, True


def _known(row: Attachment) -> Attachment | None:
    known = Attachment.objects.filter(pk=row.pk).first()
    if known and (known.sha256, known.by_id) != (row.sha256, row.by_id):
        raise AttachedDifferently
    return known


def _opened(sha256: str, file: Path) -> tuple[str, str]:
    """Its hash, and its type by its bytes. Raises AttachmentRefused, AttachmentTooLarge."""
    begins = brought.beginning(file)
    if begins.startswith(b"PK\x03\x04"):
        return sha256, _office(file)
    if not brought.is_paper_or_picture(begins):
        if _is_text(file):
            return sha256, CSV
        raise AttachmentRefused
    try:
        return sha256, brought.paper_or_picture(sha256, file).type
    except brought.TooManyPixels as e:
        raise AttachmentTooLarge(most=settings.DOCUMENT_MAX_PIXELS) from e
    except brought.NotOpened as e:
        raise AttachmentRefused from e


def _office(file: Path) -> str:
    """Only its list of contents is read: nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(each.lower().endswith(_MACROS) for each in names):
                raise AttachmentRefused
            told = archive.getinfo("mimetype").file_size if "mimetype" in names else 0
            if told == len(ODS) and archive.read("mimetype") == ODS.encode():
                return ODS
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as e:
        raise AttachmentRefused from e
    for part, media_type in _OFFICE.items():
        if part in names:
            return media_type
    raise AttachmentRefused


def _is_text(file: Path) -> bool:
    """In UTF-8 or GB18030, with nothing in it that no table has."""
    body = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return bool(text.strip()) and not any(
            each < " " and each not in "\t\r\n" for each in set(text)
        )
    return False
