from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Inspections(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        from geo.models import Asset, Building, Estate
        from geo.services import when_merged
        from inspections import followers
        from inspections.services import hooks
        from inspections.services.cases.listeners import when_moved

        when_merged(Estate, followers.follow_estate)
        when_merged(Building, followers.follow_building)
        when_merged(Asset, followers.follow_asset)
        when_moved(hooks.hear)
