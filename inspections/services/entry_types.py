"""What tablets send beside inspections, proposals and moves: kinds of entries that other apps
bring. They come in, are refused, receipted and rescued like these."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet

from inspections.services.outcomes import Known, Outcomes
from inspections.services.sent import Sent
from people.models import User


class Write(Protocol):
    def __call__(self, sent: dict[UUID, Sent], *, sender: User, now: datetime) -> Outcomes: ...


@dataclass(frozen=True, slots=True)
class EntryType:
    """`known`: what is held of these ids already. `write`: what becomes of entries that are not,
    all of one sender, within a transaction. `own`: rows that this person sent, with `device`,
    `number`, `content`, `content_sha256`, `received_at` and `xact`."""

    name: str
    known: Callable[[Iterable[UUID]], dict[UUID, Known]]
    write: Write
    own: Callable[[User], QuerySet[Any]]


_added: dict[str, EntryType] = {}


def add_entry_type(type: EntryType) -> None:
    """Called once, when the app that brings it is ready."""
    _added[type.name] = type


def added_types() -> tuple[EntryType, ...]:
    return tuple(_added.values())
