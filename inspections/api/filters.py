"""Filters in an address, read once for lists, tiles, figures and exports."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from inspections.errors import FilterInvalid
from inspections.querysets import FindingFilter

STATUSES = ("", "open", "closed")


def finding_filter(query: QueryDict) -> FindingFilter:
    """`kind`, `severity`, `community`, `estate` (each once or more), `status`, `since`, `until`.

    Raises FilterInvalid naming every parameter that can't be read.
    """
    wrong: dict[str, str] = {}
    read = FindingFilter(
        kinds=tuple(sorted({each for each in query.getlist("kind") if each})),
        severities=_numbers(query, "severity", wrong),
        status=query.get("status", ""),
        since=_day(query, "since", wrong),
        until=_day(query, "until", wrong),
        communities=_numbers(query, "community", wrong),
        estates=_numbers(query, "estate", wrong),
    )
    if read.status not in STATUSES:
        wrong["status"] = _("Either open or closed.")
    if read.since and read.until and read.since > read.until:
        wrong["until"] = _("The period ends before it begins.")
    if wrong:
        raise FilterInvalid(fields=wrong)
    return read


def box(query: Mapping[str, str]) -> tuple[float, float, float, float] | None:
    """`in_bbox=west,south,east,north`, degrees in WGS-84."""
    told = query.get("in_bbox")
    if not told:
        return None
    try:
        west, south, east, north = (float(each) for each in told.split(","))
    except ValueError:
        raise FilterInvalid(fields={"in_bbox": _("Four numbers: west,south,east,north.")}) from None
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise FilterInvalid(fields={"in_bbox": _("Four numbers: west,south,east,north.")})
    return west, south, east, north


def _numbers(query: QueryDict, name: str, wrong: dict[str, str]) -> tuple[int, ...]:
    told = [each for each in query.getlist(name) if each]
    if not all(each.isascii() and each.isdigit() and len(each) < 19 for each in told):
        wrong[name] = _("A number, once or more.")
        return ()
    return tuple(sorted({int(each) for each in told}))


def _day(query: QueryDict, name: str, wrong: dict[str, str]) -> date | None:
    told = query.get(name)
    if not told:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        wrong[name] = _("A date such as 2024-11-30.")
        return None
