from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Planning(AppConfig):
    name = "planning"
    verbose_name = _("Planning")

    def ready(self) -> None:
        from geo.listeners import when_restored, when_retired, when_status_set
        from geo.models import Asset, Community, Estate
        from geo.services import when_merged
        from inspections.demo.additions import add_to_demo
        from planning import followers
        from planning.demo.addition import ADDITION

        when_merged(Estate, followers.follow_estate)
        when_merged(Community, followers.follow_community)
        when_merged(Asset, followers.follow_asset)
        when_retired(Asset, followers.follow_retired)
        when_restored(Asset, followers.follow_restored)
        when_status_set(followers.follow_status)
        add_to_demo(ADDITION)
