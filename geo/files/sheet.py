"""Rows of CSV and XLSX: as office people make them, with titles above and blanks between."""

import csv
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from geo.errors import FileDamaged, FileTooLarge, NoSuchTable, WhichTable
from geo.files.source import MOST_ROWS, Source
from geo.files.table import Problem, Table
from geo.files.text import encoding_of, unguarded

MOST_COLUMNS = 500
# A sheet begins with a title or two before its header, not more.
_HEADER_WITHIN = 10

Numbered = tuple[int, Sequence[Any]]
Knows = Callable[[str], bool]


def read_csv(source: Source, *, encoding: str | None, knows: Knows) -> Table:
    """Comma, semicolon or tab; UTF-8, UTF-16 with a mark, or GB18030 as Excel in China writes.

    `knows` tells a column's name from other text: the header is the first row rich in them.
    """
    raw = source.path.read_bytes()
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    marked = next((name for mark, name in marks.items() if raw.startswith(mark)), None)
    found = encoding or marked or encoding_of(raw.splitlines())
    try:
        text = raw.decode(found)
    except (UnicodeDecodeError, LookupError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:120]) from e
    if "\0" in text:
        raise FileDamaged(name=source.name, why="NUL")
    table = _table(_csv_rows(text, source), source, knows)
    if found not in {"utf-8", "utf-8-sig"}:
        table.notes.append(Problem(0, _("The text was read as %s.") % found.upper()))
    return table


def read_xlsx(source: Source, *, table: str | None, prefer: str, knows: Knows) -> Table:
    """One sheet: the one asked for, the one called `prefer`, or the only one with a table in it.

    Formulas count by the value Excel last worked out.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(source.path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:120]) from e
    try:
        names = [sheet.title for sheet in book.worksheets]
        if table is not None and table not in names:
            raise NoSuchTable(name=table, names=", ".join(names))
        if table is None and prefer in names:
            table = prefer
        asked = [sheet for sheet in book.worksheets if table in {None, sheet.title}]
        tables = [(sheet.title, _table(_xlsx_rows(sheet), source, knows)) for sheet in asked]
    except (zipfile.BadZipFile, SyntaxError, KeyError, ValueError, OSError) as e:
        raise FileDamaged(name=source.name, why=str(e)[:120]) from e
    finally:
        book.close()
    filled = [(name, one) for name, one in tables if one.rows]
    if len(filled) > 1:
        raise WhichTable(names=", ".join(name for name, _one in filled))
    return (filled or tables)[0][1]


def _csv_rows(text: str, source: Source) -> Iterator[Numbered]:
    lines = io.StringIO(text, newline="")
    head = [line for _number, line in zip(range(_HEADER_WITHIN), lines, strict=False)]
    said = re.match(r"sep=(.)\s*$", head[0], re.IGNORECASE) if head else None
    delimiter = said[1] if said else max(",\t;", key="".join(head).count)
    lines.seek(0)
    if said:
        lines.readline()
    skipped = 1 if said else 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = skipped
    try:
        for row in reader:
            yield line + 1, row
            line = skipped + reader.line_num
    except csv.Error as e:
        raise FileDamaged(name=source.name, why=f"{line + 1}: {e}") from e


def _xlsx_rows(sheet: Any) -> Iterator[Numbered]:
    # What a sheet says of its own size is often wrong, by a million rows.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        yield number, [_plain(cell) for cell in row]


def _plain(cell: Any) -> Any:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return cell if isinstance(cell, (str, int, float, bool)) or cell is None else str(cell)


def _table(numbered: Iterator[Numbered], source: Source, knows: Knows) -> Table:
    filled = (pair for pair in numbered if any(not _blank(cell) for cell in pair[1]))
    first = list(itertools.islice(filled, _HEADER_WITHIN))
    if not first:
        return Table([], [], [])

    def known_names(row: Sequence[Any]) -> int:
        return sum(1 for cell in row if isinstance(cell, str) and knows(cell))

    header = max(range(len(first)), key=lambda i: (known_names(first[i][1]), -i))
    columns = [_name(cell) for cell in first[header][1]]
    while columns and not columns[-1]:
        columns.pop()
    rows: list[list[Any]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for line, row in itertools.chain(first[header + 1 :], filled):
        if len(rows) >= MOST_ROWS:
            raise FileTooLarge(name=source.name, found=f"> {MOST_ROWS:,}", most=f"{MOST_ROWS:,}")
        if not all(_blank(cell) for cell in row[len(columns) :]):
            problems.append(Problem(line, _("It has more cells than the header has columns.")))
        cells = [unguarded(cell) if isinstance(cell, str) else cell for cell in row]
        rows.append((cells + [None] * (len(columns) - len(cells)))[: len(columns)])
        lines.append(line)
    return Table(columns, rows, lines, problems=problems)


def _name(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
