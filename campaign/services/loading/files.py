"""The kinds of file, told apart by their columns, and what their cells mean."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from campaign.creation.standard import Rule
from campaign.models import Action, Indicator, Programme, Standard, Target
from campaign.standing import Compare, Level, Recurrence
from geo.errors import EncodingUnknown
from geo.files.table import Problem
from geo.files.text import decode, encoding_of, unguarded


class Bad(Exception):
    """A cell, with what it must be."""


class Column(NamedTuple):
    read: Callable[[str], Any]
    needed: bool = False


def _text(model: type[Model], name: str) -> Callable[[str], str]:
    most = model._meta.get_field(name).max_length  # type: ignore[union-attr]

    def read(cell: str) -> str:
        if most is not None and len(cell) > most:
            raise Bad(_("must have at most %d characters") % most)
        return cell

    return read


def _day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as e:
        raise Bad(_("must be a date such as 2024-11-30")) from e


def _year(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and 2020 <= int(cell) <= 2100):
        raise Bad(_("must be a year"))
    return int(cell)


def _number(cell: str) -> Decimal | None:
    if not cell:
        return None
    try:
        number = Decimal(cell)
    except InvalidOperation as e:
        raise Bad(_("must be a number")) from e
    if not number.is_finite() or not 0 <= number < 10**12 or number != round(number, 2):
        raise Bad(_("must be a number from 0 on, with at most two decimals"))
    return number


def _one_of(known: type[Level] | type[Recurrence] | type[Compare]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        words = [each.value for each in known]
        if cell not in words and cell:
            raise Bad(_("must be one of %s") % ", ".join(filter(None, words)))
        return cell

    return read


def _word(*words: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in words:
            raise Bad(_("must be one of %s") % ", ".join(filter(None, words)))
        return cell

    return read


def _slug(cell: str) -> str:
    plain = cell.replace("_", "")
    if not (cell.isascii() and plain.isalnum() and cell == cell.lower() and len(cell) <= 40):
        raise Bad(_("must be small letters, numbers and _"))
    return cell


class Named(NamedTuple):
    """Who answers for an action: as the notice has it, and the register's name where that is
    another one."""

    named: str
    unit: str


def _units(cell: str) -> tuple[Named, ...]:
    parts = [part.strip() for part in cell.replace("；", ";").split(";")]
    told = (part.partition("=") for part in parts if part)
    return tuple(Named(named.strip(), unit.strip() or named.strip()) for named, _, unit in told)


_TITLES = {"zh": Column(_text(Action, "zh"), True), "en": Column(_text(Action, "en"), True)}
_OF_PROGRAMME = {"programme": Column(_text(Programme, "code"), True)}
_OF_ACTION = _OF_PROGRAMME | {"action": Column(_text(Action, "code"), True)}


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in cell.replace("；", ";").split(";"))))


def _days(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) <= 3660):
        raise Bad(_("must be a number of days"))
    return int(cell)


def _yes(cell: str) -> bool:
    if cell not in ("", "yes"):
        raise Bad(_("must be yes, or empty"))
    return cell == "yes"


KINDS: dict[str, dict[str, Column]] = {
    "programmes": _OF_PROGRAMME
    | {"year": Column(_year, True), "issued_on": Column(_day, True)}
    | _TITLES,
    "actions": _OF_ACTION | _TITLES | {"lead": Column(_units, True), "responsible": Column(_units)},
    "indicators": _OF_ACTION
    | {"indicator": Column(_text(Indicator, "code"), True)}
    | _TITLES
    | {
        "metric": Column(_slug, True),
        "unit": Column(_text(Indicator, "unit")),
        "level": Column(_one_of(Level), True),
        "recurrence": Column(_one_of(Recurrence)),
        "since": Column(_day),
        "op": Column(_one_of(Compare)),
        "target": Column(_number),
        "deadline": Column(_day),
        "note_zh": Column(_text(Indicator, "note_zh")),
        "note_en": Column(_text(Indicator, "note_en")),
    },
    # One version of the scoring standard, whole: see `standards`.
    "standards": {
        "row": Column(_word("standard", "category", "item", "veto"), True),
        "code": Column(_text(Standard, "version"), True),
        **_TITLES,
        "points": Column(_number),
        "codes": Column(_codes),
        "lasts_days": Column(_days),
        "may_not_apply": Column(_yes),
        "evidence_zh": Column(_text(Action, "zh")),
        "evidence_en": Column(_text(Action, "en")),
        "rule": Column(_word("", *(each.value for each in Rule))),
        "holds_from": Column(_day),
        "pass_mark": Column(_number),
    },
}
# Columns that a file may have beside.
OPTIONAL = {
    "indicators": {"holds_from": Column(_day), "target_note": Column(_text(Target, "note"))},
}


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """A file: of which kind it is, its rows that can be read, and what is wrong with others."""

    name: str
    kind: str = ""
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, line: int, reason: str) -> None:
        self.problems.append(Problem(line, reason))


def read(path: Path) -> Sheet:
    sheet = Sheet(path.name)
    try:
        body = path.read_bytes()
        text = decode(body, encoding_of([body])).removeprefix("\ufeff")
    except (OSError, EncodingUnknown, UnicodeDecodeError) as e:
        sheet.blame(0, str(e))
        return sheet
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    for kind, columns in KINDS.items():
        if columns.keys() <= set(header) <= columns.keys() | OPTIONAL.get(kind, {}).keys():
            sheet.kind = kind
    if not sheet.kind:
        known = " · ".join(f"{kind}: {', '.join(columns)}" for kind, columns in KINDS.items())
        sheet.blame(0, _("Its columns are none of these: %s") % known)
        return sheet
    columns = KINDS[sheet.kind] | OPTIONAL.get(sheet.kind, {})
    for cells in reader:
        if any(cell.strip() for cell in cells):
            told = dict(zip(header, (*cells, *[""] * len(header)), strict=False))
            row = Row(reader.line_num, dict(_read(sheet, reader.line_num, columns, told)))
            sheet.rows.append(row)
    return sheet


def _read(
    sheet: Sheet, line: int, columns: dict[str, Column], told: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    for name, column in columns.items():
        cell = unguarded(told.get(name, "").strip())
        try:
            if column.needed and not cell:
                raise Bad(_("is needed"))
            yield name, column.read(cell)
        except Bad as e:
            sheet.blame(line, f"{name} {e}")
