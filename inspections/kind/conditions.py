"""On what an item, or one of its rules, may depend: an earlier answer, or a fact."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

from inspections.kind.answers import COULD_NOT_CHECK, Answers


class Facts(TypedDict, total=False):
    """All that a kind may know of the estate or the asset. Absent or None: not known.

    high_rise: a residential building above 27 m stands there. height_m: of the tallest building.
    indoor: the asset is in or under a building, an open ground floor included. ports, bays,
    area_m2: of the charging site. ebikes: kept in the estate. appliance: the largest fire
    appliance that must get in. road: what the lamp lights.
    """

    high_rise: bool | None
    height_m: float | None
    indoor: bool | None
    ports: int | None
    bays: int | None
    ebikes: int | None
    area_m2: float | None
    appliance: Literal["ordinary", "large", "extra_large"] | None
    road: Literal["path", "asphalt_branch", "concrete_branch"] | None


@dataclass(frozen=True, slots=True)
class Fact:
    name: str

    def __post_init__(self) -> None:
        if self.name not in Facts.__annotations__:
            raise ValueError(f"{self.name} is not a fact that a kind may read")

    def known(self, answers: Answers, facts: Facts) -> object:
        return facts.get(self.name)


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """The answer to an item that stands earlier in the checklist."""

    code: str

    def known(self, answers: Answers, facts: Facts) -> object:
        answer = answers.get(self.code)
        return None if answer == COULD_NOT_CHECK else answer


@dataclass(frozen=True, slots=True)
class Is:
    of: Fact | AnswerTo
    value: bool | str

    def holds(self, answers: Answers, facts: Facts) -> bool | None:
        """None: not known."""
        known = self.of.known(answers, facts)
        if known is None:
            return None
        return type(known) is type(self.value) and known == self.value  # 1 is not yes


@dataclass(frozen=True, slots=True)
class Above:
    of: Fact | AnswerTo
    limit: float

    def holds(self, answers: Answers, facts: Facts) -> bool | None:
        """None: not known."""
        known = self.of.known(answers, facts)
        if known is None:
            return None
        if isinstance(known, bool) or not isinstance(known, int | float):
            return False
        return known > self.limit


@dataclass(frozen=True, slots=True)
class AnyOf:
    conditions: tuple[Is | Above, ...]

    def holds(self, answers: Answers, facts: Facts) -> bool | None:
        """None: none of them is known to hold, and one is not known."""
        held = [condition.holds(answers, facts) for condition in self.conditions]
        return True if True in held else None if None in held else False


Condition: TypeAlias = Is | Above | AnyOf


def read_by(condition: Condition) -> list[Fact | AnswerTo]:
    parts = condition.conditions if isinstance(condition, AnyOf) else (condition,)
    return [part.of for part in parts]
