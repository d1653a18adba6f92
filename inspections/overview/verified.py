"""Whether the summaries are what the rows say."""

from typing import Any, NamedTuple

from django.db import connection

SUMMARIES = (
    "findingcell",
    "findingspot",
    "estatemonth",
    "estateday",
    "itemmonth",
    "itemday",
    "foundagain",
)
AT_ONCE = 1000  # findings that are told in one transaction


class Difference(NamedTuple):
    """`lacks`: by how much what is kept is less than the rows say, by its columns. Of
    `foundagain`, a finding that is not told or is told wrongly lacks 1."""

    summary: str
    key: dict[str, Any]
    lacks: dict[str, int]


def differences(most: int | None = None) -> list[Difference]:
    """Of each summary, all or the first so many. Each summary is compared with the rows of one
    moment; nobody waits for it."""
    return [each for summary in SUMMARIES for each in _of(summary, most)]


def sum_again() -> None:
    """Adds to the summaries what they lack. Nobody waits for it: what is found again is told part
    by part, since a row that is written keeps others from it until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspections_learn_closings()")
        cursor.execute("SELECT finding_id FROM inspections_foundagain_differs ORDER BY 1")
        differ = [finding for (finding,) in cursor.fetchall()]
        for first in range(0, len(differ), AT_ONCE):
            cursor.execute("SELECT inspections_find_again(%s)", [differ[first : first + AT_ONCE]])
        cursor.execute("SELECT inspections_sum_again()")


def _of(summary: str, most: int | None) -> list[Difference]:
    limit = "" if most is None else f" LIMIT {int(most)}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM inspections_{summary}_differs{limit}")  # noqa: S608
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return [
        Difference(
            summary,
            {name: row[name] for name in names if not _is_number(name)},
            {name: row[name] for name in names if _is_number(name) and row[name]},
        )
        for row in rows
    ]


def _is_number(name: str) -> bool:
    return name.startswith(("found", "open", "closed", "inspections", "lacks"))
