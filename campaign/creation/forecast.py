"""When an estate will be announced, from how long each step took so far.

A step's days are those that it was seen to take, mixed with the days a percent of the way took in
all steps where it was seen fewer than `ENOUGH` times. What is left of the step an estate is in is
what is left of those that took longer already. Steps are taken as independent, and so are estates:
their days are added by convolution, how many are done by a day is Poisson-binomial. Nothing is
drawn at random. One office reviews all estates, so they are late together: the days told for the
whole lie closer together than they do in truth, and its chance nearer to 0 or 1.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from campaign.creation.stages import PROGRESS, Stage, forward
from campaign.creation.walk import Walk

# Fewer steps than this in all: nothing is forecast.
FEW = 8
ENOUGH = 5
# Days ahead; what is later is "later".
HORIZON = 730
QUANTILES = (0.1, 0.5, 0.9)
# Has shown once that it passes: what it lacks now is put right and looked at again.
_PASSED = frozenset({Stage.ASSESSED, Stage.APPLIED, Stage.REVIEWED, Stage.FIXED, Stage.NOTICE})

Chances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Days by which it is done with a chance of 10, 50 and 90 %; None: not within two years."""

    low: date | None
    likely: date | None
    high: date | None


class Pace:
    """`rests_on`: how many steps it is told from."""

    def __init__(self, walks: Iterable[Walk]) -> None:
        self._took: dict[Stage, list[int]] = defaultdict(list)
        for walk in walks:
            for before, after in zip(walk.reached, walk.reached[1:], strict=False):
                if after.stage == forward(before.stage) and before.stage != Stage.RETURNED:
                    self._took[before.stage].append((after.on - before.on).days)
        self.rests_on = sum(map(len, self._took.values()))
        self._ahead: dict[Stage, Chances] = {}

    @property
    def few(self) -> bool:
        return self.rests_on < FEW

    @cached_property
    def _per_percent(self) -> list[float]:
        return [days / _percent(stage) for stage, several in self._took.items() for days in several]

    def step(self, stage: Stage) -> Chances:
        """By days: how likely the step from that stage takes as many."""
        took = self._took[stage]
        own = min(len(took) / ENOUGH, 1)
        chances = np.zeros(HORIZON + 1)
        for days in took:
            chances[min(days, HORIZON)] += own / len(took)
        if own < 1:
            for rate in self._per_percent:
                days = min(round(rate * _percent(stage)), HORIZON)
                chances[days] += (1 - own) / len(self._per_percent)
        return chances

    def ahead(self, stage: Stage) -> Chances:
        """All steps from that stage on."""
        if stage not in self._ahead:
            after = forward(stage)
            if after is None or stage == Stage.ANNOUNCED:
                self._ahead[stage] = _at_once()
            else:
                self._ahead[stage] = _both(self.step(stage), self.ahead(after))
        return self._ahead[stage]

    def usual_days(self, stage: Stage) -> int:
        """From that stage until announced, at the median."""
        return int(np.searchsorted(np.cumsum(self.ahead(stage)), 0.5 - 1e-9))

    def finish(self, walk: Walk, day: date, *, passes: bool) -> Chances | None:
        """By days from that day on; None where it is not on the way."""
        stage = walk.stage
        after = forward(stage)
        if stage == Stage.ANNOUNCED:
            return _at_once()
        if stage == Stage.RETURNED or after is None:
            return None
        left = _both(_left(self.step(stage), (day - walk.last.on).days), self.ahead(after))
        if stage in _PASSED and not passes:
            left = _both(left, self.step(Stage.REVIEWED))
        return left


def spread(chances: Chances | None, day: date) -> Spread:
    if chances is None:
        return Spread(None, None, None)
    return _spread(np.cumsum(chances), day)


def reached(
    finishes: Sequence[Chances], want: int, day: date, deadline: date | None, counted: int
) -> tuple[Spread, float | None]:
    """By when so many are done, and the chance that it is by the deadline: of those that were in
    time by now, `counted`, and those to come. `finishes`: one of each, those that are done
    included."""
    done = _at_least(finishes, want)
    chance = None
    if deadline is not None:
        if deadline < day:
            chance = float(counted >= want)
        else:
            chance = float(done[min((deadline - day).days, HORIZON)])
    return _spread(done, day), chance


def _spread(by: Chances, day: date) -> Spread:
    found = [int(np.searchsorted(by, q - 1e-9)) for q in QUANTILES]
    low, likely, high = (day + timedelta(days=days) if days < HORIZON else None for days in found)
    return Spread(low, likely, high)


def _at_least(finishes: Sequence[Chances], want: int) -> Chances:
    """By days: the chance that so many or more are done."""
    if want > len(finishes):
        return np.zeros(HORIZON + 1)
    # By how many are done, `want` standing for more as well.
    chances: Chances = np.zeros((want + 1, HORIZON + 1))
    chances[0] = 1
    for each in finishes:
        p = np.cumsum(each)
        more = chances * p
        chances = chances - more
        chances[1:] += more[:-1]
        chances[want] += more[want]
    done: Chances = chances[want]
    return done


def _left(chances: Chances, spent: int) -> Chances:
    """Days left of a step that has not ended after so many. Slower than all so far: it begins
    anew."""
    left = np.zeros_like(chances)
    longer = chances[spent + 1 :]
    if (total := longer.sum()) > 0:
        left[1 : len(longer) + 1] = longer / total
        return left
    left[1:] = chances[1:]
    left[1] += chances[0]
    return left


def _both(a: Chances, b: Chances) -> Chances:
    """One after the other; what is beyond the horizon stays there."""
    whole = np.convolve(a, b)
    kept = whole[: HORIZON + 1].copy()
    kept[HORIZON] += whole[HORIZON + 1 :].sum()
    return kept


def _at_once() -> Chances:
    chances = np.zeros(HORIZON + 1)
    chances[0] = 1
    return chances


def _percent(stage: Stage) -> int:
    after = forward(stage)
    return PROGRESS[after] - PROGRESS[stage] if after else 1
