"""The list of faults 隐患清单 as a notice has it: what is asked for each, and by when."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from inspections.papers.sheet import Table
from inspections.papers.words import day
from inspections.services.papers.forms.base import Composing, Row, numbered, photo_numbers
from inspections.services.papers.matters import Matter

_AT_ONCE = "立即采取措施排除险情，并按期整改到位"
_IN_TIME = "按期整改到位，并落实日常管理"
_WIDTHS = (10.0, 22.0, 35.0, 14.0, 27.0, 11.0, 20.0, 17.0)
_HEAD = ("序号", "部位", "隐患描述", "检查项", "依据", "照片", "整改要求", "期限")


def default_rows(matter: Matter, today: date) -> dict[UUID, Row]:
    """By when as their cases have it; of a day that is past, whoever issues it says another."""
    return {
        each.id: Row(
            _AT_ONCE if each.severity == 1 else _IN_TIME,
            each.due if each.due and each.due >= today else None,
        )
        for each in matter.faults
    }


def last_due(rows: Iterable[Row]) -> date | None:
    return max((each.due for each in rows if each.due), default=None)


def table(composing: Composing) -> Table:
    numbers = numbered(composing)
    rows = []
    for n, fault in enumerate(composing.matter.faults, 1):
        row = composing.row(fault)
        due = row.due or composing.edits["due"]
        rows.append(
            (
                str(n),
                fault.place or "—",
                fault.what,
                fault.code or "—",
                fault.basis or "—",
                photo_numbers(fault, numbers),
                row.requirement,
                day(due),
            )
        )
    return Table(_WIDTHS, _HEAD, tuple(rows))
