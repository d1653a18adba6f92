"""Bytes to words: which encoding a file is in, and cells that no spreadsheet will execute."""

import codecs
import re
import unicodedata
from collections.abc import Iterable

from geo.errors import EncodingUnknown

_SAMPLE_BYTES = 4_000_000
# What may stand in an office's tables beside Chinese characters and ASCII.
_FAMILIAR = re.compile(
    r"[\u3000-\u303f\uff00-\uffef\u2010-\u2026\u2103\u2160-\u217f\u2460-\u24ff\u33a0-\u33d5"
    r"°±²³×÷·√≈≤≥]"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def encoding_of(cells: Iterable[bytes], declared: str | None = None) -> str:
    """The encoding in which every one of these pieces of text reads as words.

    Tried in turn: what the file declares, UTF-8, GB18030 (which contains GBK and GB2312). A
    candidate must decode strictly and, where it is not plain ASCII, look like Chinese; so a .cpg
    that lies is seen through. A character cut in half at a cell's end, which full columns of a
    Shapefile have, is overlooked. Raises EncodingUnknown rather than guess.
    """
    pieces, size = [], 0
    for cell in cells:
        if not cell.isascii():
            pieces.append(cell)
            size += len(cell)
            if size > _SAMPLE_BYTES:
                break
    candidates = [name for name in (_python_name(declared), "utf-8", "gb18030") if name]
    if not pieces:
        return candidates[0]
    decoding = {}
    for name in candidates:
        try:
            decoding[name] = "".join(decode(piece, name) for piece in pieces)
        except UnicodeDecodeError:
            continue
    for name, text in decoding.items():
        if _looks_chinese(text) or (name == "utf-8" and _is_no_accident(text)):
            return name
    raise EncodingUnknown


def decode(cell: bytes, encoding: str) -> str:
    """Strictly, but for a character cut in half at the end, which is dropped."""
    return codecs.getincrementaldecoder(encoding)("strict").decode(cell)


def _python_name(declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip()
    if name.isdecimal():  # a Windows code page
        name = {"65001": "utf-8", "936": "gb18030", "54936": "gb18030"}.get(name, f"cp{name}")
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "gb18030" if found in {"gbk", "gb2312"} else found


def _looks_chinese(text: str) -> bool:
    foreign = [char for char in text if ord(char) > 127]
    familiar = sum(1 for char in foreign if _HAN.match(char) or _FAMILIAR.match(char))
    common = sum(1 for char in foreign if _common(char))
    return familiar >= 0.95 * len(foreign) and common >= 0.6 * len(foreign)


def _is_no_accident(text: str) -> bool:
    """One GBK character in seven is UTF-8 by chance; five of them never are."""
    return sum(1 for char in text if ord(char) > 127) >= 5


def _common(char: str) -> bool:
    """In GB 2312: nearly every character of a name is; those of misread text mostly are not."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def folded(text: str) -> str:
    """Names that differ in spaces, full width or case alone are the same name."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def guarded(text: str) -> str:
    """A cell's text with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _QUOTED_FORMULA.match(text) else text
