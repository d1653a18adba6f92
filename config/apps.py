from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class House(AppConfig):
    """The top room has no models: it is here for its commands."""

    name = "config"


class OfficeAdmin(AdminConfig):
    default_site = "config.admin.OfficeSite"
