"""What people look at: made from the original, with nothing of what a camera writes into it."""

from io import BytesIO
from math import ceil
from typing import IO

import av
from PIL import Image, ImageOps

from inspections.errors import PhotoUnreadable
from inspections.pictures.looking import VIDEOS, open_photo, open_video
from inspections.pictures.watermark import stamped

LARGE, SMALL = 1600, 256
QUALITY = 82


class Cut(Exception):
    """It begins well and ends too early, or is damaged on the way."""


def derive(file: IO[bytes], type: str, *lines: list[str]) -> list[bytes]:
    """As JPEG the small picture, and for each of the lines a large one that bears them.

    Raises Cut, PhotoUnreadable, PhotoTooLarge, or NoFont.
    """
    picture = _frame(file, type) if type in VIDEOS else _decoded(file)
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return [jpeg_of(small), *(jpeg_of(stamped(picture.copy(), each)) for each in lines)]


def _decoded(file: IO[bytes]) -> Image.Image:
    with open_photo(file) as image:
        # A JPEG is read at a half, quarter or eighth of its size, if that is asked for in its own
        # proportions; the whole stream is read all the same, so that a cut one is noticed.
        share = min(1.0, LARGE / max(image.size))
        image.draft("RGB", (ceil(image.width * share), ceil(image.height * share)))
        try:
            image.load()
            return _flat(ImageOps.exif_transpose(image))
        except MemoryError:
            raise
        except Exception as e:
            raise Cut from e


def _flat(image: Image.Image) -> Image.Image:
    """Its colours alone: what is transparent is white."""
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    return image.convert("RGB")


def _frame(file: IO[bytes], type: str) -> Image.Image:
    """The first that can be seen."""
    with open_video(file, type) as container:
        try:
            for frame in container.decode(video=0):
                picture: Image.Image = frame.to_image()
                return picture.rotate(frame.rotation, expand=True)
        except av.FFmpegError as e:
            raise Cut from e
    raise PhotoUnreadable


def jpeg_of(picture: Image.Image) -> bytes:
    """With its colours alone: a comment or XMP of the file it came from would be written again."""
    picture.info.clear()
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=b"")
    return out.getvalue()
