"""The best sites: asked for by a planner, worked out by the worker, taken into the plan."""

from planning.services.choosing.asking import QUEUE, ask, cancel
from planning.services.choosing.running import fail_lost, run
from planning.services.choosing.taking import take

__all__ = ["QUEUE", "ask", "cancel", "fail_lost", "run", "take"]
