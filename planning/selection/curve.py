"""How much more each further site covers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planning.selection.instance import Instance, Model, Terms
from planning.selection.outcome import Outcome, Status, Watch
from planning.selection.solving import solve


@dataclass(frozen=True)
class Point:
    number: int
    objective: float
    # Of all demand.
    share: float
    gap: float
    sites: tuple[str, ...]


def curve(
    instance: Instance, terms: Terms, most: int, watch: Watch | None = None
) -> Iterator[Point]:
    """The most that one site covers, two, and so on, until all is covered, `most` sites are there
    or a further one covers no more. The time of the terms is for each. Raises Stopped."""
    total, before = float(instance.weight.sum()), -1.0
    least = len(terms.forced)
    for number in range(max(least, 1), most + 1):
        asked = replace(terms, model=Model.MCLP, number=number, exactly=False)
        outcome: Outcome = solve(instance, asked, watch)
        if outcome.objective is None or outcome.status is Status.INFEASIBLE:
            return
        if outcome.objective <= before + 1e-9:
            return
        before = outcome.objective
        share = outcome.objective / total if total else 1.0
        yield Point(number, outcome.objective, share, outcome.gap or 0.0, outcome.sites)
        if outcome.objective >= total - 1e-9:
            return
