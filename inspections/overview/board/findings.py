"""What was found again, of all that was found."""

from collections.abc import Sequence
from dataclasses import replace

from geo.scope import Scope
from inspections.overview.asked import Asked
from inspections.overview.board.counts import Share, Shares, Whose
from inspections.overview.board.said import REPEAT
from inspections.overview.counted import counted
from inspections.overview.sums import Counts


def of_findings(scope: Scope, asked: Asked, months: Sequence[Asked]) -> list[Shares]:
    """Of the period, and then of each month; a company's are those of its estates now."""
    again, found = asked.with_measure(REPEAT.slug), asked.with_measure("found")
    by = ("community", "company")
    told = [_shares(counted(scope, again, *by), counted(scope, found, *by))]
    if not months:
        return told
    whole = replace(asked, since=months[0].since, until=months[-1].until)
    by_month = [
        counted(scope, whole.with_measure(each.measure), *by, "month") for each in (again, found)
    ]
    for month in months:
        day = (month.since or month.last_day).replace(day=1)
        told.append(_shares(*(_of(counts, day) for counts in by_month)))
    return told


def _of(counts: Counts, month: object) -> Counts:
    return {
        (community, company): n for (community, company, at), n in counts.items() if at == month
    }


def _shares(again: Counts, found: Counts) -> Shares:
    return {
        REPEAT.slug: {Whose(*whose): Share(again.get(whose, 0), n) for whose, n in found.items()}
    }
