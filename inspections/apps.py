from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Inspections(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        from geo.models import Asset, Building, Estate
        from geo.services import when_merged
        from inspections import followers

        when_merged(Estate, followers.follow_estate)
        when_merged(Building, followers.follow_building)
        when_merged(Asset, followers.follow_asset)
