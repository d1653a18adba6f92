"""Filters in an address, read once for lists, tiles, figures and exports."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from inspections.errors import FilterInvalid
from inspections.querysets import FindingFilter

SEVERITIES = {1, 2, 3}
STATUSES = ("open", "closed")
MOST_PAGE_SIZE = 1000


@dataclass(slots=True)
class Told:
    """Reads one parameter after the other and remembers what is `wrong` with each."""

    query: QueryDict
    wrong: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        told = self.query.get(name, "").strip()
        if "\0" in told:
            self.wrong[name] = _("This can't be searched for.")
            return ""
        return told

    def texts(self, name: str) -> tuple[str, ...]:
        told = {each for each in self.query.getlist(name) if each}
        if any("\0" in each for each in told):
            self.wrong[name] = _("This can't be searched for.")
        return tuple(sorted(told))

    def numbers(self, name: str) -> tuple[int, ...]:
        told = [each for each in self.query.getlist(name) if each]
        if not all(each.isascii() and each.isdigit() and len(each) < 19 for each in told):
            self.wrong[name] = _("A number, once or more.")
            return ()
        return tuple(sorted({int(each) for each in told}))

    def id(self, name: str) -> UUID | None:
        told = self.query.get(name)
        try:
            return UUID(told) if told else None
        except ValueError:
            self.wrong[name] = _("An id such as 0190c3a0-0000-7000-8000-000000000000.")
            return None

    def number(self, name: str, default: int, most: int) -> int:
        told = self.query.get(name)
        if not told:
            return default
        if not (told.isascii() and told.isdigit() and len(told) < 19 and 0 < int(told) <= most):
            self.wrong[name] = _("A number from 1 to %d.") % most
            return default
        return int(told)

    def day(self, name: str) -> date | None:
        told = self.query.get(name)
        if not told:
            return None
        try:
            day = date.fromisoformat(told)
        except ValueError:
            day = None
        # Room for the day before and the day after, in any time zone.
        if day is None or not date(1900, 1, 1) <= day <= date(9000, 1, 1):
            self.wrong[name] = _("A date such as 2024-11-30.")
            return None
        return day

    def period(self) -> tuple[date | None, date | None]:
        since, until = self.day("since"), self.day("until")
        if since and until and since > until:
            self.wrong["until"] = _("The period ends before it begins.")
        return since, until

    def one_of(self, name: str, known: Collection[str]) -> str:
        told = self.query.get(name, "")
        if told and told not in known:
            self.wrong[name] = _("One of %s.") % ", ".join(sorted(known))
            return ""
        return told

    def some_of(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        told = self.texts(name)
        if not set(told) <= set(known):
            self.wrong[name] = _("One of %s.") % ", ".join(sorted(known))
            return ()
        return told

    def yes_or_no(self, name: str) -> bool | None:
        told = self.one_of(name, ("1", "0", "true", "false"))
        return told in {"1", "true"} if told else None

    def box(self) -> tuple[float, float, float, float] | None:
        """`in_bbox=west,south,east,north`, degrees in WGS-84."""
        told = self.query.get("in_bbox")
        if not told:
            return None
        try:
            west, south, east, north = (float(each) for each in told.split(","))
        except ValueError:
            west = south = east = north = float("nan")
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            self.wrong["in_bbox"] = _("Four numbers: west,south,east,north.")
            return None
        return west, south, east, north

    def nothing_else(self, known: Collection[str]) -> None:
        """A filter misspelt would otherwise answer with more than was asked for."""
        for name in self.query.keys() - set(known):
            self.wrong[name[:60]] = _("There is no such filter here.")

    def check(self) -> None:
        if self.wrong:
            raise FilterInvalid(fields=self.wrong)


def finding_filter(query: QueryDict) -> FindingFilter:
    """`kind`, `severity`, `community`, `estate` (each once or more), `status`, `since`, `until`.

    Raises FilterInvalid naming every parameter that can't be read.
    """
    told = Told(query)
    wanted = findings_told(told)
    told.check()
    return wanted


def findings_told(told: Told) -> FindingFilter:
    since, until = told.period()
    return FindingFilter(
        kinds=told.texts("kind"),
        severities=severities_told(told),
        status=told.one_of("status", STATUSES),
        since=since,
        until=until,
        communities=told.numbers("community"),
        estates=told.numbers("estate"),
    )


def severities_told(told: Told) -> tuple[int, ...]:
    numbers = told.numbers("severity")
    if not set(numbers) <= SEVERITIES:
        told.wrong["severity"] = _("1, 2 or 3.")
    return numbers
