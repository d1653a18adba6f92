"""How inspectors differ, and how the record of estates does: who is seen often, and who is not."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from inspections.demo.ground import dice
from inspections.demo.people import Walker
from inspections.demo.register import Entered

Numbers: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]

# Days before the end from which one community, and some estates, are hardly walked any more.
LATE_DAYS, LATE = 50, 0.03
FORGOTTEN_DAYS, FORGOTTEN, FORGOTTEN_ESTATES = 120, 0.04, 6
# Target estates are looked at more often in their year.
TARGET_DAYS, TARGET = 300, 1.5
# Inspections filled in elsewhere: by most people, and by those in a hurry.
FAR, HASTY_FAR = 0.006, 0.04


@dataclass(frozen=True, slots=True)
class Walkers:
    """Columns, one value an inspector. `keen`: how much of what is wrong they find; 1 is usual."""

    ids: Indices
    communities: list[tuple[int, ...]]
    keen: Numbers
    busy: Numbers
    hasty: NDArray[np.bool_]


def walkers(seed: int, people: list[Walker]) -> Walkers:
    """One in five is in a hurry and finds half; one finds nearly twice as much as the others."""
    chance = dice(seed, "walkers")
    count = len(people)
    keen = chance.lognormal(0, 0.18, count)
    busy = chance.uniform(0.7, 1.3, count)
    # `inspector` comes first and is an ordinary one.
    order = 1 + chance.permutation(count - 1)
    hasty = np.zeros(count, dtype=bool)
    hasty[order[: count // 5]] = True
    keen[hasty] *= 0.5
    busy[hasty] *= 1.6
    keen[order[-1]] = 1.8
    return Walkers(
        np.array([each.user.pk for each in people]),
        [each.communities for each in people],
        keen,
        busy,
        hasty,
    )


@dataclass(frozen=True, slots=True)
class Attention:
    """How often each estate is walked, by how many days are left to the end."""

    usual: Numbers
    targets: NDArray[np.bool_]
    late: NDArray[np.bool_]
    forgotten: NDArray[np.bool_]

    def estates(self, days_left: Indices, chance: np.random.Generator) -> Indices:
        """Numbers of estates, from 0."""
        phase = sum(
            (days_left < limit).astype(np.int64)
            for limit in (TARGET_DAYS, FORGOTTEN_DAYS, LATE_DAYS)
        )
        chosen = np.zeros(len(days_left), dtype=np.int64)
        for each in np.unique(phase):
            rows = np.flatnonzero(phase == each)
            weights = self._weights(int(each))
            chosen[rows] = chance.choice(len(weights), len(rows), p=weights / weights.sum())
        return chosen

    def _weights(self, phase: int) -> Numbers:
        weights = self.usual.copy()
        for since, which, times in (
            (1, self.targets, TARGET),
            (2, self.forgotten, FORGOTTEN),
            (3, self.late, LATE),
        ):
            if phase >= since:
                weights[which] *= times
        return weights


def attention(seed: int, entered: Entered) -> Attention:
    chance = dice(seed, "attention")
    estates = entered.town.estates
    trouble = np.array([each.trouble for each in estates])
    community = np.array([each.community for each in estates])
    targets = np.array([each.progress is not None for each in estates])
    forgotten = np.zeros(len(estates), dtype=bool)
    forgotten[chance.choice(np.flatnonzero(~targets), FORGOTTEN_ESTATES, replace=False)] = True
    # A community of middling size: what is late there is seen, and does not spoil the whole.
    sizes = np.bincount(community)
    middling = np.argsort(sizes, kind="stable")[len(sizes) // 2]
    return Attention(
        usual=chance.uniform(0.8, 1.2, len(estates)) * (0.8 + 0.25 * trouble),
        targets=targets,
        late=community == middling,
        forgotten=forgotten,
    )
