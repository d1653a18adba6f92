"""What apps above this one add to the demonstration, in the transaction that makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Model

# Registered whenever the house starts, made hardly ever.
if TYPE_CHECKING:
    from inspections.demo.register import Entered


@dataclass(frozen=True, slots=True)
class Made:
    """A demonstration that stands, but for what is added to it. `until` is the day it ends."""

    seed: int
    until: date
    entered: "Entered"


@dataclass(frozen=True, slots=True)
class Addition:
    """`emptied`: whose rows an earlier demonstration may have left, beside those that refer to an
    estate. `files`: the names in the store of all that its rows have."""

    add: Callable[[Made], None]
    emptied: tuple[type[Model], ...]
    files: Callable[[], set[str]]


additions: list[Addition] = []


def add_to_demo(addition: Addition) -> None:
    """Registered once, by `AppConfig.ready`."""
    if addition not in additions:
        additions.append(addition)
