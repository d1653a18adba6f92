"""Solid boxes over faces and plates: a copy in which nothing of what they cover is left."""

from dataclasses import dataclass
from math import ceil, floor
from typing import IO

from PIL import Image, ImageDraw

from inspections.pictures.deriving import SMALL, jpeg_of
from inspections.pictures.looking import open_photo
from inspections.pictures.watermark import shade_of, stamped

# A JPEG keeps pixels in squares of this size: what stands in one colours all of it, and a pixel of
# the next. A picture made smaller carries a little of each pixel into its neighbours.
SQUARE = 16
_RESAMPLED = 4
BLACK = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height, each as a share of the picture's own."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, width: int, height: int, shrunk: float) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is covered; the last two are within.

        Larger than it was drawn by as far as what is under it was carried: in the original, which
        was `shrunk` by so much (1 where it was not), and in the picture made from it.
        """
        margin = ceil((SQUARE + 1) * shrunk) + _RESAMPLED
        right, bottom = (self.left + self.width) * width, (self.top + self.height) * height
        return (
            _down(self.left * width - margin),
            _down(self.top * height - margin),
            min(width, _up(right + margin)) - 1,
            min(height, _up(bottom + margin)) - 1,
        )


def masked(
    large: IO[bytes], boxes: list[Box], lines: list[str], longest: int
) -> tuple[bytes, bytes]:
    """The small and the large copy of what people look at, with these lines instead of its own:
    those say who took it, and are covered too. `longest`: the longer side of the original."""
    with open_photo(large) as image:
        picture = image.convert("RGB")
    draw = ImageDraw.Draw(picture)
    shrunk = min(1.0, max(picture.size) / max(1, longest))
    for box in boxes:
        draw.rectangle(box.pixels(*picture.size, shrunk), fill=BLACK)
    top = _down(picture.height - shade_of(picture, lines))
    draw.rectangle((0, top, picture.width, picture.height), fill=BLACK)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return jpeg_of(small), jpeg_of(stamped(picture, lines))


def _down(at: float) -> int:
    """To the beginning of the square before."""
    return max(0, (floor(at / SQUARE) - 1) * SQUARE)


def _up(at: float) -> int:
    """To the end of the square behind."""
    return (ceil(at / SQUARE) + 1) * SQUARE
