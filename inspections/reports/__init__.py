"""Every reading of the record that is more than rows."""

from inspections.reports.cases import case_cells
from inspections.reports.counts import SEVERITIES, cells, count_findings, count_inspections
from inspections.reports.deadlines import next_crossing
from inspections.reports.escalations import (
    escalation_told,
    escalations_due,
    escalations_told,
)
from inspections.reports.numbers import Numbers, numbers_held
from inspections.reports.rounds import STAYS, RoundTold, rounds_of, rounds_told
from inspections.reports.version import WRITTEN, data_version

__all__ = [
    "SEVERITIES",
    "STAYS",
    "WRITTEN",
    "Numbers",
    "RoundTold",
    "case_cells",
    "cells",
    "count_findings",
    "count_inspections",
    "data_version",
    "escalation_told",
    "escalations_due",
    "escalations_told",
    "next_crossing",
    "numbers_held",
    "rounds_of",
    "rounds_told",
]
