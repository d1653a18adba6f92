"""Working time and the two clocks of a case: plain Python, told the days, limits and moves."""

from inspections.clocks.calendar import STATUTORY, Calendar
from inspections.clocks.limits import STEP_OF, Limit, Limits, Matter, Measure, Step
from inspections.clocks.replay import Clocks, Made, replay, replay_each
from inspections.clocks.working import Deadline, Hours, WorkingTime

__all__ = [
    "STATUTORY",
    "STEP_OF",
    "Calendar",
    "Clocks",
    "Deadline",
    "Hours",
    "Limit",
    "Limits",
    "Made",
    "Matter",
    "Measure",
    "Step",
    "WorkingTime",
    "replay",
    "replay_each",
]
