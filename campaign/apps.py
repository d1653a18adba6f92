from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Campaign(AppConfig):
    name = "campaign"
    verbose_name = _("Campaign")
