"""A case's clocks, from its moves.

Two run: that of the whole case, and that of the step it is in. Beneath them the handling's runs on
from the assignment until the case is handed back, and is the step's while that is the step.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self

from inspections.clocks.limits import STEP_OF, Limits, Matter, Measure, Step
from inspections.clocks.working import Deadline, WorkingTime
from inspections.workflow import MOVES, Effect, State

_NONE = timedelta()


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: when, where it led, and the day it tells."""

    version: int
    name: str
    at: datetime
    to: State
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """`due`: None where no limit is set. `left`: of one that stands still."""

    began_at: datetime
    due: Deadline | None
    working: bool
    left: timedelta | None = None

    @property
    def told(self) -> Deadline | None:
        return self.due if self.left is None else None

    def stopped(self, at: datetime, time: WorkingTime) -> Self:
        if self.due is None:
            return self
        left = time.between(at, self.due.at) if self.working else self.due.at - at
        return replace(self, left=max(left, _NONE))

    def going_on(self, at: datetime, time: WorkingTime) -> Self:
        """What was overdue as it stopped is due at once."""
        if self.due is None or self.left is None:
            return self
        due = time.after(at, self.left) if self.working else Deadline(at + self.left)
        return replace(self, due=Deadline(due.at, due.sure and self.due.sure), left=None)

    def extended(self, until: Deadline) -> Self:
        """Never brought forward: an earlier day leaves it as it is."""
        if self.due is not None and self.due.at >= until.at:
            return self
        return replace(self, due=until, working=True)


@dataclass(frozen=True, slots=True)
class Clocks:
    """As they stand after the last move. `step`: None where the state has no clock of its own."""

    step: Step | None
    step_began_at: datetime
    step_due: Deadline | None
    due: Deadline | None
    first_due: Deadline | None
    assigned_at: datetime | None

    @property
    def sure(self) -> bool:
        return all(each is None or each.sure for each in (self.step_due, self.due, self.first_due))


def replay(matter: Matter, moves: Iterable[Made], limits: Limits, time: WorkingTime) -> Clocks:
    """In the order of their versions, whatever order they come in."""
    case = _Case(matter, limits, time)
    for move in sorted(moves, key=lambda each: each.version):
        case.make(move)
    return case.told()


def replay_each(
    matter: Matter, moves: Iterable[Made], limits: Limits, time: WorkingTime
) -> list[Clocks]:
    """As they stood before the first move, and after each."""
    case = _Case(matter, limits, time)
    told = [case.told()]
    for move in sorted(moves, key=lambda each: each.version):
        case.make(move)
        told.append(case.told())
    return told


class _Case:
    def __init__(self, matter: Matter, limits: Limits, time: WorkingTime) -> None:
        self.matter, self.limits, self.time = matter, limits, time
        self.whole = self._whole()
        self.first_due = self.whole.due
        self.state = State.REPORTED
        # Of a case that stands still, the step it was in.
        self.step: Step | None = Step.INTAKE
        self.own: Clock | None = self._clock(Step.INTAKE, matter.received_at)
        self.handling: Clock | None = None
        self.entered_at = matter.received_at
        self.assigned_at: datetime | None = None

    def make(self, move: Made) -> None:
        effect = MOVES[move.name].effect
        self.state, self.entered_at = move.to, move.at
        if effect is Effect.PAUSE:
            self.whole = self.whole.stopped(move.at, self.time)
            self.own = self.own and self.own.stopped(move.at, self.time)
            self.handling = self.handling and self.handling.stopped(move.at, self.time)
            return
        if effect is Effect.GO_ON:
            self.whole = self.whole.going_on(move.at, self.time)
            self.own = self.own and self.own.going_on(move.at, self.time)
            self.handling = self.handling and self.handling.going_on(move.at, self.time)
        elif effect is Effect.EXTEND and move.until is not None:
            until = self.time.closing(move.until)
            self.whole = self.whole.extended(until)
            self.handling = self.handling and self.handling.extended(until)
        elif effect is Effect.AGAIN:
            self.whole = self._clock(Step.WHOLE, move.at)
        # Given to somebody (else): what ran for the one before is over.
        anew = effect is Effect.AGAIN or move.name == "assign"
        self._handle(move, anew=anew)
        self._enter(move, anew=anew)

    def _handle(self, move: Made, *, anew: bool) -> None:
        if move.to not in (State.ASSIGNED, State.IN_PROGRESS, State.EXTENSION_ASKED):
            self.handling = None
        elif self.handling is None or anew:
            self.handling = self._clock(Step.HANDLING, move.at)
            self.assigned_at = move.at

    def _enter(self, move: Made, *, anew: bool) -> None:
        step = STEP_OF.get(move.to)
        if step is None or step is Step.HANDLING:
            self.own = None
        elif anew or self.own is None or step != self.step:
            self.own = self._clock(step, move.at)
        self.step = step

    def _whole(self) -> Clock:
        """From when it was reported; the same day is that on which it was received."""
        matter = self.matter
        began_at = min(matter.reported_at, matter.received_at)
        limit = self.limits.of(Step.WHOLE, matter, began_at)
        if limit is not None and limit.measure is Measure.SAME_DAY:
            began_at = matter.received_at
        return self._clock(Step.WHOLE, began_at)

    def _clock(self, step: Step, began_at: datetime) -> Clock:
        limit = self.limits.of(step, self.matter, began_at)
        if limit is None:
            return Clock(began_at, None, working=False)
        return Clock(began_at, limit.deadline(began_at, self.time), limit.measure.working)

    def told(self) -> Clocks:
        stands = self.state is State.SUSPENDED
        step = None if stands else self.step
        own = self.handling if step is Step.HANDLING else self.own
        running = None if stands else own
        return Clocks(
            step=step,
            step_began_at=running.began_at if running else self.entered_at,
            step_due=running.due if running else None,
            due=self.whole.told,
            first_due=self.first_due,
            assigned_at=self.assigned_at,
        )
