"""`manage.py verify_cases [--repair]`: whether the ways in which cases stood end as they stand."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from inspections.services.cases.standing import outdated, tell_anew_of


class Command(BaseCommand):
    help = "Exit code 1 where a case stands otherwise, as after rows were loaded without triggers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="tell those anew, from their moves"
        )

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        wrong = outdated()
        self.stdout.write(_("Cases that stand otherwise than is kept: %d.") % len(wrong))
        if wrong and repair:
            tell_anew_of(wrong)
            self.stdout.write(_("Told anew from their moves."))
        elif wrong:
            sys.exit(1)
