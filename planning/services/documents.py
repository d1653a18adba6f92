"""Papers and photos about a proposed site: believed once they were opened, kept for good."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pypdfium2
from django.conf import settings
from django.db import IntegrityError, transaction
from PIL import Image

from inspections.errors import BodyCutShort, LengthRequired
from inspections.services import originals
from people.models import User
from planning import policy
from planning.errors import (
    DocumentRefused,
    DocumentTooLarge,
    MadeDifferently,
    NotYoursToPlan,
    TooManyDocuments,
)
from planning.life import Part
from planning.models import Document, Proposal

PDF = "application/pdf"
_PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
FOLDER = "documents"
LONGEST_NAME = 120
_BLOCK = 1 << 16

# So many bytes at most; none at the end.
Read = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file is, by opening it."""

    sha256: str
    type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def add_document(
    *, id: UUID, proposal: Proposal, name: str, read: Read, promised: int | None, by: User
) -> tuple[Document, bool]:
    """The document, and whether this sending brought it: the same bytes again are answered the
    same. Whatever becomes of the proposal, it is kept.

    Raises NotYoursToPlan, LengthRequired, DocumentTooLarge, BodyCutShort, DocumentRefused,
    TooManyDocuments, MadeDifferently, NoRoom.
    """
    if not policy.parts_in(by, proposal) & {Part.PLANNER, Part.APPROVER}:
        raise NotYoursToPlan
    if promised is None:
        raise LengthRequired
    if promised > settings.DOCUMENT_MAX_BYTES:
        raise DocumentTooLarge(most=settings.DOCUMENT_MAX_BYTES)
    settings.UPLOADS_DIR.mkdir(parents=True, exist_ok=True)
    with originals.room(), tempfile.NamedTemporaryFile(dir=settings.UPLOADS_DIR) as part:
        while block := read(_BLOCK):
            part.write(block)
            if part.tell() > promised:
                raise BodyCutShort
        part.flush()
        if part.tell() != promised:
            raise BodyCutShort
        file, seen = originals.keep(Path(part.name), promised, opened, folder=FOLDER)
    row = Document(
        id=id,
        proposal=proposal,
        name=_plain(name, seen.type),
        type=seen.type,
        bytes=promised,
        sha256=seen.sha256,
        file=file,
        width=seen.width,
        height=seen.height,
        pages=seen.pages,
        by=by,
    )
    return _kept(row)


def opened(sha256: str, file: Path) -> Seen:
    """Raises DocumentRefused, DocumentTooLarge."""
    with file.open("rb") as source:
        beginning = source.read(8)
    if beginning.startswith(b"%PDF-"):
        return _pdf(sha256, file)
    if beginning.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _picture(sha256, file)
    raise DocumentRefused


def _pdf(sha256: str, file: Path) -> Seen:
    try:
        document = pypdfium2.PdfDocument(file)
        try:
            pages = len(document)
            # A page that can't be laid out is not there for whoever opens it.
            for n in range(pages):
                document[n].close()
        finally:
            document.close()
    except pypdfium2.PdfiumError as e:
        raise DocumentRefused from e
    if not pages:
        raise DocumentRefused
    return Seen(sha256, PDF, pages=pages)


def _picture(sha256: str, file: Path) -> Seen:
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            width, height = image.size
            if width * height > settings.DOCUMENT_MAX_PIXELS:
                raise DocumentTooLarge(most=settings.DOCUMENT_MAX_PIXELS)
            # A file that was cut tells so only when it is decoded.
            image.load()
            return Seen(sha256, _PICTURES[image.format or ""], width=width, height=height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise DocumentTooLarge(most=settings.DOCUMENT_MAX_PIXELS) from e
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as e:
        raise DocumentRefused from e


def _kept(row: Document) -> tuple[Document, bool]:
    known = _known(row)
    if known:
        return known, False
    try:
        with transaction.atomic():
            # One after the other: of two at once, the second counts the first.
            Proposal.objects.select_for_update(no_key=True).get(pk=row.proposal_id)
            if row.proposal.documents.count() >= settings.DOCUMENTS_MAX:
                raise TooManyDocuments(most=settings.DOCUMENTS_MAX)
            row.save(force_insert=True)
    except IntegrityError:
        known = _known(row)
        if known is None:
            raise
        return known, False
    return row, True


def _known(row: Document) -> Document | None:
    known = Document.objects.filter(pk=row.pk).first()
    asked = (row.proposal_id, row.sha256, row.by_id)
    if known and (known.proposal_id, known.sha256, known.by_id) != asked:
        raise MadeDifferently
    return known


def _plain(name: str, type: str) -> str:
    """No folders, nothing that can't be seen, and the ending that it is."""
    last = re.split(r"[/\\]", name)[-1]
    stem = "".join(each for each in last if each.isprintable()).strip(" .")
    for ending in (*ENDINGS.values(), ".jpeg"):
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)].rstrip(" .")
    ending = ENDINGS[type]
    return (stem[: LONGEST_NAME - len(ending)] or "document") + ending
