"""An office's hours and limits, and matters whose clocks are asked for."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from inspections.clocks import (
    Calendar,
    Clocks,
    Hours,
    Limit,
    Limits,
    Made,
    Matter,
    Measure,
    Step,
    WorkingTime,
    replay,
)
from inspections.timetable import published
from inspections.workflow import MOVES

SHANGHAI = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
HOURS = Hours.read("08:00-12:00,14:30-17:30")
LAST = max(published().known)


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=SHANGHAI)


def working(calendar: Calendar | None = None) -> WorkingTime:
    return WorkingTime(calendar or published(), HOURS, SHANGHAI)


def limit(step: str, told: str, **asked) -> Limit:
    """ "3 working_days", of what is asked."""
    amount, measure = told.split()
    heading = {"kind": "", "item": "", "severity": None, "simple": False, "since": LONG_AGO}
    return Limit(Step(step), measure=Measure(measure), amount=int(amount), **heading | asked)


OFFICE = Limits(
    [
        limit("whole", "7 working_days"),
        limit("whole", "24 hours", severity=1),
        limit("whole", "3 working_days", severity=2),
        limit("whole", "0 same_day", simple=True),
        limit("intake", "4 working_hours"),
        limit("dispatch", "4 working_hours"),
        limit("claim", "8 working_hours"),
        limit("handling", "5 working_days"),
        limit("handling", "2 working_days", severity=2),
        limit("handling", "0 same_day", simple=True),
        limit("checking", "1 working_days"),
        limit("decision", "8 working_hours"),
    ]
)


def reported(when: str, received: str | None = None, **told) -> Matter:
    about = {"kind": "lighting", "item": "ZM-01", "severity": 2, "simple": False}
    return Matter(
        **about | told, reported_at=at(when), received_at=at(received) if received else at(when)
    )


def made(*moves: tuple[str, str] | tuple[str, str, str], handled: bool = True) -> list[Made]:
    """ "assign", when, and for some until which day."""
    return [
        Made(
            version=n,
            name=name,
            at=at(when),
            to=MOVES[name].leads_to(handled=handled),
            until=date.fromisoformat(until[0]) if until else None,
        )
        for n, (name, when, *until) in enumerate(moves, 1)
    ]


def clocks(matter: Matter, *moves, calendar: Calendar | None = None, **how) -> Clocks:
    return replay(matter, made(*moves, **how), OFFICE, working(calendar))


# Working time
