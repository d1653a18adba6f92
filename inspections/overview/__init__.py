"""The leaders' map: what is counted, where and when, and how sure that is.

Every figure is asked for by `Asked` and defined in `measures`; map, charts, tables, exports and
papers read the same ones.
"""

from inspections.overview.asked import Asked
from inspections.overview.figures import BY, figures
from inspections.overview.frames import MODES, STEPS, frames
from inspections.overview.heat import heat
from inspections.overview.hexagons import hexagons
from inspections.overview.hotspots import hot_spots, how_told
from inspections.overview.measures import MEASURES, Measure
from inspections.overview.places import looked
from inspections.overview.table import Table

__all__ = [
    "BY",
    "MEASURES",
    "MODES",
    "STEPS",
    "Asked",
    "Measure",
    "Table",
    "figures",
    "frames",
    "heat",
    "hexagons",
    "hot_spots",
    "how_told",
    "looked",
]
