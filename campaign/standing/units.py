"""What is counted, in words. A unit that is not here is said as it was entered."""

from decimal import Decimal
from typing import NamedTuple


class Words(NamedTuple):
    zh: str
    one: str
    many: str


UNITS = {
    "doc": Words("份文件", "document", "documents"),
    "time": Words("次", "time", "times"),
    "task": Words("项", "task", "tasks"),
    "list": Words("份清单", "list", "lists"),
    "project": Words("个项目", "project", "projects"),
    "estate": Words("个小区", "estate", "estates"),
    "site": Words("个点位", "site", "sites"),
    "defect": Words("处", "defect", "defects"),
}


def said(number: Decimal, unit: str) -> tuple[str, str]:
    """In Chinese and in English: 20 个小区, 20 estates."""
    told = f"{number.normalize():f}"
    words = UNITS.get(unit, Words(unit, unit, unit))
    return (
        f"{told} {words.zh}".strip(),
        f"{told} {words.one if number == 1 else words.many}".strip(),
    )
