"""`manage.py load_rescue FILE`: the last resort of a tablet that could not send."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from inspections.errors import RescueUnreadable
from inspections.services import rescue


class Command(BaseCommand):
    help = (
        "Load what a tablet exported as a rescue file: its entries are recorded, or refused and "
        "kept, as if the person named in it had sent them. Loading it again is harmless."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = rescue.load(options["file"], dry_run=options["dry_run"], watch=_progress)
        except RescueUnreadable as e:
            raise CommandError(str(e.message) % e.details) from e
        self.stdout.write(
            _(
                "%(person)s: %(recorded)d recorded, %(known)d known before, %(waits)d waiting for "
                "another entry, %(refused)d refused and kept; photos: %(held)d held, %(had)d held "
                "before."
            )
            % {
                "person": loaded.person,
                **{name: loaded.entries[name] for name in ("recorded", "known", "waits")},
                "refused": loaded.entries["refused"],
                "held": loaded.photos["held"],
                "had": loaded.photos["known"],
            }
        )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was kept: this was a dry run."))
        if loaded.bad:
            raise CommandError("\n".join([_("Not everything could be taken:"), *loaded.bad]))


def _progress(rows: Sequence[Any], what: str) -> Iterable[Any]:
    """A bar on stderr for long loops, and only where a person is looking."""
    return tqdm(rows, desc=what, disable=None if len(rows) >= 20 else True, leave=False)
