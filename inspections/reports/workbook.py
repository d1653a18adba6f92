"""A workbook (XLSX) written row by row: as many as there are, in the memory of one.

Only what tables need: text, numbers, moments and days as such, a header that stays in sight and
filters. Every text is a text, also one that looks like a formula.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import IO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

from geo.files.text import guarded

Cell = str | int | float | datetime | date | None

# Excel's own limits.
MOST_ROWS = 1_048_575
_MOST_TEXT = 32_767
_CHUNK = 500

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What no XML may hold; and what Excel reads as the code of a character.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 a sheet's moments have no zone
# The cells' formats, by their place in `_STYLES`.
_HEAD, _MOMENT, _DAY = 1, 2, 3
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE7EEEE"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`head` with each column's width, in characters. Moments are in the zone they are to be
    read in. With `filtered`, the header stays in sight and has filters."""

    name: str
    head: Sequence[tuple[str, float]]
    rows: Iterable[Sequence[Cell]]
    filtered: bool = True


def write(file: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Raises ValueError for more rows than a sheet has."""
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=2) as book:
        lengths = []
        for n, sheet in enumerate(sheets, 1):
            with book.open(f"xl/worksheets/sheet{n}.xml", "w", force_zip64=True) as part:
                lengths.append(_sheet(part, sheet, first=n == 1))
        book.writestr("xl/styles.xml", _STYLES)
        book.writestr("xl/workbook.xml", _book(sheets, lengths))
        numbers = range(1, len(sheets) + 1)
        book.writestr("xl/_rels/workbook.xml.rels", _relations(numbers))
        book.writestr("_rels/.rels", _root())
        book.writestr("[Content_Types].xml", _types(numbers))


def _sheet(part: IO[bytes], sheet: Sheet, *, first: bool) -> int:
    """How many rows there are, with the header."""
    letters = [get_column_letter(n + 1) for n in range(len(sheet.head))]
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, (_, width) in enumerate(sheet.head, 1)
    )
    selected = ' tabSelected="1"' if first else ""
    part.write(
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"{selected}>'
        f"{pane if sheet.filtered else ''}</sheetView></sheetViews>"
        f"<cols>{columns}</cols><sheetData>".encode()
    )
    head = "".join(
        _text(f"{letter}1", title, _HEAD)
        for letter, (title, _) in zip(letters, sheet.head, strict=True)
    )
    part.write(f'<row r="1">{head}</row>'.encode())
    n = 1
    for chunk in _chunks(sheet.rows):
        lines = []
        for row in chunk:
            n += 1
            lines.append(f'<row r="{n}">{"".join(_cells(row, letters, n))}</row>')
        if n > MOST_ROWS:
            raise ValueError("more rows than a sheet has")
        part.write("".join(lines).encode())
    end = f'<autoFilter ref="{_range(sheet, n)}"/>' if sheet.filtered else ""
    part.write(f"</sheetData>{end}</worksheet>".encode())
    return n


def _cells(row: Sequence[Cell], letters: Sequence[str], n: int) -> Iterator[str]:
    for letter, cell in zip(letters, row, strict=True):
        if cell is None or cell == "":
            continue
        if isinstance(cell, str):
            yield _text(f"{letter}{n}", cell)
        elif isinstance(cell, datetime):
            days = (cell.replace(tzinfo=None) - _BEGIN) / timedelta(days=1)
            yield f'<c r="{letter}{n}" s="{_MOMENT}"><v>{days:.9f}</v></c>'
        elif isinstance(cell, date):
            yield f'<c r="{letter}{n}" s="{_DAY}"><v>{(cell - _BEGIN.date()).days}</v></c>'
        else:
            yield f'<c r="{letter}{n}"><v>{cell}</v></c>'


def _text(at: str, text: str, style: int = 0) -> str:
    return f'<c r="{at}" s="{style}" t="inlineStr">{_inline(text)}</c>'


# Most of a table's texts are those of other rows.
@lru_cache(maxsize=8192)
def _inline(text: str) -> str:
    plain = _CODED.sub("_x005F_", _ILLEGAL.sub("", guarded(text)))[:_MOST_TEXT]
    kept = ' xml:space="preserve"' if plain != plain.strip() or "\n" in plain else ""
    return f"<is><t{kept}>{escape(plain)}</t></is>"


def _chunks(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    chunk: list[Sequence[Cell]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _range(sheet: Sheet, rows: int) -> str:
    return f"A1:{get_column_letter(len(sheet.head))}{rows}"


def _book(sheets: Sequence[Sheet], lengths: Sequence[int]) -> str:
    named = "".join(
        f'<sheet name={quoteattr(each.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, each in enumerate(sheets, 1)
    )
    # Excel keeps the range of a filter under this name as well.
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{n}" hidden="1">'
        f"{escape(_quoted(each.name))}!{_absolute(_range(each, lengths[n]))}</definedName>"
        for n, each in enumerate(sheets)
        if each.filtered
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets>'
        + (f"<definedNames>{filters}</definedNames>" if filters else "")
        + "</workbook>"
    )


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _absolute(area: str) -> str:
    return re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", area)


def _relations(numbers: Iterable[int]) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    styles = f'<Relationship Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'


def _root() -> str:
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )


def _types(numbers: Iterable[int]) -> str:
    parts = {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    parts |= {"/xl/styles.xml": "styles", "/xl/workbook.xml": "sheet.main"}
    named = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPE}.{what}+xml"/>'
        for name, what in parts.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )
