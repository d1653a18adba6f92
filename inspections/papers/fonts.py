"""Which fonts a paper is set in: the office's licensed ones where it has them, else free ones."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from django.conf import settings


class NoFont(Exception):
    """No font here has Chinese."""


# By role, the first that is there. In a .docx stands the first of each, as the offices' own
# computers have them; whoever lacks it is shown another.
FANGSONG = ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "FandolFang R")
XIAOBIAOSONG = (
    "方正小标宋简体",
    "方正小标宋_GBK",
    "FZXiaoBiaoSong-B05S",
    "FZXiaoBiaoSong-B05",
    "STZhongsong",
)
HEITI = ("黑体", "SimHei", "STHeiti", "FandolHei")
KAITI = ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "AR PL UKai CN", "FandolKai")
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True, slots=True)
class Fonts:
    """`bold`: the title's own font is not there, and a bold one stands in for it."""

    fangsong: str
    xiaobiaosong: str
    heiti: str
    kaiti: str
    bold: bool
    found: typst.Fonts


def fonts() -> Fonts:
    """Raises NoFont, each time, until there is one. What was put into the office's folder counts
    at once."""
    folder: Path = settings.PAPER_FONTS_DIR
    files = tuple(sorted(each.name for each in folder.rglob("*"))) if folder.is_dir() else ()
    return _fonts(folder, files)


@cache
def _fonts(folder: Path, files: tuple[str, ...]) -> Fonts:
    found = typst.Fonts(font_paths=[folder] if files else [], include_embedded_fonts=False)
    there = set(found.families())

    def first(wanted: tuple[str, ...], instead: str) -> str:
        return next((each for each in (*wanted, instead, SERIF, SANS) if each in there), "")

    chosen = {
        "fangsong": first(FANGSONG, SERIF),
        "xiaobiaosong": first(XIAOBIAOSONG, SERIF),
        "heiti": first(HEITI, SANS),
        "kaiti": first(KAITI, SERIF),
    }
    if not all(chosen.values()):
        raise NoFont
    return Fonts(**chosen, bold=chosen["xiaobiaosong"] in {SERIF, SANS}, found=found)
