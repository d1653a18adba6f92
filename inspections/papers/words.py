"""How papers say days and numbers, and what no page can show."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.utils import timezone

# Beside control characters: what turns the direction of writing, and half a character.
_UNSHOWN = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def plain(text: str) -> str:
    """Without what can't be printed or would make a line say something else; lines stay lines."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _UNSHOWN.sub("", text)
    return "".join(
        each for each in text if each == "\n" or unicodedata.category(each) not in {"Cc", "Cs"}
    )


def plain_throughout(told: Any) -> Any:
    """`plain` of every text in what is told as JSON; tuples become lists."""
    if isinstance(told, dict):
        return {name: plain_throughout(each) for name, each in told.items()}
    if isinstance(told, list | tuple):
        return [plain_throughout(each) for each in told]
    return plain(told) if isinstance(told, str) else told


def day(told: date | None) -> str:
    """2024年11月30日; with room for one that is still to be chosen."""
    if told is None:
        return "　　　　年　　月　　日"
    return f"{told.year}年{told.month}月{told.day}日"


def moment(told: datetime | None) -> str:
    """2024年11月30日9时05分, by the office's clock."""
    if told is None:
        return f"{day(None)}　　时　　分"
    at = timezone.localtime(told)
    return f"{day(at.date())}{at.hour}时{at.minute:02}分"


def paragraphs(text: str) -> list[str]:
    return [each.strip() for each in plain(text).split("\n") if each.strip()]
