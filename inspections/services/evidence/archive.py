"""A ZIP of which every byte follows from its files, their order and one moment.

Written as it is sent, a block at a time. Nothing in it is compressed, so that its length is known
before it begins; each file is read twice, for its hash stands before it. Whoever reads it can
write it again from what is in it, and finds the same bytes: nothing can be hidden between the
files. Any program that opens a ZIP opens it.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import IO
from zlib import crc32

from django.utils import timezone

BLOCK = 1 << 20
_UTF8 = 0x800
_PLAIN, _LARGE = 20, 45  # the version that a reader needs
_MADE_BY = 3 << 8 | _LARGE
_READ_ONLY = 0o100444 << 16
_FULL = 0xFFFFFFFF
_MOST = 0xFFFF
_LOCAL = struct.Struct("<4s5H3L2H")
_INDEX = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LONG_END = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_EXTRA = struct.Struct("<2HQ")


@dataclass(frozen=True, slots=True)
class Part:
    """One file: its length, and how it is opened. `stated`: the hash that a record told of it."""

    path: str
    length: int
    open: Callable[[], IO[bytes]]
    stated: str = ""

    @classmethod
    def of(cls, path: str, body: bytes, stated: str = "") -> "Part":
        return cls(path, len(body), lambda: BytesIO(body), stated)


class Changed(ValueError):
    """A file is not as long as it was a moment ago."""


class Archive:
    """`add` each file in its order, then `end`; what they yield is the ZIP."""

    def __init__(self, at: datetime) -> None:
        local = timezone.localtime(at)
        self.date = (local.year - 1980) << 9 | local.month << 5 | local.day
        self.time = local.hour << 11 | local.minute << 5 | local.second // 2
        self.written = 0
        self.files = 0
        self.index = BytesIO()

    def add(self, part: Part) -> tuple[str, Iterator[bytes]]:
        """Its SHA-256, and its bytes in the ZIP."""
        digest, crc = _looked_through(part)
        return digest, self._told(self._file(part, crc))

    def end(self) -> Iterator[bytes]:
        return self._told(iter([self.index.getvalue() + self._last()]))

    def _told(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self.written += len(block)
            yield block

    def _file(self, part: Part, crc: int) -> Iterator[bytes]:
        name, at = part.path.encode(), self.written
        stamp = (_UTF8, 0, self.time, self.date, crc, part.length, part.length, len(name))
        far = at >= _FULL
        needs = _LARGE if far else _PLAIN
        extra = _EXTRA.pack(1, 8, at) if far else b""
        self.files += 1
        self.index.write(
            _INDEX.pack(
                *(b"PK\x01\x02", _MADE_BY, needs, *stamp, len(extra), 0, 0, 0, _READ_ONLY),
                min(at, _FULL),
            )
            + name
            + extra
        )
        yield _LOCAL.pack(b"PK\x03\x04", _PLAIN, *stamp, 0) + name
        yield from _blocks(part)

    def _last(self) -> bytes:
        size, at, n = len(self.index.getvalue()), self.written, self.files
        end = b""
        if at >= _FULL or n >= _MOST:
            sizes = (44, _MADE_BY, _LARGE, 0, 0, n, n, size, at)
            end = _LONG_END.pack(b"PK\x06\x06", *sizes)
            end += _LOCATOR.pack(b"PK\x06\x07", 0, at + size, 1)
        few = min(n, _MOST)
        return end + _END.pack(b"PK\x05\x06", 0, 0, few, few, size, min(at, _FULL), 0)


def length_of(sizes: Iterable[tuple[str, int]]) -> int:
    """Of the ZIP of files with these paths and lengths."""
    at = n = index = 0
    for path, size in sizes:
        name = len(path.encode())
        index += _INDEX.size + name + (_EXTRA.size if at >= _FULL else 0)
        at += _LOCAL.size + name + size
        n += 1
    long = at >= _FULL or n >= _MOST
    return at + index + _END.size + (_LONG_END.size + _LOCATOR.size if long else 0)


def _looked_through(part: Part) -> tuple[str, int]:
    digest, crc = sha256(), 0
    for block in _blocks(part):
        digest.update(block)
        crc = crc32(block, crc)
    return digest.hexdigest(), crc


def _blocks(part: Part) -> Iterator[bytes]:
    left = part.length
    with part.open() as source:
        while block := source.read(BLOCK):
            left -= len(block)
            if left < 0:
                raise Changed(part.path)
            yield block
    if left:
        raise Changed(part.path)
