"""`manage.py verify_evidence FILE`: is a sealed file as it was sealed?"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from inspections.services.evidence.verifying import Verdict, verify


class Command(BaseCommand):
    help = (
        "Say whether the sealed file of a case is whole, and which of its files differs, is missing"
        " or was added. Ends with 0 where it is whole and sealed here, with 1 where something is"
        " wrong with it, with 2 where it is whole and the seal is not of this deployment's secret."
    )
    # A file from a court is looked at also where no database runs.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(options["file"])
        for line in _lines(verdict):
            self.stdout.write(line)
        if not verdict.whole:
            sys.exit(1)
        if not verdict.sealed_here:
            sys.exit(2)


def _lines(verdict: Verdict) -> list[str]:
    lines = []
    if verdict.number is not None:
        told = {
            "number": verdict.number,
            "at": verdict.sealed_at,
            "by": verdict.sealed_by,
            "files": verdict.files,
        }
        lines.append(_("Case %(number)s, sealed at %(at)s by %(by)s: %(files)d files.") % told)
        lines.append(_("Hash of the list: %s") % verdict.manifest_sha256)
    if verdict.unreadable:
        lines.append(_("Can't be read: %s") % verdict.unreadable)
    for said, paths in (
        (_("Differs: %s"), verdict.differs),
        (_("Missing: %s"), verdict.missing),
        (_("Added: %s"), verdict.added),
        (_("Not what its record told when it was sent: %s"), verdict.unlike_record),
    ):
        lines += [said % path for path in paths]
    if not verdict.order_kept:
        lines.append(_("The files do not stand in the order of the list."))
    if verdict.packed_anew:
        lines.append(
            _("Its files are as they were sealed, but the archive around them was changed.")
        )
    for each in verdict.absent:
        lines.append(_absent(each.why) % {"path": each.path, "sha256": each.sha256})
    if verdict.whole:
        lines.append(_("Whole: every file is as it was sealed."))
    if not verdict.unreadable:
        lines.append(
            _("The seal is this office's.")
            if verdict.sealed_here
            else _("The seal is not of this deployment's secret: another office's, or forged.")
        )
    return lines


def _absent(why: str) -> str:
    return {
        "purged": _("Removed when its period of keeping was over: %(path)s (SHA-256 %(sha256)s)"),
        "waited_for": _("Had not arrived when it was sealed: %(path)s (SHA-256 %(sha256)s)"),
    }.get(why, _("Was not found in the store when it was sealed: %(path)s (SHA-256 %(sha256)s)"))
