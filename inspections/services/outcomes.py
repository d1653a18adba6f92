"""What becomes of an entry: the server holds it, or it was refused."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from inspections.errors import RecordedDifferently, Refusal
from inspections.services.sent import Sent
from people.models import User

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry that the server holds, as its sender is told; `now` if this sending brought it."""

    recorded: Any
    now: bool


Outcome = Taken | Refusal
Outcomes = dict[UUID, Outcome]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry already held, with what tells whether it is being sent again. `case`: of a move,
    whose content need not name it."""

    recorded: Any
    sender: int
    sha256: str
    case: UUID | None = None

    def is_again(self, sent: Sent, by: User) -> bool:
        elsewhere = self.case and sent.case and sent.case != self.case
        return self.sender == by.pk and self.sha256 == sent.sha256 and not elsewhere


def each(those: dict[UUID, T], step: Callable[[T], U], outcomes: Outcomes) -> dict[UUID, U]:
    """What the step makes of each that it does not refuse; refusals go into `outcomes`."""
    passed = {}
    for id, one in those.items():
        try:
            passed[id] = step(one)
        except Refusal as refusal:
            outcomes[id] = refusal
    return passed


def answer_known(sent: dict[UUID, Sent], known: dict[UUID, Known], by: User) -> Outcomes:
    """To who sends the same content again the same answer, to others nothing about it."""
    outcomes: Outcomes = {}

    def answer(pair: tuple[Sent, Known]) -> Taken:
        one, held = pair
        if not held.is_again(one, by):
            raise RecordedDifferently
        return Taken(held.recorded, now=False)

    taken = each({id: (sent[id], held) for id, held in known.items()}, answer, outcomes)
    return {**taken, **outcomes}
