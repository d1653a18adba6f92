"""Put a programme, its actions and its indicators into the registers."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from campaign.errors import ActionsFileInvalid
from campaign.services.loading import BUILT_IN, load_actions


class Command(BaseCommand):
    help = (
        "Load programmes, actions, indicators and scoring standards: without a file, the built-in "
        "ones. "
        "What is there already stays as it is, and is named where a file says otherwise."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="CSV, as in data/")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_actions(paths=options["files"] or BUILT_IN)
        except ActionsFileInvalid as e:
            told = [str(e.message), *(f"{name}: {problem}" for name, problem in e.problems)]
            raise CommandError("\n".join(told)) from e
        for each in loaded.differs:
            self.stdout.write(_("The register says otherwise, and stays: %s") % each)
        self.stdout.write(
            _("%(programmes)s programmes, %(actions)s actions, %(indicators)s indicators loaded.")
            % {
                "programmes": loaded.programmes,
                "actions": loaded.actions,
                "indicators": loaded.indicators,
            }
        )
        if loaded.standards:
            self.stdout.write(_("Scoring standards published: %d.") % loaded.standards)
