"""What is known of one estate, each with its day: what is of a later day is not there yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID


class Grade(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    NA = "na"


class Form(StrEnum):
    SELF = "self"  # 自评
    REVIEW = "review"  # 评审
    RECHECK = "recheck"  # 复核


@dataclass(frozen=True, slots=True)
class Look:
    """An inspection item was answered at the estate. `applies` is False where it was said not to
    apply: then `of_asset` tells whether that was said of a single thing only."""

    code: str
    day: date
    applies: bool
    of_asset: bool
    inspection: UUID


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days at whose ends it was so; `until` is the first at whose end it no longer was."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding that counts, and the days it was open."""

    id: UUID
    code: str
    severity: int
    open: tuple[Stretch, ...]
    case: UUID | None = None
    number: int | None = None

    def open_on(self, day: date) -> bool:
        return any(each.holds(day) for each in self.open)

    def since(self, day: date) -> date | None:
        """Of the stretch that it is open in."""
        return next((each.since for each in self.open if each.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Failed:
    """A case that did not pass its re-check, or was opened again, and the days until it ended."""

    case: UUID
    number: int
    code: str
    so: tuple[Stretch, ...]

    def on(self, day: date) -> bool:
        return any(each.holds(day) for each in self.so)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet. Of several, the later one in the order here is the newer."""

    id: UUID
    form: Form
    day: date
    version: str
    grades: Mapping[str, Grade]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A veto that somebody declared, and why. `lifted_on` is the first day on which it was no more,
    `lifted_why` what was said then."""

    id: UUID
    code: str
    since: date
    lifted_on: date | None
    note: str = ""
    lifted_why: str = ""


@dataclass(slots=True)
class Evidence:
    """Of one estate. Sheets in their order; everything else in any."""

    looks: list[Look] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    sheets: list[Filled] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
