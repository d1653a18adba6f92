"""What a workbook of a month says of itself, on a sheet that is not shown: where each number stands
and what stood there when it was made. Written and read by this alone."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

# Grows when workbooks are laid out in another way: older ones are refused.
FORMAT = 1
MARK = "xuntu-month"
HIDDEN = "_xuntu"
_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,5}")


@dataclass(frozen=True, slots=True)
class Head:
    programme: str
    month: str
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A number of a cell (`n`, `of`) or what is said of a matter (`day`, `source`; `place` is then
    empty). `label`: the cell that names its row or column, and what it says."""

    sheet: str
    at: str
    what: str
    indicator: int
    place: str
    base: str
    label: str
    says: str


def rows_of(head: Head, spots: Iterable[Spot]) -> Iterator[tuple[Any, ...]]:
    yield (MARK, FORMAT)
    yield astuple(head)
    for each in spots:
        yield astuple(each)


def read(rows: list[tuple[Any, ...]]) -> tuple[Head, list[Spot]] | None:
    """None for what is no workbook of this format."""
    try:
        (mark, version, *_), (programme, month, kind, id, *_), *others = rows
        if mark != MARK or int(version) != FORMAT:
            return None
        spots = [_spot(row) for row in others if row and row[0]]
        return Head(str(programme), str(month), str(kind), int(id)), spots
    except (ValueError, TypeError, OverflowError):
        return None


def _spot(row: tuple[Any, ...]) -> Spot:
    sheet, at, what, indicator, place, base, label, says = [*row, *[None] * 8][:8]
    if not all(_CELL.fullmatch(str(each)) for each in (at, label)):
        raise ValueError
    return Spot(
        sheet=str(sheet),
        at=str(at),
        what=str(what),
        indicator=int(indicator),
        place=str(place or ""),
        base=str(base or ""),
        label=str(label or ""),
        says=str(says or ""),
    )
