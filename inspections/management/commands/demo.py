"""Fill an empty database with the demonstration town and its record."""

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from geo.models import Community
from inspections.demo import building
from inspections.demo.building import Stage
from inspections.demo.people import PASSWORD, SIGN_IN


class Command(BaseCommand):
    help = (
        "Make demonstration data: a schematic town on the office's communities, and two years of "
        "inspections. The same seed, day and number give the same rows."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("--inspections", type=_count, default=20_000, metavar="N", help="20000 if not said")
        add("--seed", type=_count, default=1, metavar="S", help="another seed, another town")
        add(
            "--until",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day on which the record stands: its last entries are of the evening before; "
            "today if not said",
        )
        add("--replace", action="store_true", help="in place of an earlier demonstration")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                _("Demonstration accounts have a known password: only made with DEBUG=1.")
            )
        building.take_turn()
        if building.is_in_use():
            raise CommandError(
                _("This database is in use: demonstration data would stand among real data.")
            )
        if building.stands() and not options["replace"]:
            raise CommandError(
                _("There is a demonstration already; --replace puts a new one in its place.")
            )
        if not Community.objects.exists():
            call_command("load_communities", stdout=StringIO())
        progress = _Progress()
        built = building.build(
            inspections=options["inspections"],
            seed=options["seed"],
            until=options["until"] or timezone.localdate(),
            report=progress.report,
        )
        progress.end()
        self.stdout.write(
            _(
                "%(estates)s estates, %(inspections)s inspections, %(findings)s findings, "
                "%(cases)s cases, %(photos)s photos."
            )
            % {
                "estates": built.estates,
                "inspections": built.inspections,
                "findings": built.findings,
                "cases": built.cases,
                "photos": built.photos,
            }
        )
        self.stdout.write(
            _("Sign in as %(names)s; the password is %(password)s.")
            % {"names": ", ".join(SIGN_IN), "password": PASSWORD}
        )


def _count(told: str) -> int:
    number = int(told)
    if number < 0:
        raise ArgumentTypeError("0 or more")
    return number


class _Progress:
    """A line for each stage on a terminal, and nothing elsewhere."""

    def __init__(self) -> None:
        self.stage: Stage | None = None
        self.bar: Any = None

    def report(self, stage: Stage, done: int, of: int) -> None:
        if stage is not self.stage:
            self.end()
            self.stage = stage
            self.bar = tqdm(total=of, desc=_named(stage), disable=None)
        self.bar.update(done - self.bar.n)

    def end(self) -> None:
        if self.bar is not None:
            self.bar.update(self.bar.total - self.bar.n)
            self.bar.close()


def _named(stage: Stage) -> str:
    return {
        Stage.TOWN: _("town"),
        Stage.REGISTER: _("register and people"),
        Stage.INSPECTIONS: _("inspections"),
        Stage.PHOTOS: _("photos"),
        Stage.KEYS: _("keys and indexes"),
        Stage.MORE: _("plans"),
        Stage.SUMS: _("sums"),
    }[stage]
