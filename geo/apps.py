from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Geo(AppConfig):
    name = "geo"
    verbose_name = _("Register of places")
