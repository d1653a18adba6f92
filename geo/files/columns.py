"""One column of a layer: the headers it goes by, and what its cells mean."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as has
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b]")
_NUMBER = re.compile(r"([-+]?(?:\d+(?:,\d{3})*|)(?:\.\d+)?(?:e[-+]?\d+)?)(?:[^\d.,\s]{1,3})?", re.I)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|[T ].*)?$")
_YES = {"1", "true", "t", "yes", "y", "是", "有", "√", "对"}
_NO = {"0", "false", "f", "no", "n", "否", "无", "没有", "×", "x", "不是"}


class BadCell(Exception):
    """What is wrong with a cell, in a sentence that names its column."""


@dataclass(frozen=True, slots=True)
class Column:
    """`names` are headers beside the field's own name; the first one is the Chinese label.

    `words` are what offices write for a choice, beside its value and its label. `least` is the
    smallest number the register allows.
    """

    field: str
    names: tuple[str, ...]
    words: Mapping[str, Any] = has(default_factory=dict)
    least: float | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.field, *self.names)

    @property
    def label(self) -> str:
        """Its header in the active language."""
        return self.names[0] if (get_language() or "").startswith("zh") else self.field


def header(name: str) -> str:
    """A header as it is compared: without case, spaces, underscores or a unit in brackets."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\s_\-*:]|\([^)]*\)\s*$", "", plain)


def is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def reader(column: Column, of: "models.Field[Any, Any]", title: str) -> Callable[[Any], Any]:
    """What turns a cell that is not blank into the value of a model's field, or raises BadCell.

    `title` is what the file calls the column.
    """
    if of.choices:
        read = _choice(column, of)
    elif isinstance(of, models.BooleanField):
        read = _yes_or_no
    elif isinstance(of, models.IntegerField):
        read = _whole
    elif isinstance(of, models.FloatField):
        read = number_of
    elif isinstance(of, models.DateField):
        read = day_of
    else:
        read = plain_text

    def value_of(cell: Any) -> Any:
        try:
            value = read(cell)
            if column.least is not None and value < column.least:
                raise BadCell(_("must be at least %s") % f"{column.least:g}")
            of.run_validators(value)
        except (BadCell, ValidationError) as e:
            why = str(e) if isinstance(e, BadCell) else " ".join(e.messages).rstrip(".。")
            told = {"column": title, "cell": str(cell)[:60], "why": why}
            raise BadCell(_("%(column)s “%(cell)s”: %(why)s") % told) from None
        return value

    return value_of


def plain_text(cell: Any) -> str:
    """A cell as a person reads it; a sheet's 350582001004.0 is a code, not a number."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e16:
        cell = int(cell)
    return _CONTROL.sub("", str(cell)).strip()


def number_of(cell: Any) -> float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = float(cell)
    else:
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", plain_text(cell)).replace(" ", ""))
        if not found or not any(char.isdigit() for char in found[1]):
            raise BadCell(_("is not a number"))
        number = float(found[1].replace(",", ""))
    if not math.isfinite(number):
        raise BadCell(_("is not a number"))
    return number


def _whole(cell: Any) -> int:
    number = number_of(cell)
    if not number.is_integer():
        raise BadCell(_("is not a whole number"))
    return int(number)


def day_of(cell: Any) -> date:
    """2024-12-01, 2024/12/1, 2024年12月1日; with a time of day or without."""
    found = _DAY.match(unicodedata.normalize("NFKC", plain_text(cell)))
    try:
        return date(*map(int, found.groups())) if found else date.fromisoformat("")
    except ValueError:
        raise BadCell(_("is not a day such as 2024-12-01")) from None


def _yes_or_no(cell: Any) -> bool:
    word = unicodedata.normalize("NFKC", plain_text(cell)).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadCell(_("must be yes or no (是 or 否)"))


def _choice(column: Column, of: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """By value, by label in either language, or by what offices write for it."""
    values = [value for value, _label in of.flatchoices]
    words = {header(word): value for word, value in column.words.items()}
    for language in ("en", "zh-hans"):
        with override(language):
            words |= {header(str(label)): value for value, label in of.flatchoices}
    words |= {header(str(value)): value for value in values}

    def read(cell: Any) -> Any:
        word = header(plain_text(cell))
        if word not in words:
            raise BadCell(_("must be one of %s") % ", ".join(map(str, values)))
        return words[word]

    return read
