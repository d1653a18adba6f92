"""`manage.py make_derivatives`: what is missing of small and large pictures."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from inspections.models import Photo
from inspections.pictures.fonts import NoFont
from inspections.services import derivatives


class Command(BaseCommand):
    help = "Makes the pictures that people look at of photos that have none."

    def handle(self, *args: Any, **options: Any) -> None:
        missing = list(Photo.objects.unmade().values_list("pk", flat=True))
        made = damaged = 0
        for id in tqdm(missing, disable=None):
            try:
                photo = derivatives.make(id)
            except NoFont as e:
                raise CommandError(_("No font here has Chinese. Install fonts-noto-cjk.")) from e
            if photo:
                made += photo.made_at is not None
                damaged += photo.made_at is None
        self.stdout.write(
            _("Made: %(made)d. Damaged, and kept as they came: %(damaged)d.")
            % {"made": made, "damaged": damaged}
        )
