"""The leaders' map: what is counted, where and when, and how sure that is.

Every figure is asked for by `Asked` and defined in `measures`; map, charts, tables, exports and
papers read the same ones.
"""

from inspections.overview.asked import Asked
from inspections.overview.counted import findings_of
from inspections.overview.figures import BY, figures
from inspections.overview.frames import MODES, STEPS, frames
from inspections.overview.measures import MEASURES, Measure

__all__ = [
    "BY",
    "MEASURES",
    "MODES",
    "STEPS",
    "Asked",
    "Measure",
    "figures",
    "findings_of",
    "frames",
]
