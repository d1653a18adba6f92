from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Campaign(AppConfig):
    name = "campaign"
    verbose_name = _("Campaign")

    def ready(self) -> None:
        from campaign.demo.addition import ADDITION
        from inspections.demo.additions import add_to_demo

        add_to_demo(ADDITION)
