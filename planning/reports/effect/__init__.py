"""Whether a charging site helped: what was found near it before it opened and after."""

from planning.reports.effect.near import (
    DAYS,
    ITEMS,
    KIND,
    LEAST_DAYS,
    LEAST_WITHIN_M,
    MOST_DAYS,
    MOST_WITHIN_M,
    WITHIN_M,
    Effect,
    Month,
    Period,
    Wish,
    effect,
    opened_on,
)
from planning.reports.effect.ratio import SURE, Comparison, Counts

__all__ = [
    "DAYS",
    "ITEMS",
    "KIND",
    "LEAST_DAYS",
    "LEAST_WITHIN_M",
    "MOST_DAYS",
    "MOST_WITHIN_M",
    "SURE",
    "WITHIN_M",
    "Comparison",
    "Counts",
    "Effect",
    "Month",
    "Period",
    "Wish",
    "effect",
    "opened_on",
]
