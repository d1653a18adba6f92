"""Which of many places for a site are the best: plain Python, told all it needs as arrays.

`solve(instance, terms)` answers with proof, or with the gap that is left; `relax.changes` says
what would have to give way where not all can be served.
"""

from planning.selection.instance import Instance, Model, Terms
from planning.selection.outcome import Outcome, Progress, Status, Stopped
from planning.selection.solving import solve

__all__ = [
    "Instance",
    "Model",
    "Outcome",
    "Progress",
    "Status",
    "Stopped",
    "Terms",
    "solve",
]
