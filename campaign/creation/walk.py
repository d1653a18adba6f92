"""The way of one estate through the stages, as of a day."""

from dataclasses import dataclass
from datetime import date

from campaign.creation.evidence import Evidence, Form
from campaign.creation.score import Scored, State
from campaign.creation.stages import Allowed, Facts, Stage, moves_from
from campaign.creation.standard import Rule


@dataclass(frozen=True, slots=True)
class Reached:
    """`removed`: taken off the list."""

    stage: Stage
    on: date
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """In the order in which they were reached; the first is being listed."""

    reached: tuple[Reached, ...]

    def until(self, day: date) -> "Walk":
        return Walk(tuple(each for each in self.reached if each.on <= day))

    @property
    def last(self) -> Reached:
        return self.reached[-1]

    @property
    def stage(self) -> Stage:
        return self.last.stage

    @property
    def removed(self) -> bool:
        return self.last.removed

    def moves(self) -> tuple[Allowed, ...]:
        """Where it may go from here."""
        found = moves_from(self.stage)
        return tuple(each for each in found if each.to != Stage.RETURNED or not self.removed)

    @property
    def announced_on(self) -> date | None:
        return self.last.on if self.stage == Stage.ANNOUNCED else None


def facts(scored: Scored, walk: Walk, known: Evidence, day: date, open_cases: int) -> Facts:
    """What decides where the estate may go from where it is on that day."""
    sheets = [each for each in known.sheets if each.day <= day]
    unseen = {State.NEVER, State.EXPIRED}
    return Facts(
        danger=any(each.veto.rule == Rule.DANGER for each in scored.vetoes),
        passes=scored.passes,
        looked=not any(each.item.codes and each.state in unseen for each in scored.items),
        open_cases=open_cases,
        assessed=any(each.form == Form.SELF for each in sheets),
        forms=frozenset(each.form for each in sheets if each.day >= walk.last.on),
    )
