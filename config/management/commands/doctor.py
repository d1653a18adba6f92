import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config import health


class Command(BaseCommand):
    help = "Says of each part of Xuntu whether it is well, and what to do where it is not."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # The pool tells every attempt to reach a dead database; the doctor says it once.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        answers = health.examine()
        for answer in answers:
            self.stdout.write(f"{answer.state:4}  {answer.name:<10}  {answer.says}")
        failing = [answer.name for answer in answers if answer.state is health.State.FAIL]
        if failing:
            raise CommandError(_("To mend: %(names)s") % {"names": ", ".join(failing)})
