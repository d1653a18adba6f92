"""The book as a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import pgettext

from inspections.case_filter import CaseFilter
from inspections.models import Case
from inspections.reports import text_table, workbook
from inspections.reports.ledger.about import about
from inspections.reports.ledger.lines import COLUMNS, lines
from inspections.reports.workbook import Cell, Sheet
from people.models import User


@dataclass(slots=True)
class Asked:
    """Whose book, narrowed by what. `now` is the moment by which it says what is overdue; `n` is
    how many lines there were, once they are written."""

    user: User
    wanted: CaseFilter
    now: datetime = field(default_factory=lambda: timezone.now())
    n: int = 0

    def lines(self) -> Iterator[list[Cell]]:
        rows: Any = Case.objects.visible_to(self.user).matching(self.wanted, self.now)
        for line in lines(self.user, rows, self.now):
            self.n += 1
            yield line

    def about(self) -> Iterator[tuple[str, Cell]]:
        yield from about(self.user, self.wanted, timezone.localtime(self.now), self.n)


def write_xlsx(file: IO[bytes], asked: Asked) -> None:
    head = [(str(column.title), column.width) for column in COLUMNS]
    about = [(pgettext("ledger", "what"), 24.0), (pgettext("ledger", "told"), 60.0)]
    # The second is read once the first is written: it says how many lines there are.
    sheets = [
        Sheet(pgettext("ledger", "ledger of cases"), head, asked.lines()),
        Sheet(pgettext("ledger", "about this ledger"), about, asked.about(), filtered=False),
    ]
    workbook.write(file, sheets)


def write_csv(file: IO[bytes], asked: Asked) -> None:
    text_table.write(file, [str(column.title) for column in COLUMNS], asked.lines())


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    write: Callable[[IO[bytes], Asked], None]


FORMATS = {
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
    "csv": Format("text/csv; charset=utf-8", write_csv),
}
