"""Load a file of places into the register."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from geo.errors import Refused, RowsRefused
from geo.files import LAYERS, Loaded, Wishes, layer, load_places
from geo.files.export import collection
from geo.files.table import Problem

_MOST_NOTES = 50


class Command(BaseCommand):
    help = (
        "Load places from GeoPackage, Shapefile (plain or zipped), GeoJSON, KML, CSV or XLSX. "
        "All rows are written, or none and every bad one is named."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", type=Path)
        add("--layer", required=True, choices=LAYERS, metavar="LAYER", help=", ".join(LAYERS))
        add("--datum", help="wgs84, cgcs2000, gcj02, bd09 or EPSG:n, if the file does not say")
        add(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="the file's column for a field, such as name=小区名称; may be given again",
        )
        add("--table", help="which layer, sheet or Shapefile, if the file holds several")
        add("--encoding", help="of the text, if it can't be told")
        add("--trust-datum", action="store_true", help="load although the places look shifted")
        add("--dry-run", action="store_true", help="say what would be done, and do nothing")
        add(
            "--format",
            choices=["text", "json"],
            default="text",
            help="json: what is written, as GeoJSON, alone on stdout",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_places(
                layer=layer(options["layer"]),
                path=options["file"],
                wishes=Wishes(
                    datum=options["datum"],
                    mapping=_mapping(options["map"]),
                    table=options["table"],
                    encoding=options["encoding"],
                    trust_datum=options["trust_datum"],
                ),
                dry_run=options["dry_run"],
                with_features=options["format"] == "json",
                watch=_progress,
            )
        except RowsRefused as e:
            told = _listed(e.details["problems"], e.details["found"])
            raise CommandError("\n".join([str(e), *told])) from e
        except Refused as e:
            raise CommandError(str(e)) from e
        for line in _listed(loaded.notes[:_MOST_NOTES], len(loaded.notes)):
            self.stderr.write(line)
        if options["format"] == "json":
            for piece in collection(iter(loaded.features)):
                self.stdout.write(piece.decode(), ending="")
        else:
            self.stdout.write(_summary(loaded, dry_run=options["dry_run"]))


def _mapping(given: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in given:
        field, equals, column = pair.partition("=")
        if not equals or not field.strip() or not column.strip():
            raise CommandError(_("--map is written FIELD=COLUMN, not “%s”.") % pair)
        mapping[field.strip()] = column.strip()
    return mapping


def _listed(problems: Sequence[Problem], found: int) -> list[str]:
    lines = [str(problem) for problem in problems]
    if found > len(problems):
        lines.append(_("… and %s more.") % f"{found - len(problems):,}")
    return lines


def _summary(loaded: Loaded, *, dry_run: bool) -> str:
    told = _("%(layer)s: %(created)s added, %(updated)s changed, %(unchanged)s as they were.") % {
        "layer": loaded.layer.title,
        "created": loaded.created,
        "updated": loaded.updated,
        "unchanged": loaded.unchanged,
    }
    return " ".join([told, _("Nothing was kept: this was a dry run.")]) if dry_run else told


def _progress(rows: Sequence[Any], what: str) -> Iterable[Any]:
    """A bar on stderr for long loops, and only where a person is looking."""
    return tqdm(rows, desc=what, disable=None if len(rows) >= 20 else True, leave=False)
