"""An entry as it was sent: its bytes, its content, and from which tablet."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from inspections.errors import BodyUnreadable
from inspections.services import content
from inspections.workflow import SETTLING

INSPECTION = "inspection"
PROPOSAL = "proposal"
MOVE = "move"
_BIGGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Sent:
    """`id` was made on the tablet; `body` is JSON as it came. Reading it raises BodyUnreadable.

    `told_device`: by the request that brought it; what it says of itself comes first.
    `clock_offset_s`: the server's clock less the tablet's as it arrived, where that was told.
    """

    id: UUID
    body: bytes
    type: str = INSPECTION
    told_device: UUID | None = None
    clock_offset_s: float | None = None
    # Of a move, by the address that brought it; its content may say it as well.
    told_case: UUID | None = None

    @cached_property
    def _read(self) -> tuple[dict[str, Any], bytes]:
        return content.read(self.body)

    @property
    def content(self) -> dict[str, Any]:
        return self._read[0]

    @property
    def canonical(self) -> bytes:
        return self._read[1]

    @cached_property
    def sha256(self) -> str:
        """Of the content: the same for the same content, however it is written."""
        return sha256(self.canonical).hexdigest()

    @property
    def looks_back(self) -> bool:
        """It says something of another entry, or may become one with it."""
        told = self.told
        if self.type == MOVE:
            return told.get("move") in SETTLING
        return self.type == PROPOSAL or "supersedes" in told or "same_as" in told

    @property
    def device(self) -> UUID | None:
        return self._uuid("device") or self.told_device

    @property
    def case(self) -> UUID | None:
        return self.told_case or self._uuid("case")

    @property
    def number(self) -> int | None:
        told = self.told.get("number")
        fits = type(told) is int and 0 < told <= _BIGGEST_NUMBER
        return told if fits else None

    @property
    def version(self) -> int:
        """Of its case, that a move saw; of what is no move, or says none, nothing."""
        told = self.told.get("version")
        return told if type(told) is int else 0

    @property
    def shape(self) -> object:
        """Where it says that it was, if it says so at all; nothing about it is checked."""
        return self.told.get("geometry" if self.type == PROPOSAL else "location")

    def _uuid(self, name: str) -> UUID | None:
        told = self.told.get(name)
        try:
            return UUID(told) if isinstance(told, str) else None
        except ValueError:
            return None

    @property
    def told(self) -> dict[str, Any]:
        """The content, or nothing where it can't be read."""
        try:
            return self.content
        except BodyUnreadable:
            return {}
