"""When people walk: working days and holidays, seasons, and the hour the lamps come on."""

from datetime import date, timedelta

import chinese_calendar
import numpy as np
from numpy.typing import NDArray

from inspections.demo.ground import SOUTH, WEST, dice

Numbers = NDArray[np.float64]

WEEKEND, HOLIDAY, EVE = 0.3, 0.06, 1.5
STORMS, STORM, AFTER_STORM = 5, 0.03, 1.7
# The last weeks before a deadline.
RUSH_DAYS, RUSH = 45, 1.4


def weights(seed: int, first: date, count: int) -> Numbers:
    """How much is walked on each day; 1 is an ordinary working day."""
    days = [first + timedelta(days=n) for n in range(count)]
    told = np.array([_ordinary(day) for day in days])
    summer = [n for n, day in enumerate(days) if day.month in (7, 8, 9)]
    chance = dice(seed, "storms")
    for n in chance.choice(summer, min(STORMS, len(summer)), replace=False) if summer else []:
        told[n] *= STORM
        told[n + 1 : n + 3] *= AFTER_STORM
    told[-RUSH_DAYS:] *= RUSH
    return told


def _ordinary(day: date) -> float:
    if not _works(day):
        return HOLIDAY if _is_festival(day) else WEEKEND
    # Before a festival everything is looked at once more.
    eve = any(_is_festival(day + timedelta(days=ahead)) for ahead in (1, 2, 3))
    return EVE if eve else 1.0


def _works(day: date) -> bool:
    """Where the State Council has not yet said, weeks are plain."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def _is_festival(day: date) -> bool:
    try:
        festive, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return False
    return bool(festive and name)


def sunset(day_of_year: Numbers) -> Numbers:
    """Hours after midnight in China's one time zone, to some minutes."""
    turn = 2 * np.pi * (day_of_year - 81) / 365
    tilt = np.radians(23.44) * np.sin(turn)
    half_day = np.degrees(np.arccos(-np.tan(np.radians(SOUTH)) * np.tan(tilt))) / 15
    late_sun = (9.87 * np.sin(2 * turn) - 7.53 * np.cos(turn) - 1.5 * np.sin(turn)) / 60
    hours: Numbers = 12 + (120 - WEST) / 15 - late_sun + half_day
    return hours


def summer(day_of_year: Numbers) -> Numbers:
    """1 at the height of summer, -1 in the depth of winter."""
    return np.cos(2 * np.pi * (day_of_year - 205) / 365)
