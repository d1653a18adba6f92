"""When what was found was put right, if it was."""

import numpy as np

from inspections.demo.ground import dice
from inspections.demo.habits import Indices, Numbers
from inspections.demo.record import DAY_MS, HOUR_MS, Record
from inspections.demo.sheets import KNOWN

# Days until half of the findings of each severity are closed.
MEDIAN_DAYS = {1: 2.0, 2: 6.0, 3: 12.0}
SPREAD = 1.0
# What needs building work takes this many times as long.
BUILDING = 14.0
NEVER = 0.05
# Once a year everything old is looked through, and most of it closed.
SWEPT_DAYS, SWEPT = 270, 0.85
NOT_YET_DAYS = 10_000.0
# Where standardisation is done, nothing is left lying for longer.
DONE, DONE_DAYS = 0.9, 4.0


class Closing:
    def __init__(self, record: Record) -> None:
        self.record = record
        estates = record.entered.town.estates
        self.slack = np.array([each.slack for each in estates])
        self.targets = np.array([each.progress is not None for each in estates])

    def closed_ms(
        self, estate: Indices, severity: Indices, items: list[str], recorded_ms: Indices
    ) -> Numbers:
        """Milliseconds since 1970, not a number where it is still open at the end."""
        record, count = self.record, len(estate)
        chance = dice(record.seed, "closing", count, int(recorded_ms.sum() % 2**32))
        days = chance.lognormal(0, SPREAD, count) * self.slack[estate]
        days *= np.array([MEDIAN_DAYS[each] for each in (1, 2, 3)])[severity - 1]
        days *= np.where(np.isin(items, list(KNOWN)), BUILDING, 1.0)
        progress = record.progress[estate]
        days *= np.where(self.targets[estate], 1.5 - 1.2 * progress, 1.0)
        neglected = NEVER * (1 + 2 * (record.trouble[estate] > 2))
        never = chance.random(count) < neglected
        swept = chance.random(count) < SWEPT
        slow = np.where(swept, chance.uniform(120, SWEPT_DAYS, count), NOT_YET_DAYS)
        days = np.where(never, slow, days)
        days = np.where(progress >= DONE, np.minimum(days, DONE_DAYS), days)
        closed = recorded_ms + days * DAY_MS
        # In working hours, and not before anyone could have come.
        midnight = (closed + 8 * HOUR_MS) // DAY_MS * DAY_MS - 8 * HOUR_MS
        closed = midnight + chance.uniform(9, 17.5, count) * HOUR_MS
        soonest = recorded_ms + chance.uniform(0.5, 4, count) * HOUR_MS
        closed = np.floor(np.maximum(closed, soonest))
        return np.where(closed < record.end_ms, closed, np.nan)
