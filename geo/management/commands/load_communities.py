"""Put the office's communities into an empty register."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

import geo
from geo.files import layer, load_places

COMMUNITIES = Path(geo.__file__).parent / "data" / "communities.csv"


class Command(BaseCommand):
    help = "Load the communities. Once there is one, the register is the office's own: no change."

    def handle(self, *args: Any, **options: Any) -> None:
        communities = layer("communities")
        if communities.model._default_manager.exists():
            self.stdout.write(_("The register has communities already; nothing was loaded."))
            return
        loaded = load_places(layer=communities, path=COMMUNITIES)
        self.stdout.write(_("%s communities were loaded.") % loaded.created)
