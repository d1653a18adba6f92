"""`manage.py verify_summaries [--repair]`: whether the sums are what the rows say."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from inspections.overview.verified import Difference, differences, sum_again

MOST = 20  # of each summary


class Command(BaseCommand):
    help = (
        "Compares every summary with the rows; nobody waits for it. Exit code 1 where one differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="add what is lacking")

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        found = differences(MOST)
        for each in found:
            self.stdout.write(_line(each))
        if not found:
            self.stdout.write(_("Every summary is what the rows say."))
            return
        if repair:
            sum_again()
            found = differences(MOST)
            if not found:
                self.stdout.write(_("What was lacking was added."))
                return
        sys.exit(1)


def _line(told: Difference) -> str:
    key = " ".join(f"{name}={value}" for name, value in told.key.items())
    lacks = " ".join(f"{name}{n:+d}" for name, n in told.lacks.items()) or "-1"
    return f"{told.summary} {key}: {lacks}"
