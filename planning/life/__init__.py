"""The life of a proposed site: one table, and how owners' votes are counted. Plain Python."""

from planning.life.steps import (
    DRAWN,
    ENDED,
    FOLLOWED,
    IN_REGISTER,
    STEPS,
    Need,
    Part,
    State,
    Step,
    steps_from,
)
from planning.life.votes import Count, Share

__all__ = [
    "DRAWN",
    "ENDED",
    "FOLLOWED",
    "IN_REGISTER",
    "STEPS",
    "Count",
    "Need",
    "Part",
    "Share",
    "State",
    "Step",
    "steps_from",
]
