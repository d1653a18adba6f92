"""Pictures as they stand on a page: whole, and no larger than their place."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from inspections.papers import page


@dataclass(frozen=True, slots=True)
class Placed:
    path: Path
    width_mm: float
    height_mm: float


def placed(path: Path) -> Placed:
    with Image.open(path) as image:
        width, height = image.size
    scale = min(page.PICTURE_WIDTH_MM / width, page.PICTURE_HEIGHT_MM / height)
    return Placed(path, round(width * scale, 2), round(height * scale, 2))
