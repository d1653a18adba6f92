"""Every reading of the record that is more than rows."""

from inspections.reports.figures import (
    SEVERITIES,
    cells,
    count_findings,
    count_inspections,
    figures,
)
from inspections.reports.rounds import STAYS, RoundTold, rounds_of, rounds_told

__all__ = [
    "SEVERITIES",
    "STAYS",
    "RoundTold",
    "cells",
    "count_findings",
    "count_inspections",
    "figures",
    "rounds_of",
    "rounds_told",
]
