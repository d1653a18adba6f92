"""Limits of time, and which of them counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from inspections.clocks.working import Deadline, WorkingTime
from inspections.workflow import State


class Step(StrEnum):
    """What a limit is for."""

    WHOLE = "whole"
    REPLY = "reply"
    INTAKE = "intake"
    DISPATCH = "dispatch"
    CLAIM = "claim"
    HANDLING = "handling"
    CHECKING = "checking"
    DECISION = "decision"


# Those missing here have no clock of their own.
STEP_OF = {
    State.REPORTED: Step.INTAKE,
    State.FILED: Step.DISPATCH,
    State.RETURNED: Step.DISPATCH,
    State.ASSIGNED: Step.CLAIM,
    State.IN_PROGRESS: Step.HANDLING,
    State.EXTENSION_ASKED: Step.DECISION,
    State.FIXED: Step.CHECKING,
    State.CHECKING: Step.CHECKING,
    State.CHECKED: Step.CHECKING,
}


class Measure(StrEnum):
    SAME_DAY = "same_day"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"

    @property
    def working(self) -> bool:
        """What is left of it stands still overnight."""
        return self in (Measure.WORKING_HOURS, Measure.WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Matter:
    """What of a case its limits go by. `received_at`: by the server's clock, as all that is
    counted from is no later than that, whatever a tablet's clock said."""

    kind: str
    item: str
    severity: int
    simple: bool
    reported_at: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Limit:
    """Empty: of any kind, item, severity; `simple`: of simple cases alone."""

    step: Step
    kind: str
    item: str
    severity: int | None
    simple: bool
    measure: Measure
    amount: int
    since: datetime
    until: datetime | None = None

    def fits(self, matter: Matter, moment: datetime) -> bool:
        return (
            self.since <= moment
            and (self.until is None or moment < self.until)
            and self.kind in ("", matter.kind)
            and self.item in ("", matter.item)
            and self.severity in (None, matter.severity)
            and (matter.simple or not self.simple)
        )

    @property
    def says(self) -> tuple[bool, bool, bool, bool, datetime]:
        """The greatest counts: of simple cases, of the item, of the kind, of the severity, and of
        two that say the same the later one."""
        return self.simple, bool(self.item), bool(self.kind), self.severity is not None, self.since

    def deadline(self, begin: datetime, working: WorkingTime) -> Deadline:
        if self.measure is Measure.SAME_DAY:
            return working.midnight(begin)
        if self.measure is Measure.HOURS:
            return Deadline(begin + timedelta(hours=self.amount))
        if self.measure is Measure.WORKING_HOURS:
            return working.after(begin, timedelta(hours=self.amount))
        return working.days_after(begin, self.amount)


class Limits:
    def __init__(self, limits: Iterable[Limit]) -> None:
        self._of: dict[Step, list[Limit]] = {step: [] for step in Step}
        for each in sorted(limits, key=lambda each: each.says, reverse=True):
            self._of[each.step].append(each)

    def of(self, step: Step, matter: Matter, moment: datetime) -> Limit | None:
        """As it was at that moment; None where the office has set none."""
        return next((each for each in self._of[step] if each.fits(matter, moment)), None)
