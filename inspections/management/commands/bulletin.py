"""`manage.py bulletin 2024-11`: the bulletin 通报 of a month as PDF and .docx."""

import re
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from inspections.errors import Refusal
from inspections.models import PaperKind
from inspections.papers.fonts import NoFont
from inspections.services import papers


class Command(BaseCommand):
    help = (
        "Issue the whole office's bulletin of a month that is over, unless there is one, and write "
        "its files. It stays among the papers, with its number."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="2024-11")
        parser.add_argument("--into", type=Path, default=Path(), metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        month, folder = options["month"], options["into"]
        if not re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", month):
            raise CommandError(_("A month such as 2024-11."))
        if month >= f"{timezone.localdate():%Y-%m}":
            raise CommandError(_("This month is not over yet."))
        if not folder.is_dir():
            raise CommandError(_("There is no such folder: %s") % folder)
        try:
            paper = papers.issue_of(PaperKind.BULLETIN, month)
            made = papers.render(paper.pk) or paper
        except Refusal as e:
            raise CommandError(str(e.message)) from e
        except NoFont as e:
            raise CommandError(_("No font here has Chinese. Install fonts-noto-cjk.")) from e
        if made.voided_at:
            self.stdout.write(_("%s is void; issue it anew on the page of papers.") % made)
        for name in (made.pdf, made.docx):
            path = folder / f"{made}{Path(name).suffix}"
            with default_storage.open(name) as file:
                path.write_bytes(file.read())
            self.stdout.write(str(path))
