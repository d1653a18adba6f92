"""A rule of where a charging site may stand, as data: what is measured, and against what."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Measure(Enum):
    """What a rule may measure: a closed vocabulary, for each word is worked out by code on both
    sides."""

    EXCLUDED_OVERLAP_M2 = "excluded_overlap_m2"
    LANE_OVERLAP_M2 = "lane_overlap_m2"
    LANE_CLEAR_M = "lane_clear_m"
    OPERATION_AREA_OVERLAP_M2 = "operation_area_overlap_m2"
    WALL_M = "wall_m"
    EXIT_M = "exit_m"
    HYDRANT_M = "hydrant_m"
    SENSITIVE_M = "sensitive_m"
    WALK_TO_EXIT_M = "walk_to_exit_m"
    OUTSIDE_ESTATE_M2 = "outside_estate_m2"
    GROUP_BAYS = "group_bays"
    GROUP_LENGTH_M = "group_length_m"
    PARTITIONS = "partitions"
    BAY_LENGTH_M = "bay_length_m"
    BAY_WIDTH_M = "bay_width_m"
    CCTV_BY_AREA_M2 = "cctv_by_area_m2"
    CCTV_BY_BAYS = "cctv_by_bays"
    PLACE = "place"
    LEVEL = "level"
    CANOPY = "canopy"
    ENTRANCES = "entrances"
    PORTS_PER_EBIKE = "ports_per_ebike"
    BAYS_PER_EBIKE = "bays_per_ebike"
    OWNERS_VOTE = "owners_vote"
    GAS_AND_POWER = "gas_and_power"


class Compare(Enum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    # Is so, where the measure answers yes or no.
    IS = "is"
    # Is none of the rule's values.
    NONE = "none"


class Force(Enum):
    """What a breach means, the gravest first."""

    HARD = "hard"
    GATE = "gate"
    SHOULD = "should"
    NOTE = "note"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Step:
    """A breach beyond a further limit has another force: below it, or above it."""

    below: float | None
    above: float | None
    force: Force

    def reached(self, value: float) -> bool:
        return (self.below is not None and value < self.below) or (
            self.above is not None and value > self.above
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """`values` are those that `Compare.NONE` forbids. `above_bays`: asked only of a site with
    more bays. `sure`: V a law that was read, S a secondary source, P the office's own proposal, M
    from memory, which no paper may print."""

    code: str
    measure: Measure
    compare: Compare
    limit: float | None
    unit: str
    force: Force
    steps: tuple[Step, ...]
    values: tuple[str, ...]
    above_bays: int | None
    source_zh: str
    source_en: str
    source_on: str | None
    sure: str
    zh: str
    en: str

    def force_at(self, value: float | None) -> Force:
        """Of a breach; of several steps reached, the one that stands last."""
        reached = [one.force for one in self.steps if value is not None and one.reached(value)]
        return reached[-1] if reached else self.force


def rule_of(told: Mapping[str, Any]) -> Rule:
    """From what `GET rules/` tells of one."""
    return Rule(
        code=told["code"],
        measure=Measure(told["measure"]),
        compare=Compare(told["compare"]),
        limit=told["limit"],
        unit=told["unit"],
        force=Force(told["force"]),
        steps=tuple(
            Step(one.get("below"), one.get("above"), Force(one["force"])) for one in told["steps"]
        ),
        values=tuple(told["values"]),
        above_bays=told["above_bays"],
        source_zh=told["source_zh"],
        source_en=told["source_en"],
        source_on=told["source_on"],
        sure=told["sure"],
        zh=told["zh"],
        en=told["en"],
    )
