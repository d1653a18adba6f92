from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Campaign(AppConfig):
    name = "campaign"
    verbose_name = _("Campaign")

    def ready(self) -> None:
        from campaign import followers, ledgers
        from campaign.demo.addition import ADDITION
        from campaign.papers import FORM
        from campaign.reminding import sources
        from campaign.reminding.counting import unseen
        from campaign.services.creation import filling
        from geo.models import Community, Estate, PropertyCompany
        from geo.services import when_merged
        from inspections.demo.additions import add_to_demo
        from inspections.models import PaperKind
        from inspections.reports.inbox import count_elsewhere
        from inspections.services.entry_types import add_entry_type
        from inspections.services.papers import add_form

        when_merged(Estate, followers.follow_estate)
        when_merged(PropertyCompany, followers.follow_company)
        when_merged(Community, followers.follow_community)
        add_to_demo(ADDITION)
        add_form(PaperKind.OVERSIGHT, FORM)
        sources.register()
        count_elsewhere("/campaign/", unseen)
        add_entry_type(filling.TYPE)
        # Each feeds its metrics.
        ledgers.all()
