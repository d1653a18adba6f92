"""The life of a month's report, as one table: plain data, read by the server and told to the page.

Who may take a step is told by the part that a person has in the report (`campaign.policy`); what it
does, by `campaign.services.month`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from campaign.standing.duties import due_on


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


# What is typed is taken.
OPEN = frozenset({State.DRAFT, State.RETURNED})


class Part(StrEnum):
    """What a person is to one report."""

    FILLS = "fills"
    CHECKS = "checks"


class Step(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    RETURN = "return"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class Rule:
    part: Part
    come_from: frozenset[State]
    leads_to: State
    reason: bool = False


STEPS = {
    Step.SUBMIT: Rule(Part.FILLS, OPEN, State.SUBMITTED),
    # Until somebody has looked through it.
    Step.TAKE_BACK: Rule(Part.FILLS, frozenset({State.SUBMITTED}), State.DRAFT),
    Step.RETURN: Rule(
        Part.CHECKS, frozenset({State.SUBMITTED, State.ACCEPTED}), State.RETURNED, reason=True
    ),
    Step.ACCEPT: Rule(Part.CHECKS, frozenset({State.SUBMITTED}), State.ACCEPTED),
}


def report_due_on(month: date, days: int) -> date:
    """So many days after the month's last one."""
    return due_on(month) + timedelta(days=days)


def late_since(month: date, days: int, day: date, came_on: date | None) -> date | None:
    """The day after it was due, where it had not come by then: as of that day."""
    due = report_due_on(month, days)
    if day <= due or (came_on is not None and came_on <= due):
        return None
    return due + timedelta(days=1)
