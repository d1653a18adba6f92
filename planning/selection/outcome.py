"""What came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from planning.selection.instance import Floats, Ints


class Status(StrEnum):
    OPTIMAL = "optimal"
    # Good, and not proven to be the best: `gap` says by how much it may fall short.
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    # Nothing was found in the time there was, and nothing proven either.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Progress:
    """How far it is: the best so far, what no answer can beat, and what lies between, relative."""

    seconds: float
    stage: str
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None


# Told now and then; answers whether to go on.
Watch = Callable[[Progress], bool]


class Stopped(Exception):
    """Whoever watched wanted no more of it."""


@dataclass(frozen=True, eq=False)
class Outcome:
    status: Status
    # mclp: demand served; lscp: sites, or their price; pmedian: demand × cost. Of new sites.
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    # Ids, in their order; without those that stand already.
    sites: tuple[str, ...] = ()
    # Whether this is the first, by its ids, of all the answers that are as good.
    first: bool = False
    # Of each demand point: how much of it is served, and its mean cost where any is.
    served: Floats | None = None
    walked: Floats | None = None
    # Pairs that serve: demand, site (indices in the order of ids), how much.
    serves: tuple[Ints, Ints, Floats] | None = None
    nodes: int = 0
