"""Which days are worked: the State Council's holidays, as far as they are published."""

from datetime import date
from typing import Any

from chinese_calendar.constants import holidays, workdays


def told(today: date) -> dict[str, Any]:
    """From last year on. `missing` are years of which nothing is known yet: their weekends are
    all that can be said."""
    known = {day.year for day in holidays}
    years = range(today.year - 1, max(known | {today.year + 1}) + 1)
    return {
        "years": {
            str(year): {
                "holidays": sorted(day for day in holidays if day.year == year),
                "workdays": sorted(day for day in workdays if day.year == year),
            }
            for year in years
            if year in known
        },
        "missing": [year for year in years if year not in known],
    }
