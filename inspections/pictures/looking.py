"""What a file is: by its own first bytes and a library that reads it, never by its name.

Only headers are read here, whatever the size of the picture: a web process can afford it. The
whole is decoded by the worker.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import av
import pillow_heif
from django.conf import settings
from PIL import Image

from inspections.errors import (
    PhotoTooLarge,
    PhotoType,
    PhotoUnreadable,
    UploadTooLarge,
    VideoTooLong,
)
from inspections.pictures import stamps

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = settings.PHOTO_MAX_PIXELS

TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # with a second picture behind the first
    "PNG": "image/png",
    "WEBP": "image/webp",
    "HEIF": "image/heic",
}
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/webm": "webm",
}
VIDEOS = ("video/mp4", "video/quicktime", "video/webm")
# MOV and MP4 begin with the length of a box and one of these.
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SLACK_S = 1  # a recorder that is told to stop at 60 s stops a moment later

File = Path | IO[bytes]


@dataclass(frozen=True, slots=True)
class Look:
    """`taken_at` and `location` (longitude, latitude) are as the file itself tells them."""

    type: str
    width: int
    height: int
    taken_at: datetime | None = None
    location: tuple[float, float] | None = None

    @property
    def is_video(self) -> bool:
        return self.type in VIDEOS


def look(file: File, size: int) -> Look:
    """Raises PhotoType, PhotoUnreadable, PhotoTooLarge, VideoTooLong or UploadTooLarge."""
    likely = likely_type(_beginning(file))
    if likely in VIDEOS:
        if size > settings.VIDEO_MAX_BYTES:
            raise UploadTooLarge(most=settings.VIDEO_MAX_BYTES)
        return _video(file, likely)
    return _photo(file)


def likely_type(beginning: bytes) -> str:
    """Raises PhotoType where it begins like none of those that are taken."""
    if beginning.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    if beginning.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in beginning:
        return "video/webm"
    if beginning[4:8] not in _BOXES:
        raise PhotoType
    brand = beginning[8:12] if beginning[4:8] == b"ftyp" else b"qt  "
    if brand in _HEIF:
        return "image/heic"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def open_photo(file: File) -> Image.Image:
    """Its header only. Raises PhotoUnreadable or PhotoTooLarge."""
    try:
        image = Image.open(file, formats=["JPEG", "PNG", "WEBP", "HEIF"])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise PhotoTooLarge(most=settings.PHOTO_MAX_PIXELS) from e
    except (OSError, ValueError, SyntaxError, RuntimeError, EOFError) as e:
        raise PhotoUnreadable from e
    _not_too_large(image.width, image.height)
    return image


def open_video(file: File, type: str) -> Any:
    """By that container's reader alone: others would read further files that one names."""
    reader = "matroska" if type == "video/webm" else "mov"
    try:
        container = av.open(_opened(file), format=reader)
    except (av.FFmpegError, ValueError) as e:
        raise PhotoUnreadable from e
    if not container.streams.video:
        raise PhotoType
    return container


def _photo(file: File) -> Look:
    with open_photo(file) as image:
        exif = stamps.exif_of(image)
        return Look(
            type=TYPES[image.format or ""],
            width=image.width,
            height=image.height,
            taken_at=stamps.time_of(exif),
            location=stamps.place_of(exif),
        )


def _video(file: File, type: str) -> Look:
    with open_video(file, type) as container:
        stream = container.streams.video[0]
        width, height = stream.codec_context.width, stream.codec_context.height
        if not width or not height:
            raise PhotoUnreadable
        _not_too_large(width, height)
        # Not as the header says: a browser's recorder writes none.
        last_s = 0.0
        try:
            for packet in container.demux(stream):
                if packet.pts is not None:
                    last_s = max(last_s, float(packet.pts * packet.time_base))
        except av.FFmpegError as e:
            raise PhotoUnreadable from e
        if last_s > settings.VIDEO_MAX_SECONDS + _SLACK_S:
            raise VideoTooLong(seconds=round(last_s), most=settings.VIDEO_MAX_SECONDS)
        told = container.metadata
        return Look(type, width, height, stamps.video_time(told), stamps.video_place(told))


def _not_too_large(width: int, height: int) -> None:
    if width * height > settings.PHOTO_MAX_PIXELS:
        raise PhotoTooLarge(pixels=width * height, most=settings.PHOTO_MAX_PIXELS)


def _beginning(file: File) -> bytes:
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return opened.read(64)
    beginning = file.read(64)
    file.seek(0)
    return beginning


def _opened(file: File) -> IO[bytes]:
    """In memory, which twenty megabytes may take: FFmpeg opens no name by itself."""
    return BytesIO(file.read_bytes() if isinstance(file, Path) else file.read())
