"""`manage.py open_cases`: cases of open faults that were recorded before there were any."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from tqdm import tqdm

from inspections.services.cases.before import open_cases_of_before, without_case


class Command(BaseCommand):
    help = "Opens the cases of open faults that have none. Again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        opened = 0
        with tqdm(total=without_case(), disable=None, leave=False) as bar:
            for n in open_cases_of_before():
                opened += n
                bar.update(n)
        self.stdout.write(_("Faults that have their case now: %d.") % opened)
