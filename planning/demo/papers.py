"""Minutes and photos that the demonstration's plans have: drawn, and said to be so."""

import io
import time
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from inspections.demo.drawing import SCENES, picture
from inspections.pictures.fonts import NoFont, chinese_font

A4 = (827, 1169)
QUALITY = 80


def minutes(title: str, lines: list[str]) -> bytes:
    """A page as PDF."""
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    try:
        head, body = chinese_font(36), chinese_font(22)
    except NoFont:
        draw.text((90, 90), "demonstration", fill="black")
    else:
        draw.text((90, 90), title, font=head, fill="black")
        for n, line in enumerate(lines):
            draw.text((90, 190 + 40 * n), line, font=body, fill="black")
    # Of no day: the same words are the same bytes.
    never = time.gmtime(0)
    return _saved(page, "PDF", creationDate=never, modDate=never)


def photo(chance: Random) -> bytes:
    """As JPEG."""
    scene = chance.choice(SCENES)
    return _saved(picture(scene, str(chance.random()), mended=True), "JPEG", quality=QUALITY)


def _saved(image: Image.Image, format: str, **how: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **how)
    return file.getvalue()
