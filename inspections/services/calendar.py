"""The office's own table of holidays and make-up working days, as the State Council tells it each
November."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from geo.errors import FileRefused
from geo.files.listing import read_listing
from geo.files.table import Table
from geo.files.text import folded
from inspections.errors import CalendarRefused
from inspections.models import OfficeDay
from inspections.services.cases.clocks import recompute
from inspections.timetable import timetable

# The name of the task in inspections.tasks, which stands above this module.
RECOMPUTE = "inspections.tasks.recompute_deadlines"
MOST_PROBLEMS = 100
_COLUMNS = {
    **dict.fromkeys(("date", "day", "日期"), "day"),
    **dict.fromkeys(("works", "上班", "是否上班", "工作日"), "works"),
    **dict.fromkeys(("name", "名称", "节日", "说明"), "name"),
}
_WORKS = {
    **dict.fromkeys(("1", "true", "yes", "y", "是", "班", "上班", "补班", "工作日"), True),
    **dict.fromkeys(("0", "false", "no", "n", "否", "休", "放假", "休息", "节假日"), False),
}
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
# No holiday notice leaves these out: a year of which they are not told is not told yet.
_ALWAYS = ((1, 1), (5, 1), (10, 1))
_FIRST, _LAST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Loaded:
    days: int
    years: tuple[int, ...]
    # Cases that have other deadlines now.
    recomputed: int


def load_calendar(*, path: Path, name: str) -> Loaded:
    """A CSV or XLSX of date, works and name; days that are there already are told anew. All of it
    or nothing: raises CalendarRefused, naming every bad line."""
    try:
        table = read_listing(path, name=name, knows=lambda title: folded(title) in _COLUMNS)
    except FileRefused as e:
        raise CalendarRefused(problems=[{"line": 0, "reason": str(e)}]) from e
    days = _read(table)
    years = tuple(sorted({row.day.year for row in days}))
    with transaction.atomic():
        OfficeDay.objects.bulk_create(
            [
                OfficeDay(day=row.day, works=row.works, name=row.name, source=name[:120])
                for row in days
            ],
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["works", "name", "source"],
        )
        return Loaded(len(days), years, recompute(years))


def recompute_later(years: Iterable[int]) -> None:
    """In the transaction of whoever calls this: with it, or not at all."""
    app.configure_task(RECOMPUTE).defer(years=[*sorted(years)])


def years_half_told(days: Iterable[date]) -> list[int]:
    """Years of these days of which nothing else is known, and a table would have more."""
    told = set(days)
    known = timetable().calendar.known
    unknown = {day.year for day in told} - known
    return [
        year for year in sorted(unknown) if not all(date(year, *day) in told for day in _ALWAYS)
    ]


def _read(table: Table) -> list[OfficeDay]:
    at = {
        _COLUMNS[folded(title)]: n
        for n, title in enumerate(table.columns)
        if folded(title) in _COLUMNS
    }
    if missing := [each for each in ("day", "works") if each not in at]:
        columns = ", ".join("date" if each == "day" else each for each in missing)
        raise _refused([(0, _("There is no column for %s.") % columns)])
    problems = [(each.line, each.reason) for each in table.problems]
    found: dict[date, OfficeDay] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        day, works = _day(row[at["day"]]), _works(row[at["works"]])
        if day is None:
            problems.append((line, _("This is no date: %s.") % _text(row[at["day"]])))
        elif day in found:
            problems.append((line, _("%s is there twice.") % day))
        elif works is None:
            problems.append(
                (line, _("Is it worked on? Write 1 or 0, not “%s”.") % _text(row[at["works"]]))
            )
        else:
            called = _text(row[at["name"]]) if "name" in at else ""
            found[day] = OfficeDay(day=day, works=works, name=called[:40])
    if not found and not problems:
        problems.append((0, _("There are no lines in it.")))
    for year in years_half_told(found) if not problems else ():
        told = _(
            "Of %(year)d not even 1 January, 1 May and 1 October are told: is the table whole?"
        )
        problems.append((0, told % {"year": year}))
    if problems:
        raise _refused(problems)
    return list(found.values())


def _refused(problems: Sequence[tuple[int, str]]) -> CalendarRefused:
    told = [{"line": line, "reason": reason} for line, reason in problems[:MOST_PROBLEMS]]
    return CalendarRefused(problems=told, found=len(problems))


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    told = _DATE.fullmatch(_text(cell))
    try:
        day = date(*map(int, told.groups())) if told else None
    except ValueError:
        return None
    return day if day and _FIRST <= day.year <= _LAST else None


def _works(cell: Any) -> bool | None:
    if isinstance(cell, bool):
        return cell
    return _WORKS.get(folded(_text(cell)))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).strip()
