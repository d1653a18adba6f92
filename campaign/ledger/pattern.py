"""A ledger as it is declared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from campaign.ledger.columns import Column, Value, Wrong
from campaign.standing import Level


class Counts(StrEnum):
    """Which of a place's rows count."""

    EACH = "each"  # every one is a deed
    MONTH = "month"  # one for each month
    LATEST = "latest"  # how it is now: the one of the latest day


class Owing(StrEnum):
    """Of which places a row is looked for."""

    NOBODY = "nobody"
    ALL = "all"
    MANAGED = "managed"  # estates that a property company manages


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`action`: the special action whose units keep it, and whose community officers do where it
    names every community. `monthly`: owed every month, else once. `says_…`: what a row is."""

    slug: str
    zh: str
    en: str
    says_zh: str
    says_en: str
    action: str
    level: Level
    counts: Counts
    columns: tuple[Column, ...]
    monthly: bool = False
    owing: Owing = Owing.NOBODY

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", self.slug):
            raise ValueError(f"{self.slug} is no slug of a ledger")
        names = [each.name for each in self.columns]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"the column {name} stands in {self.slug} twice")
        for each in self.columns:
            for other in (each.at_most, each.only_if and each.only_if[0]):
                if other and other not in names[: names.index(each.name)]:
                    raise ValueError(f"{each.name} depends on {other}, not asked before it")

    def read(self, sent: object) -> tuple[dict[str, Value], dict[str, str]]:
        """What is kept, and what is wrong with each column."""
        if not isinstance(sent, Mapping):
            return {}, {"data": _("Send the columns as an object.")}
        told: dict[str, Value] = {}
        known = {each.name for each in self.columns}
        wrong = {
            str(name)[:60]: _("This ledger has no such column.") for name in sent.keys() - known
        }
        for each in self.columns:
            try:
                self._read(each, sent.get(each.name), told)
            except Wrong as e:
                wrong[each.name] = str(e)
        return told, wrong

    def _read(self, column: Column, sent: object, told: dict[str, Value]) -> None:
        """Raises Wrong."""
        if sent is None or sent in ("", []):
            if column.needed and column.is_asked(told):
                raise Wrong(_("This is needed."))
            return
        value = column.of.read(sent)
        if not column.is_asked(told):
            raise Wrong(_("This is not asked here."))
        most: Any = told.get(column.at_most)
        if most is not None and value > most:
            raise Wrong(_("More than there are."))
        told[column.name] = value
