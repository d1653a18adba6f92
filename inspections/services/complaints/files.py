"""A list of complaints from another system: all of it is taken in, or nothing."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as has
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geo.errors import FileRefused
from geo.files.listing import read_listing
from geo.files.mapping import is_coordinate
from geo.files.table import Problem, Table
from geo.files.text import folded
from geo.models import Community, Estate
from inspections.errors import (
    CaseIsEnded,
    ComplaintFileRefused,
    ComplaintFileUnreadable,
    ComplaintInvalid,
    ExcludedGround,
    NotYoursToTake,
)
from inspections.models import Case, Complaint
from inspections.services.complaints import columns
from inspections.services.complaints.alike import Alike, alike_cases
from inspections.services.complaints.reading import (
    ComplaintWish,
    canonical_of,
    read_complaint,
)
from inspections.services.complaints.taking import may_take, take_turn, write
from people.models import User

MOST_ROWS = 1000
MOST_PROBLEMS = 100
_COMPLAINANT = ("name", "phone", "address", "wants_reply")
# The name space of what a line of a file is known by.
_LINES = UUID("0190c3a0-0000-7000-8000-000000000004")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: what it becomes, or is already. `alike`: open cases it may be about,
    told before anything is written."""

    line: int
    id: UUID
    wish: ComplaintWish
    known: bool
    alike: Sequence[Alike] = ()


@dataclass(slots=True)
class Preview:
    lines: list[Line] = has(default_factory=list)
    notes: list[Problem] = has(default_factory=list)

    @property
    def known(self) -> int:
        return sum(1 for each in self.lines if each.known)

    @property
    def joined(self) -> int:
        return sum(1 for each in self.lines if not each.known and each.wish.join is not None)

    @property
    def taken(self) -> int:
        return len(self.lines) - self.known


@transaction.atomic
def take_file(
    *, body: bytes, name: str, by: User, check: bool, datum: str | None = None
) -> Preview:
    """Takes in every line that is not there yet, or with `check` only tells what would be.

    A line is known again by its number outside and channel, else by all that it says: the same
    file twice changes nothing. Raises ComplaintFileUnreadable, or ComplaintFileRefused naming
    every bad line.
    """
    table = _table(body, name, datum)
    at, unused = columns.mapped(table.columns)
    missing = [each for each in ("text", "received_at") if each not in at]
    if missing:
        names = ", ".join(each.names[0] for each in columns.COLUMNS if each.field in missing)
        raise ComplaintFileUnreadable(reason=_("There is no column for %s.") % names)
    take_turn()
    now = timezone.now()
    preview = Preview(notes=list(table.notes))
    if unused := [each for each in unused if not is_coordinate(each)]:
        told = _("Columns that mean nothing here: %s.") % ", ".join(unused[:30])
        preview.notes.append(Problem(0, told))
    problems = _read(table, at, preview, by=by, now=now)
    if problems:
        named = [{"line": each.line, "reason": each.reason} for each in problems[:MOST_PROBLEMS]]
        raise ComplaintFileRefused(problems=named, found=len(problems))
    if not check:
        for each in preview.lines:
            if not each.known:
                write(each.id, each.wish, by=by, now=now, file=name[:120], line=each.line)
    return preview


def _table(body: bytes, name: str, datum: str | None) -> Table:
    with tempfile.TemporaryDirectory(prefix="xuntu-") as folder:
        # A name of our own; only its ending is theirs, which the reader checks.
        path = Path(folder) / f"complaints{Path(name).suffix}"
        path.write_bytes(body)
        try:
            table = read_listing(path, name=name, knows=columns.knows, datum=datum)
        except FileRefused as e:
            raise ComplaintFileUnreadable(reason=str(e), why=e.code) from e
    if not table.rows:
        raise ComplaintFileUnreadable(reason=_("There are no lines in it."))
    if len(table.rows) > MOST_ROWS:
        told = _("It has %(n)s lines; at most %(most)s at once.")
        raise ComplaintFileUnreadable(reason=told % {"n": len(table.rows), "most": MOST_ROWS})
    return table


def _read(
    table: Table,
    at: dict[str, tuple[int, columns.Column]],
    preview: Preview,
    *,
    by: User,
    now: datetime,
) -> list[Problem]:
    problems = list(table.problems)
    register = _Register(by)
    seen: dict[UUID, int] = {}
    shapes = table.shapes if table.shapes is not None else [None] * len(table.rows)
    for line, row, shape in zip(table.lines, table.rows, shapes, strict=True):
        said, wrong = columns.cells_of(row, at, table.columns)
        sent, more = register.complaint(said, shape)
        wrong += more
        try:
            if wrong:
                raise ComplaintInvalid(fields=dict(enumerate(wrong)))
            sent = canonical_of(sent)
            wish = read_complaint(sent, by=by, now=now)
            may_take(wish, by)
        except ComplaintInvalid as e:
            problems += [Problem(line, reason) for reason in e.details["fields"].values()]
            continue
        except (CaseIsEnded, ExcludedGround, NotYoursToTake) as e:
            problems.append(Problem(line, str(e.message)))
            continue
        id = _id_of(wish)
        if id in seen:
            told = _("It says the same as line %d and is taken once.") % seen[id]
            preview.notes.append(Problem(line, told))
            continue
        seen[id] = line
        known = _known(id, wish)
        if known and known.content_sha256 != wish.sha256:
            told = _("It is there already, in other words: what is there stays.")
            preview.notes.append(Problem(line, told))
        alike = () if known or wish.join else _alike(wish, by, now)
        preview.lines.append(Line(line, id, wish, known is not None, alike))
    return sorted(problems, key=lambda each: each.line)


def _id_of(wish: ComplaintWish) -> UUID:
    number = f"{wish.channel}/{wish.outside_number}" if wish.outside_number else wish.sha256
    return uuid5(_LINES, number)


def _known(id: UUID, wish: ComplaintWish) -> Complaint | None:
    """By its id; or by its number, where somebody entered it by hand."""
    rows = Complaint.objects.filter(pk=id)
    if wish.outside_number:
        rows |= Complaint.objects.filter(channel=wish.channel, outside_number=wish.outside_number)
    return rows.first()


def _alike(wish: ComplaintWish, by: User, now: datetime) -> Sequence[Alike]:
    found = alike_cases(
        user=by,
        estate=wish.estate.pk if wish.estate else None,
        place=wish.place,
        text=f"{wish.title} {wish.text}",
        now=now,
    )
    return found[:3]


class _Register:
    """Finds the estates and cases that a file names."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.communities = {
            folded(each.name): each.pk for each in Community.objects.visible_to(by).current()
        }
        self.estates: dict[str, list[Estate]] = {}
        for each in Estate.objects.visible_to(by).current():
            for word in {folded(each.name), folded(each.code or "")} - {""}:
                self.estates.setdefault(word, []).append(each)

    def complaint(self, said: dict[str, Any], shape: Any) -> tuple[dict[str, Any], list[str]]:
        """As one that is sent by itself, and what is wrong with what it names."""
        wrong: list[str] = []
        sent: dict[str, Any] = {"channel": "other", "wants_reply": True} | said
        community = sent.pop("community", "")
        if shape is not None:
            sent["place"] = {"type": "Point", "coordinates": [shape.x, shape.y]}
        if name := sent.pop("estate", ""):
            estate, why = self._estate(name, community)
            if why:
                wrong.append(why)
            else:
                sent["estate"] = estate
        if number := sent.pop("case", None):
            case = Case.objects.visible_to(self.by).filter(number=number).first()
            if case is None:
                wrong.append(_("There is no case %d in your area.") % number)
            else:
                sent["join"] = str(case.pk)
        who = {name: sent.pop(name) for name in _COMPLAINANT if name in sent}
        if who.keys() - {"wants_reply"}:
            sent["complainant"] = who
        return sent, wrong

    def _estate(self, name: str, community: str) -> tuple[int | None, str]:
        found = self.estates.get(folded(name), [])
        if community:
            within = self.communities.get(folded(community))
            if within is None:
                return None, _("There is no community “%s” in your area.") % community[:60]
            found = [each for each in found if each.community_id == within]
        if not found:
            return None, _("There is no estate “%s” in your area.") % name[:60]
        if len(found) > 1:
            return None, _("There are several estates “%s”: name the community.") % name[:60]
        return found[0].pk, ""
