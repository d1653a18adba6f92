"""The background of the tablets' map, as one file."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from geo import basemap


class Command(BaseCommand):
    help = (
        "Draw the background of the tablets' map, communities and roads, as one PMTiles file in "
        "the data folder. The worker does so by itself when they change."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="even where nothing changed since the last one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if basemap.is_current() and not options["anew"]:
            self.stdout.write(_("The base map is up to date."))
            return
        made = basemap.make()
        if made is None:
            self.stdout.write(_("No community has a boundary yet: there is nothing to draw."))
            return
        told = {"path": made.path, "kb": round(made.bytes / 1000)}
        self.stdout.write(_("%(path)s: %(kb)d kB.") % told)
