from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Inspections(AppConfig):
    name = "inspections"
    verbose_name = _("Inspections")
