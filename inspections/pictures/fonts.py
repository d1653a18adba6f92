"""A font that has Chinese: named by a setting, or as fontconfig knows it."""

import shutil
import subprocess
from functools import cache

from django.conf import settings
from PIL import ImageFont

FAMILY = "Noto Sans CJK SC"
_SAMPLE = "巡图"


class NoFont(Exception):
    """No font here has Chinese."""


@cache
def chinese_font(size: int) -> ImageFont.FreeTypeFont:
    """Raises NoFont, each time, until there is one."""
    path, index = _found()
    try:
        font = ImageFont.truetype(path, size, index=index)
    except OSError as e:
        raise NoFont(path) from e
    # What a font lacks it draws as one and the same box.
    if any(bytes(font.getmask(each)) == bytes(font.getmask("\U0010fffd")) for each in _SAMPLE):
        raise NoFont(path)
    return font


def _found() -> tuple[str, int]:
    if settings.WATERMARK_FONT:
        return settings.WATERMARK_FONT, 0
    match = shutil.which("fc-match")
    if not match:
        raise NoFont("fc-match")
    told = subprocess.run(  # noqa: S603 nothing in it comes from outside
        [match, "-f", "%{file}\n%{index}", FAMILY], capture_output=True, text=True, check=True
    )
    path, _, index = told.stdout.partition("\n")
    return path, int(index or 0)
