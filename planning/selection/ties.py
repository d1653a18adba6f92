"""Of all the best answers, one: the fewest sites, and then the first by their ids.

"First" as a dictionary orders words: the answer whose lowest id is lowest; of those the one whose
next id is. It depends on nothing but the data, so whoever solves the same data finds the same
sites. Each question asked here is "is there an answer as good, with any site of these?", and only
a proof counts as a no.
"""

import numpy as np

from planning.selection.build import Built
from planning.selection.highs import Clock, optimise, relaxed
from planning.selection.instance import Ints
from planning.selection.outcome import Status

# Of each question; what takes more is left open, and said to be.
_NODES = 300
_QUESTIONS = 60


def first(
    built: Built, best: Ints, *, worst: float, fewest: bool, clock: Clock
) -> tuple[Ints, bool]:
    """`worst`: what an answer may cost to be as good. Answers the sites and whether they are
    proven to be the first. Changes the program."""
    program, at = built.program, built.chosen
    _settle(built, worst, clock)
    count = at.stop - at.start
    if fewest:
        cost, offset = program.cost, program.offset
        program.row([(slice(0, program.width), cost)], most=worst - offset)
        program.cost, program.offset = np.zeros(program.width), 0.0
        program.cost[at] = 1.0
        found = optimise(
            program, clock, stage="ties", apart=0.9, start=built.start(best), nodes=_NODES
        )
        program.forget_row()
        program.cost, program.offset = cost, offset
        if found.status is not Status.OPTIMAL:
            return best, False
        best = built.picked(found.values)
    held = np.searchsorted(built.sites, best)
    program.row([(at, 1.0)], least=len(best), most=len(best))
    other = np.zeros(count)
    other[held] = 1.0
    # Another answer of so many sites has one that this one has not.
    another = _ask(built, np.flatnonzero(other == 0), worst, clock)
    if another is not None and not len(another):
        return best, True
    lower, upper = program.lower[at], program.upper[at]
    settled = np.zeros(count, np.bool_)
    for _ in range(_QUESTIONS):
        ahead = held[~settled[held]]
        if not len(ahead):
            return built.sites[held], True
        undecided = np.flatnonzero(~settled[: ahead[0]] & (upper[: ahead[0]] > 0))
        if len(undecided):
            earlier = _ask(built, undecided, worst, clock)
            if earlier is not None and len(earlier):
                held = np.searchsorted(built.sites, earlier)
                continue
            if earlier is None:
                return built.sites[held], False
        settled[: ahead[0] + 1] = True
        upper[undecided] = 0
        lower[ahead[0]] = 1
    return built.sites[held], False


def _settle(built: Built, worst: float, clock: Clock) -> None:
    """Sites that no answer as good has, or that all have, by what they cost in the relaxation."""
    relaxation = relaxed(built.program, clock)
    if relaxation is None:
        return
    program, at = built.program, built.chosen
    least, more = relaxation[0], relaxation[1][at]
    room = worst - least + 1e-6 * (1 + abs(worst))
    upper, lower = program.upper[at], program.lower[at]
    upper[more > room] = np.maximum(lower[more > room], 0)
    lower[-more > room] = upper[-more > room]


def _ask(built: Built, any_of: Ints, worst: float, clock: Clock) -> Ints | None:
    """Sites of an answer as good that has one of these; none where there is no such answer; None
    where it could not be settled."""
    program, at = built.program, built.chosen
    wanted = np.zeros(at.stop - at.start)
    wanted[any_of] = 1.0
    program.row([(at, wanted)], least=1)
    found = optimise(program, clock, stage="ties", nodes=_NODES, enough=worst)
    program.forget_row()
    if found.status is Status.INFEASIBLE:
        return np.empty(0, np.int64)
    if found.status is not Status.UNKNOWN and found.objective <= worst:
        return built.picked(found.values)
    return None
