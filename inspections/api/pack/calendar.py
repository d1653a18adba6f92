"""Which days are worked: the State Council's holidays as published, and first the office's own."""

from datetime import date
from typing import Any

from inspections import timetable


def told(today: date) -> dict[str, Any]:
    """From last year on. `missing` are years of which nothing is known yet: weekdays but for the
    statutory days are all that can be said."""
    calendar = timetable.calendar()
    years = range(today.year - 1, max(calendar.known | {today.year + 1}) + 1)

    def days(year: int, *, worked: bool) -> list[date]:
        """Those that are other than their weekday says."""
        special = (day for day, works in calendar.special.items() if works is worked)
        return sorted(day for day in special if day.year == year)

    return {
        "years": {
            str(year): {
                "holidays": days(year, worked=False),
                "workdays": days(year, worked=True),
            }
            for year in years
            if year in calendar.known
        },
        "missing": [year for year in years if year not in calendar.known],
    }
