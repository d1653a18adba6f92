from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Planning(AppConfig):
    name = "planning"
    verbose_name = _("Planning")
