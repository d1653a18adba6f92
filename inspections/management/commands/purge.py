"""`manage.py purge`: what has been kept for as long as it may be."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.services.evidence import retention


class Command(BaseCommand):
    help = (
        "Remove what has been kept for as long as its period says (registers: periods of keeping),"
        " as the worker does each night. Nothing of a case that is held for a dispute goes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be removed, and remove nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = retention.purge(dry_run=options["dry_run"])
        for each in done:
            told = {
                "what": each.of.label,
                "before": timezone.localtime(each.before).strftime("%Y-%m-%d"),
                "removed": each.removed,
                "bytes": each.bytes,
                "held": each.held,
            }
            self.stdout.write(
                _(
                    "%(what)s, older than %(before)s: %(removed)d (%(bytes)d bytes);"
                    " kept for a dispute: %(held)d."
                )
                % told
            )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was removed: this was a dry run."))
