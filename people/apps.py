from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class People(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from geo.models import Community, PropertyCompany
        from geo.services import when_merged
        from people import services

        when_merged(Community, services.follow_community)
        when_merged(PropertyCompany, services.follow_company)
