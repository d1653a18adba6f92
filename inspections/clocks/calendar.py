"""Which days are worked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

# 全国年节及纪念日放假办法 as of 2025, those of a fixed day of the sun's year: New Year, Labour Day,
# National Day. The rest go by the moon, and what is worked instead is told each November.
STATUTORY = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, slots=True)
class Calendar:
    """`special`: days that are other than their weekday says, and whether they are worked.
    `known`: years of which all such days are named there."""

    special: Mapping[date, bool]
    known: frozenset[int]

    def works(self, day: date) -> bool:
        """Of a year that is not known, the best guess: weekdays but for the statutory days."""
        told = self.special.get(day)
        if told is not None:
            return told
        if day.year not in self.known and (day.month, day.day) in STATUTORY:
            return False
        return day.weekday() < 5

    def knows(self, first: date, last: date) -> bool:
        """All the years from one day to the other."""
        return all(year in self.known for year in range(first.year, last.year + 1))
