from django.contrib.admin.apps import AdminConfig


class OfficeAdmin(AdminConfig):
    default_site = "config.admin.OfficeSite"
