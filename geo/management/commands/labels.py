"""A sheet of QR labels as PDF."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from geo import labels
from geo.labels import Label
from geo.models import Asset, AssetType, Building, Community, Estate

LAYERS = ("estates", "buildings", *(f"{each.value}s" for each in AssetType))


class Command(BaseCommand):
    help = (
        "Write a sheet of QR labels as PDF: A4, three by seven labels of 63.5 × 38.1 mm. The "
        "tablet reads them where there is no position to be had."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add = parser.add_argument
        add("file", type=Path, metavar="FILE.pdf")
        add("--community", action="append", metavar="C", help="name, code or number; several times")
        add("--estate", action="append", metavar="E", help="name, code or number; several times")
        add(
            "--layer",
            action="append",
            choices=LAYERS,
            metavar="LAYER",
            help=f"estates and buildings if not said; of: {', '.join(LAYERS)}",
        )
        add("--floor", action="append", metavar="F", help="of buildings, as B2; several times")

    def handle(self, *args: Any, **options: Any) -> None:
        floors = options["floor"] or []
        if long := [each for each in floors if len(each) > 20 or ":" in each]:
            raise CommandError(_("“%(floor)s” is no floor.") % {"floor": long[0]})
        estates = Estate.objects.current()
        if options["community"]:
            estates = estates.filter(community__in=_named(Community, options["community"]))
        if options["estate"]:
            estates = estates.filter(pk__in=_named(Estate, options["estate"]))
        layers = options["layer"] or ["estates", "buildings"]
        found = [each for layer in layers for each in _of(layer, estates, floors)]
        if not found:
            raise CommandError(_("There is nothing to print."))
        try:
            options["file"].write_bytes(labels.sheet(found))
        except OSError as e:
            raise CommandError(f"{options['file']}: {e.strerror}") from e
        self.stdout.write(_("Labels: %(count)d.") % {"count": len(found)})


def _of(layer: str, estates: Any, floors: list[str]) -> list[Label]:
    order = ("community__code", "estate__name")
    if layer == "estates":
        rows = estates.select_related("community").order_by("community__code", "name", "pk")
        return labels.of_estates(rows)
    if layer == "buildings":
        buildings = Building.objects.current().filter(estate__in=estates)
        buildings = buildings.select_related("estate", "community").order_by(*order, "number", "pk")
        return labels.of_buildings(buildings, floors)
    assets = Asset.objects.current().of_type(layer.removesuffix("s")).filter(estate__in=estates)
    return labels.of_assets(
        assets.select_related("estate", "community").order_by(*order, "code", "pk")
    )


def _named(model: Any, told: list[str]) -> list[int]:
    """By name, code or number; each must be there."""
    found = []
    for each in told:
        wanted = Q(name=each) | Q(code=each) | (Q(pk=each) if each.isdigit() else Q())
        rows = model.objects.current().filter(wanted).values_list("pk", flat=True)
        if not rows:
            raise CommandError(
                _("There is no %(what)s “%(name)s”.")
                % {"what": model._meta.verbose_name, "name": each}
            )
        found += rows
    return found
