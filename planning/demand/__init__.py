"""Who needs somewhere to charge: demand points, what stands already, and the ways between."""

from planning.demand.assumed import Assumed, assumed
from planning.demand.points import FLYING_WIRES, Basis, DemandPoint, points
from planning.demand.reach import ways
from planning.demand.served import served
from planning.demand.standing import Standing, standing
from planning.demand.version import data_version

__all__ = [
    "FLYING_WIRES",
    "Assumed",
    "Basis",
    "DemandPoint",
    "Standing",
    "assumed",
    "data_version",
    "points",
    "served",
    "standing",
    "ways",
]
