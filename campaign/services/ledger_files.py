"""A ledger as a workbook: out with what stands and what is owed, and in again."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.errors import (
    LedgerFileRefused,
    LedgerFileUnreadable,
    LedgerRowInvalid,
    LedgerRowOutdated,
)
from campaign.ledger import Column, Counts, Ledger, Wrong
from campaign.ledger.columns import day_of
from campaign.models import LedgerRow
from campaign.owing import Asked, asked_places, owed
from campaign.services.ledgers import keep
from campaign.standing import Level
from geo.errors import FileRefused
from geo.files.columns import header, is_blank, plain_text
from geo.files.listing import read_listing
from geo.files.table import Problem, Table
from geo.files.text import folded
from inspections.errors import Refusal
from inspections.reports import workbook
from inspections.services import content
from people.models import User

MOST_ROWS = 2000
MOST_PROBLEMS = 100
# The name space of what a line of a file is known by.
_LINES = UUID("0190c3a0-0000-7000-8000-000000000007")
_PLACE = {
    Level.ESTATE: ("小区", "Estate"),
    Level.COMPANY: ("物业企业", "Property company"),
    Level.COMMUNITY: ("社区", "Community"),
}
_TITLES = {
    "community": ("所在社区", "In community"),
    "day": ("日期", "Day"),
    "month": ("月份", "Month"),
    "id": ("行号（勿改）", "Row id (leave as it is)"),
    "reason": ("更正原因", "Reason of a correction"),
}


@dataclass(frozen=True, slots=True)
class _Of:
    """A column of the sheet: `name` is a field of a row, or `data.<column>`."""

    name: str
    zh: str
    en: str
    column: Column | None = None

    @property
    def title(self) -> str:
        return self.zh if _chinese() else self.en

    @property
    def known_as(self) -> set[str]:
        # A unit or a remark in brackets is no part of a header.
        return {header(self.zh), header(self.en), header(self.name.removeprefix("data."))}


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


def _sheet_of(ledger: Ledger) -> list[_Of]:
    told = []
    place = _PLACE.get(ledger.level)
    if place:
        told.append(_Of("place", *place))
    if ledger.level == Level.ESTATE:
        told.append(_Of("community", *_TITLES["community"]))
    told.append(_Of("day", *_TITLES["day"]))
    if ledger.counts == Counts.MONTH:
        told.append(_Of("month", *_TITLES["month"]))
    told += [_Of(f"data.{each.name}", each.zh, each.en, each) for each in ledger.columns]
    return [*told, _Of("reason", *_TITLES["reason"]), _Of("id", *_TITLES["id"])]


def write_file(ledger: Ledger, user: User, *, month: date | None, day: date, at: Any) -> bytes:
    """What stands, of the month or of all, the oldest day first; then a line for every place that
    owes a row."""
    columns = _sheet_of(ledger)
    rows = LedgerRow.objects.visible_to(user).standing_before(at).filter(ledger=ledger.slug)
    if month and ledger.monthly:
        rows = rows.filter(month=month)
    rows = rows.select_related("community", "estate", "company").order_by("day", "at", "pk")
    lines = [[_cell(row, of) for of in columns] for row in rows]
    lacking = owed(ledger, user.scope, month or day.replace(day=1), day, at)
    for each in lacking.missing:
        told = {"place": each.name, "community": each.community_name}
        if month:
            told["month"] = f"{month:%Y-%m}"
        lines.append([told.get(of.name) for of in columns])
    head = [(of.title, 40.0 if of.name == "id" else 18.0) for of in columns]
    file = BytesIO()
    name = (ledger.zh if _chinese() else ledger.en)[:31].translate(_NO_NAME)
    workbook.write(file, [workbook.Sheet(name, head, lines)])
    return file.getvalue()


_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def _cell(row: LedgerRow, of: _Of) -> workbook.Cell:
    if of.column is not None:
        value = row.data.get(of.column.name)
        return None if value is None else of.column.of.to_cell(value, chinese=_chinese())
    told: dict[str, workbook.Cell] = {
        "place": str(row.estate or row.company or row.community or ""),
        "community": row.community.name if row.community else None,
        "day": row.day,
        "month": f"{row.month:%Y-%m}",
        "id": str(row.pk),
    }
    return told.get(of.name)


@dataclass(slots=True)
class Taken:
    new: int = 0
    corrected: int = 0
    known: int = 0
    notes: list[Problem] = field(default_factory=list)


@transaction.atomic
def take_file(*, ledger: Ledger, body: bytes, name: str, by: User, check: bool) -> Taken:
    """Keeps every line that says something new: all, or none and every bad cell named. The same
    file twice changes nothing; a line that names no more than its place says nothing. With `check`
    nothing is written.

    Raises LedgerFileUnreadable, LedgerFileRefused.
    """
    columns = _sheet_of(ledger)
    table = _table(body, name, columns)
    at = _found(table, columns)
    taken = Taken(notes=list(table.notes))
    problems = list(table.problems)
    places = _Places(ledger, by)
    for line, cells in zip(table.lines, table.rows, strict=True):
        sent, wrong = _read(ledger, at, cells, table.columns, places)
        if sent is None and not wrong:
            continue
        try:
            # What was written of a file that is refused goes again with all of it.
            if sent is not None and not wrong:
                _keep(ledger, sent, by, taken)
        except LedgerRowInvalid as e:
            named = {of.name: of.title for of in columns}
            wrong += [
                _named(named.get(each, each), reason)
                for each, reason in e.details["fields"].items()
            ]
        except Refusal as e:
            wrong.append(str(e.message))
        problems += [Problem(line, reason) for reason in wrong]
    if problems:
        told = [{"line": each.line, "reason": each.reason} for each in problems[:MOST_PROBLEMS]]
        raise LedgerFileRefused(problems=told, found=len(problems))
    if check:
        transaction.set_rollback(True)
    return taken


def _named(title: str, reason: object) -> str:
    return _("%(column)s: %(reason)s") % {"column": title, "reason": reason}


def _table(body: bytes, name: str, columns: Sequence[_Of]) -> Table:
    known = set().union(*(of.known_as for of in columns))
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        # A name of our own; only its ending is theirs, which the reader checks.
        path = Path(folder) / f"ledger{Path(name).suffix}"
        path.write_bytes(body)
        try:
            table = read_listing(path, name=name, knows=lambda title: header(title) in known)
        except FileRefused as e:
            raise LedgerFileUnreadable(reason=str(e), why=e.code) from e
    if len(table.rows) > MOST_ROWS:
        told = _("It has %(n)s lines; at most %(most)s at once.")
        raise LedgerFileUnreadable(reason=told % {"n": len(table.rows), "most": MOST_ROWS})
    return table


def _found(table: Table, columns: Sequence[_Of]) -> dict[str, tuple[int, _Of]]:
    """Where each column stands. Raises LedgerFileUnreadable."""
    at: dict[str, tuple[int, _Of]] = {}
    for index, title in enumerate(table.columns):
        for of in columns:
            if header(title) in of.known_as and of.name not in at:
                at[of.name] = index, of
                break
    needed = [of for of in columns if of.name == "place" or (of.column and of.column.needed)]
    missing = [of.title for of in needed if of.name not in at]
    if missing:
        raise LedgerFileUnreadable(reason=_("There is no column for %s.") % ", ".join(missing))
    return at


def _read(
    ledger: Ledger,
    at: dict[str, tuple[int, _Of]],
    cells: Sequence[Any],
    titles: Sequence[str],
    places: "_Places",
) -> tuple[dict[str, Any] | None, list[str]]:
    """What a line says; None where it says nothing but its place."""
    told = {name: cells[n] for name, (n, _of) in at.items() if not is_blank(cells[n])}
    if not any(name.startswith("data.") or name == "day" for name in told):
        return None, []
    sent: dict[str, Any] = {"data": {}}
    wrong: list[str] = []
    for name, cell in told.items():
        index, of = at[name]
        try:
            if of.column is not None:
                sent["data"][of.column.name] = of.column.of.of_cell(cell)
            elif name == "day":
                sent["day"] = day_of(cell)
            elif name == "month":
                sent["month"] = day_of(cell)[:7] if isinstance(cell, date) else plain_text(cell)
            elif name in ("id", "reason"):
                sent[name] = plain_text(cell)
        except Wrong as e:
            wrong.append(_("%(column)s “%(cell)s”: %(why)s") % {
                "column": titles[index], "cell": str(cell)[:60], "why": e
            })  # fmt: skip
    if ledger.level != Level.SUBDISTRICT and not sent.get("id"):
        place, why = places.find(told.get("place"), told.get("community"))
        if place is None:
            wrong.append(_named(at["place"][1].title, why))
        else:
            sent[ledger.level.value] = place.id
    return sent, wrong


class _Places:
    """By name, in the person's own scope. What stands in brackets is part of a name: （一期）."""

    def __init__(self, ledger: Ledger, by: User) -> None:
        self.by_name: dict[str, list[Asked]] = {}
        for each in asked_places(ledger, by.scope, timezone.now(), all_=True):
            self.by_name.setdefault(folded(each.name), []).append(each)

    def find(self, name: Any, community: Any) -> tuple[Asked | None, str]:
        if is_blank(name):
            return None, _("This is needed.")
        found = self.by_name.get(folded(plain_text(name)), [])
        if len(found) > 1 and not is_blank(community):
            wanted = folded(plain_text(community))
            found = [each for each in found if folded(each.community_name) == wanted]
        if len(found) > 1:
            return None, _("There are several of this name: say the community.")
        if not found:
            return None, _("There is no “%s” in your area.") % plain_text(name)[:60]
        return found[0], ""


def _keep(ledger: Ledger, sent: dict[str, Any], by: User, taken: Taken) -> None:
    named, reason = sent.pop("id", ""), sent.pop("reason", "")
    if named:
        row = _row(ledger, named, by, sent)
        if row is None:
            taken.known += 1
            return
        sent |= {"supersedes": str(row.pk), "reason": reason or _("corrected in a workbook")}
    form = content.canonical(sent)
    id = uuid5(_LINES, f"{ledger.slug} {by.pk} {form.decode()}")
    new = keep(id=id, ledger=ledger, sent=orjson.loads(form), canonical=form, by=by)[1]
    if not new:
        taken.known += 1
    elif named:
        taken.corrected += 1
    else:
        taken.new += 1


def _row(ledger: Ledger, named: str, by: User, sent: dict[str, Any]) -> LedgerRow | None:
    """The row that a line corrects; None where it says nothing new: as the row stands, or as it
    stood when the workbook was written. Raises LedgerRowInvalid; LedgerRowOutdated where somebody
    else was faster."""
    rows = LedgerRow.objects.visible_to(by).filter(ledger=ledger.slug)
    try:
        row = rows.filter(pk=UUID(named)).first()
    except ValueError:
        row = None
    if row is None:
        raise LedgerRowInvalid(fields={"id": _("There is no such row.")})
    newest = rows.filter(root=row.root, superseded_by=None).get()
    if not newest.withdrawn and any(_says_the_same(each, sent) for each in (row, newest)):
        return None
    if newest.withdrawn or (newest.pk != row.pk and newest.by_id != by.pk):
        raise LedgerRowOutdated(id=str(newest.pk))
    return newest


def _says_the_same(row: LedgerRow, sent: dict[str, Any]) -> bool:
    told = {"day": str(row.day), "month": f"{row.month:%Y-%m}", "data": row.data}
    return all(told.get(name) == value for name, value in sent.items())
