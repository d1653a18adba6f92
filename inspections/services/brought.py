"""Files that people bring: received whole or not at all, and believed once they were opened."""

import re
import tempfile
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pypdfium2
from django.conf import settings
from PIL import Image

from inspections.errors import BodyCutShort, LengthRequired, Refusal
from inspections.services import originals

PDF = "application/pdf"
_PICTURES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png"}
_PICTURES_BEGIN = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
ENDINGS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
LONGEST_NAME = 120
_BLOCK = 1 << 16

# So many bytes at most; none at the end.
Read = Callable[[int], bytes]
T = TypeVar("T")


class NotOpened(Exception):
    """It is damaged, or of no type that is taken."""


class TooManyPixels(Exception):
    """More than `DOCUMENT_MAX_PIXELS`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file is, by opening it."""

    sha256: str
    type: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


def receive(
    read: Read,
    promised: int | None,
    look: Callable[[str, Path], T],
    *,
    folder: str,
    too_large: Callable[[], Refusal],
) -> tuple[str, int, T]:
    """Its name in the store, its bytes, and what `look` says of it. Where `look` raises, nothing
    is kept. Raises LengthRequired, BodyCutShort, NoRoom, or what is made of too large a file."""
    if promised is None:
        raise LengthRequired
    if promised > settings.DOCUMENT_MAX_BYTES:
        raise too_large()
    settings.UPLOADS_DIR.mkdir(parents=True, exist_ok=True)
    with originals.room(), tempfile.NamedTemporaryFile(dir=settings.UPLOADS_DIR) as part:
        while block := read(_BLOCK):
            part.write(block)
            if part.tell() > promised:
                raise BodyCutShort
        part.flush()
        if part.tell() != promised:
            raise BodyCutShort
        file, seen = originals.keep(Path(part.name), promised, look, folder=folder)
    return file, promised, seen


def beginning(file: Path) -> bytes:
    with file.open("rb") as source:
        return source.read(8)


def is_paper_or_picture(begins: bytes) -> bool:
    """By its first bytes, whether or not it can be opened."""
    return begins.startswith((b"%PDF-", *_PICTURES_BEGIN))


def paper_or_picture(sha256: str, file: Path) -> Seen:
    """Raises NotOpened, TooManyPixels."""
    begins = beginning(file)
    if begins.startswith(b"%PDF-"):
        return _pdf(sha256, file)
    if begins.startswith(_PICTURES_BEGIN):
        return _picture(sha256, file)
    raise NotOpened


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
        raise NotOpened from e
    if not pages:
        raise NotOpened
    return Seen(sha256, PDF, pages=pages)


def _picture(sha256: str, file: Path) -> Seen:
    try:
        with Image.open(file, formats=["JPEG", "PNG"]) as image:
            width, height = image.size
            if width * height > settings.DOCUMENT_MAX_PIXELS:
                raise TooManyPixels
            # A file that was cut tells so only when it is decoded.
            image.load()
            return Seen(sha256, _PICTURES[image.format or ""], width=width, height=height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise TooManyPixels from e
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as e:
        raise NotOpened from e


def plain_name(name: str, ending: str, others: Collection[str] = ()) -> str:
    """No folders, nothing that can't be seen, and the ending that it is; one of `others` is taken
    off."""
    last = re.split(r"[/\\]", name)[-1]
    stem = "".join(each for each in last if each.isprintable()).strip(" .")
    for each in (*others, ending):
        if stem.lower().endswith(each):
            stem = stem[: -len(each)].rstrip(" .")
    return (stem[: LONGEST_NAME - len(ending)] or "document") + ending
