"""A table as CSV that spreadsheets read rightly."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO

from geo.files.text import guarded
from inspections.reports.workbook import Cell


def write(file: IO[bytes], head: Sequence[str], lines: Iterable[Sequence[Cell]]) -> None:
    # With its mark, or Excel takes UTF-8 for the system's own encoding.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    for line in lines:
        writer.writerow([_plain(cell) for cell in line])
    text.flush()
    text.detach()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else cell
