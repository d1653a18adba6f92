"""Write a layer of the register to a file that load_places reads again."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from geo.files import FORMATS, LAYERS, dump, layer

_TEXT = {"geojson", "csv"}


class Command(BaseCommand):
    help = "Write a layer of the register, as GeoPackage, GeoJSON, XLSX or CSV, in WGS-84."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--layer", required=True, choices=LAYERS, metavar="LAYER", help=", ".join(LAYERS))
        add("--format", required=True, choices=FORMATS)
        add("-o", "--output", type=Path, metavar="FILE", help="without it, standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        asked, output = layer(options["layer"]), options["output"]
        binary = getattr(self.stdout, "buffer", None)
        if not output and options["format"] not in _TEXT and (not binary or binary.isatty()):
            raise CommandError(_("Say with -o where the file is to go."))
        with dump(asked, asked.rows(), options["format"]) as file:
            if output:
                try:
                    with output.open("wb") as to:
                        shutil.copyfileobj(file, to)
                except OSError as e:
                    raise CommandError(f"{output}: {e.strerror}") from e
            elif binary:
                shutil.copyfileobj(file, binary)
            else:
                self.stdout.write(file.read().decode(), ending="")
