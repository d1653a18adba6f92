"""Solid boxes over faces and plates: a copy in which nothing of what they cover is left."""

from dataclasses import dataclass
from math import ceil, floor
from typing import IO

from PIL import Image, ImageDraw

from inspections.pictures.deriving import SMALL, jpeg_of
from inspections.pictures.looking import open_photo
from inspections.pictures.watermark import shade_of, stamped

# A JPEG keeps pixels in squares of this size, and what stands in one colours all of it; a picture
# made smaller carries a little of each pixel into its neighbours. A box ends with a square, and at
# least one further out than it was drawn.
SQUARE = 16
BLACK = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """Left, top, width and height, each as a share of the picture's own."""

    left: float
    top: float
    width: float
    height: float

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of what is covered; the last two are within."""
        return (
            _down(self.left * width),
            _down(self.top * height),
            min(width, _up((self.left + self.width) * width)) - 1,
            min(height, _up((self.top + self.height) * height)) - 1,
        )


def masked(large: IO[bytes], boxes: list[Box], lines: list[str]) -> tuple[bytes, bytes]:
    """The small and the large copy of what people look at, with these lines instead of its own:
    those say who took it, and are covered too."""
    with open_photo(large) as image:
        picture = image.convert("RGB")
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        draw.rectangle(box.pixels(*picture.size), fill=BLACK)
    top = _down(picture.height - shade_of(picture, lines))
    draw.rectangle((0, top, picture.width, picture.height), fill=BLACK)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    return jpeg_of(small), jpeg_of(stamped(picture, lines))


def _down(at: float) -> int:
    return max(0, (floor(at) - SQUARE) // SQUARE * SQUARE)


def _up(at: float) -> int:
    return ceil((at + SQUARE) / SQUARE) * SQUARE
