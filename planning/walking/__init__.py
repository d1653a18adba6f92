"""How far it is on foot: along the paths that are drawn and through the gates, else straight.

Plain Python, in metres on the projection of `geo.measure`; told shapes, it knows no register.
"""

from planning.walking.ground import Assumptions, Estate, Gate, Ground
from planning.walking.ways import By, Walks, walks

__all__ = ["Assumptions", "By", "Estate", "Gate", "Ground", "Walks", "walks"]
