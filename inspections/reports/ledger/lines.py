"""The book's columns, and its lines."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy

from inspections import kinds
from inspections.models import Source
from inspections.models.findings import SEVERITIES
from inspections.models.words import SOURCES, STATES
from inspections.reports.ledger import beside
from inspections.reports.ledger.beside import Beside
from inspections.reports.workbook import Cell
from people.models import User

# As many are read together: what stands beside them comes in one query each.
BATCH = 2_000
_READ = (
    "pk",
    "number",
    "source",
    "outside_number",
    "community__name",
    "estate__name",
    "asset__name",
    "asset__code",
    "kind",
    "item",
    "title",
    "severity",
    "simple",
    "handler",
    "company__name",
    "unit__name",
    "state",
    "reported_at",
    "opened_at",
    "assigned_at",
    "due_at",
    "first_due_at",
    "ended_at",
    "provisional",
    "reopened",
)


class Words:
    """What is said in many lines, in the reader's language: looked up once."""

    def __init__(self) -> None:
        self.sources = {each.value: str(word) for each, word in SOURCES.items()}
        self.states = {each.value: str(word) for each, word in STATES.items()}
        self.severities = {each: str(word) for each, word in SEVERITIES}
        self.yes, self.no = pgettext("ledger", "yes"), pgettext("ledger", "no")
        self.overdue = pgettext("ledger", "overdue")
        self.ended_late = pgettext("ledger", "ended late")
        self.resident = pgettext("ledger", "a resident")
        self.group = pgettext("ledger", "%s, handling group")
        self.in_order = pgettext("ledger", "in order")
        self.not_in_order = pgettext("ledger", "not in order")


@dataclass(frozen=True, slots=True)
class Book:
    """What all lines have in common."""

    user: User
    now: datetime
    zone: tzinfo
    words: Words

    def local(self, at: datetime | None) -> datetime | None:
        """To the minute, as the clock on the wall shows it."""
        return at.astimezone(self.zone).replace(second=0, microsecond=0) if at else None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of `_READ` by name, and what stands beside it."""

    n: int
    of: dict[str, Any]
    beside: Beside
    book: Book

    @property
    def id(self) -> UUID:
        id: UUID = self.of["pk"]
        return id


@dataclass(frozen=True, slots=True)
class Column:
    title: str | Promise
    width: float
    tell: Callable[[Line], Cell]


def _plain(name: str) -> Callable[[Line], Cell]:
    def tell(line: Line) -> Cell:
        told: Cell = line.of[name]
        return told

    return tell


def _moment(name: str) -> Callable[[Line], Cell]:
    return lambda line: line.book.local(line.of[name])


def _yes(name: str) -> Callable[[Line], Cell]:
    return lambda line: line.book.words.yes if line.of[name] else ""


def _word(of: str, name: str) -> Callable[[Line], Cell]:
    def tell(line: Line) -> Cell:
        word: str = getattr(line.book.words, of)[line.of[name]]
        return word

    return tell


def _part(line: Line) -> str:
    own: str | None = line.of["asset__name"] or line.of["asset__code"]
    return line.beside.part.get(line.id) or own or ""


def _kind(line: Line) -> str:
    slug: str = line.of["kind"]
    return _TITLES.get(slug, slug)


_TITLES = {kind.slug: kind.title_zh for kind in kinds.all()}


def _finder(line: Line) -> str:
    if line.of["source"] == Source.COMPLAINT:
        return line.book.words.resident
    return line.beside.finder.get(line.id, "")


def _handler(line: Line) -> Cell:
    match line.of["handler"]:
        case "community":
            name: str = line.of["community__name"]
            return line.book.words.group % name
        case "company" | "unit" as kind:
            name = line.of[f"{kind}__name"]
            return name
    return ""


def _fixed_at(line: Line) -> Cell:
    return line.book.local(line.beside.fixed_at.get(line.id))


def _checked_at(line: Line) -> Cell:
    check = line.beside.check.get(line.id)
    return line.book.local(check.at) if check else None


def _check(line: Line) -> str:
    check, words = line.beside.check.get(line.id), line.book.words
    if check is None:
        return ""
    return f"{words.in_order if check.passed else words.not_in_order} {check.by}".strip()


def _overdue(line: Line) -> str:
    """As the pages tell it: of what is open. What ended too late is told apart."""
    due, ended, words = line.of["due_at"], line.of["ended_at"], line.book.words
    if due is None or due >= (ended or line.book.now):
        return words.no
    return words.ended_late if ended else words.overdue


def _papers(line: Line) -> str:
    return "、".join(line.beside.papers.get(line.id, ()))


COLUMNS = (
    Column(pgettext_lazy("ledger", "No."), 6, lambda line: line.n),
    Column(pgettext_lazy("ledger", "case number"), 10, _plain("number")),
    Column(pgettext_lazy("ledger", "source"), 10, _word("sources", "source")),
    Column(pgettext_lazy("ledger", "number on the city's platform"), 18, _plain("outside_number")),
    Column(pgettext_lazy("ledger", "community"), 14, _plain("community__name")),
    Column(pgettext_lazy("ledger", "estate"), 18, _plain("estate__name")),
    Column(pgettext_lazy("ledger", "part of the building"), 22, _part),
    Column(pgettext_lazy("ledger", "kind of inspection"), 14, _kind),
    Column(pgettext_lazy("ledger", "item code"), 10, _plain("item")),
    Column(pgettext_lazy("ledger", "what is wrong"), 36, _plain("title")),
    Column(pgettext_lazy("ledger", "severity"), 10, _word("severities", "severity")),
    Column(pgettext_lazy("ledger", "simple: the same day"), 10, _yes("simple")),
    Column(pgettext_lazy("ledger", "found at"), 17, _moment("reported_at")),
    Column(pgettext_lazy("ledger", "found by"), 10, _finder),
    Column(pgettext_lazy("ledger", "received at"), 17, _moment("opened_at")),
    Column(pgettext_lazy("ledger", "responsible"), 26, _handler),
    Column(pgettext_lazy("ledger", "assigned at"), 17, _moment("assigned_at")),
    Column(pgettext_lazy("ledger", "to be rectified by"), 17, _moment("due_at")),
    Column(pgettext_lazy("ledger", "first deadline"), 17, _moment("first_due_at")),
    Column(pgettext_lazy("ledger", "deadline is provisional"), 10, _yes("provisional")),
    Column(pgettext_lazy("ledger", "state"), 12, _word("states", "state")),
    Column(pgettext_lazy("ledger", "rectified at"), 17, _fixed_at),
    Column(pgettext_lazy("ledger", "re-inspected at"), 17, _checked_at),
    Column(pgettext_lazy("ledger", "re-inspection"), 16, _check),
    Column(pgettext_lazy("ledger", "closed or ended at"), 17, _moment("ended_at")),
    Column(pgettext_lazy("ledger", "overdue?"), 10, _overdue),
    Column(pgettext_lazy("ledger", "times reopened"), 10, _plain("reopened")),
    Column(pgettext_lazy("ledger", "papers"), 26, _papers),
)


def lines(user: User, rows: Any, now: datetime) -> Iterator[list[Cell]]:
    """`rows` is a query of cases that this person sees. Inside a transaction: they are read a
    batch at a time."""
    book = Book(user, now, timezone.get_current_timezone(), Words())
    n = 0
    batch: list[tuple[Any, ...]] = []
    for row in rows.order_by("number").values_list(*_READ).iterator(chunk_size=BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _told(book, batch, n)
            n += len(batch)
            batch = []
    yield from _told(book, batch, n)


def _told(book: Book, batch: list[tuple[Any, ...]], before: int) -> Iterator[list[Cell]]:
    there = beside.read(book.user, [row[0] for row in batch])
    for n, row in enumerate(batch, before + 1):
        line = Line(n, dict(zip(_READ, row, strict=True)), there, book)
        yield [column.tell(line) for column in COLUMNS]
