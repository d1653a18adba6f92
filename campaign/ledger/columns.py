"""Columns of a ledger: what may stand in a cell, as JSON and as a cell of a sheet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from geo.files.columns import BadCell, number_of, plain_text
from geo.files.columns import day_of as day_in
from geo.files.columns import header as folded

# What is kept of a cell: a day as 2024-11-30.
Value: TypeAlias = bool | int | float | str | list[str]
_YES = {"1", "true", "yes", "y", "是", "有", "√", "对", "已"}
_NO = {"0", "false", "no", "n", "否", "无", "×", "未", "没有"}
_SEPARATORS = str.maketrans("、，,；/", ";;;;;")


class Wrong(Exception):
    """What is wrong with a cell, in a sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    most: int = 200

    def read(self, sent: object) -> Value:
        if not isinstance(sent, str) or len(sent.strip()) > self.most:
            raise Wrong(_("A text of at most %d characters.") % self.most)
        return sent.strip()

    def of_cell(self, cell: Any) -> Value:
        return self.read(plain_text(cell))

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        return value

    def describe(self) -> dict[str, Any]:
        return {"type": "text", "most": self.most}


@dataclass(frozen=True, slots=True)
class Number:
    """From `min` to `max`: a whole one, or with so many `decimals`."""

    max: int = 1_000_000
    min: int = 0
    decimals: int = 0
    unit_zh: str = ""
    unit_en: str = ""

    def read(self, sent: object) -> Value:
        if isinstance(sent, bool) or not isinstance(sent, int | float) or not math.isfinite(sent):
            raise Wrong(_("A number is needed."))
        if not self.min <= sent <= self.max:
            raise Wrong(_("A number from %(min)s to %(max)s.") % {"min": self.min, "max": self.max})
        if sent != round(sent, self.decimals):
            if self.decimals:
                raise Wrong(_("At most %d decimals.") % self.decimals)
            raise Wrong(_("A whole number is needed."))
        return int(sent) if sent == int(sent) else sent

    def of_cell(self, cell: Any) -> Value:
        try:
            return self.read(number_of(cell))
        except BadCell as e:
            raise Wrong(_("A number is needed.")) from e

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        return value

    def describe(self) -> dict[str, Any]:
        told = {"min": self.min, "max": self.max, "decimals": self.decimals}
        return {"type": "number", **told, "unit_zh": self.unit_zh, "unit_en": self.unit_en}


@dataclass(frozen=True, slots=True)
class Day:
    def read(self, sent: object) -> Value:
        try:
            day = date.fromisoformat(sent) if isinstance(sent, str) else None
        except ValueError:
            day = None
        if day is None or not 1980 <= day.year <= 2100:
            raise Wrong(_("A date such as 2024-11-30."))
        return day.isoformat()

    def of_cell(self, cell: Any) -> Value:
        return self.read(day_of(cell))

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        return date.fromisoformat(value)

    def describe(self) -> dict[str, Any]:
        return {"type": "day"}


@dataclass(frozen=True, slots=True)
class YesNo:
    def read(self, sent: object) -> Value:
        if not isinstance(sent, bool):
            raise Wrong(_("Yes or no."))
        return sent

    def of_cell(self, cell: Any) -> Value:
        word = plain_text(cell).casefold()
        if word not in _YES | _NO:
            raise Wrong(_("Yes or no (是 or 否)."))
        return word in _YES

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        return ("是" if value else "否") if chinese else ("yes" if value else "no")

    def describe(self) -> dict[str, Any]:
        return {"type": "yes_no"}


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    zh: str
    en: str

    def named(self, word: str) -> bool:
        return folded(word) in {folded(each) for each in (self.key, self.zh, self.en)}


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Option, ...]

    def read(self, sent: object) -> Value:
        if not isinstance(sent, str) or sent not in {each.key for each in self.options}:
            raise Wrong(_("One of %s.") % _names(self.options))
        return sent

    def of_cell(self, cell: Any) -> Value:
        return _key(self.options, plain_text(cell))

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        return _called(self.options, value, chinese=chinese)

    def describe(self) -> dict[str, Any]:
        return {"type": "choice", "options": _described(self.options)}


@dataclass(frozen=True, slots=True)
class Several:
    """One or more of its options."""

    options: tuple[Option, ...]

    def read(self, sent: object) -> Value:
        keys = [each.key for each in self.options]
        if not isinstance(sent, list) or not sent or not all(each in keys for each in sent):
            raise Wrong(_("One or more of %s.") % _names(self.options))
        return [key for key in keys if key in sent]

    def of_cell(self, cell: Any) -> Value:
        words = plain_text(cell).translate(_SEPARATORS).split(";")
        return self.read([_key(self.options, word) for word in words if word.strip()])

    def to_cell(self, value: Any, *, chinese: bool) -> Any:
        names = (_called(self.options, key, chinese=chinese) for key in value)
        return ("、" if chinese else "; ").join(names)

    def describe(self) -> dict[str, Any]:
        return {"type": "several", "options": _described(self.options)}


Kind: TypeAlias = Text | Number | Day | YesNo | Choice | Several


@dataclass(frozen=True, slots=True)
class Column:
    """`at_most`: the column whose number this one may not exceed; `only_if`: asked where another
    one has one of these values; `given`: what a new row begins with."""

    name: str
    zh: str
    en: str
    of: Kind
    needed: bool = True
    at_most: str = ""
    only_if: tuple[str, tuple[Value, ...]] | None = None
    given: Value | None = None

    def is_asked(self, told: Mapping[str, Value]) -> bool:
        if self.only_if is None:
            return True
        name, values = self.only_if
        return told.get(name) in values

    def describe(self) -> dict[str, Any]:
        only_if = self.only_if and {"column": self.only_if[0], "values": list(self.only_if[1])}
        return {
            "name": self.name,
            "zh": self.zh,
            "en": self.en,
            **self.of.describe(),
            "needed": self.needed,
            "at_most": self.at_most or None,
            "only_if": only_if,
            "given": self.given,
        }


def day_of(cell: Any) -> str:
    """As people write days in sheets: 2024-11-30, 2024/11/30, 2024年11月30日, or a true date.
    Raises Wrong."""
    try:
        return day_in(cell).isoformat()
    except BadCell as e:
        raise Wrong(_("A date such as 2024-11-30.")) from e


def _key(options: tuple[Option, ...], word: str) -> str:
    for each in options:
        if each.named(word):
            return each.key
    raise Wrong(_("One of %s.") % _names(options))


def _called(options: tuple[Option, ...], key: str, *, chinese: bool) -> str:
    # One that is not offered any more is told by its key.
    return next(((e.zh if chinese else e.en) for e in options if e.key == key), key)


def _names(options: tuple[Option, ...]) -> str:
    return ", ".join(f"{each.zh} ({each.en})" for each in options)


def _described(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [{"key": each.key, "zh": each.zh, "en": each.en} for each in options]
