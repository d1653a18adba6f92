"""Metrics that are counted from what the system knows, each with its sentence.

What a metric is of stands in its own file; one that is not here is entered.
"""

from campaign.metrics import (
    announced,
    cases,
    charging,
    complaints,
    environment,
    lamps,
    reduction,
    supervision,
    surveys,
)
from campaign.metrics.counting import METRICS, WHOLE, Counts, Metric, Place, Share, Span, share

__all__ = [
    "METRICS",
    "WHOLE",
    "Counts",
    "Metric",
    "Place",
    "Share",
    "Span",
    "announced",
    "cases",
    "charging",
    "complaints",
    "environment",
    "lamps",
    "reduction",
    "share",
    "supervision",
    "surveys",
]
