"""`manage.py load_calendar FILE`: which days are worked, as soon as the State Council says it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from inspections.errors import CalendarRefused
from inspections.services.calendar import load_calendar


class Command(BaseCommand):
    help = (
        "Load holidays and make-up working days from a CSV or XLSX with the columns date, works "
        "(1 or 0) and name. Deadlines that were provisional are counted anew."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_calendar(path=options["file"], name=options["file"].name)
        except CalendarRefused as e:
            lines = [_said(each) for each in e.details["problems"]]
            raise CommandError("\n".join([str(e.message), *lines])) from e
        self.stdout.write(
            _("%(days)d days of %(years)s were loaded. Cases with other deadlines now: %(n)d.")
            % {
                "days": loaded.days,
                "years": ", ".join(map(str, loaded.years)),
                "n": loaded.recomputed,
            }
        )


def _said(problem: dict[str, Any]) -> str:
    if not problem["line"]:
        return str(problem["reason"])
    return _("line %(line)s: %(reason)s") % problem
