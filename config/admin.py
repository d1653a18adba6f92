"""The registers' own site: the same sign-in as everywhere, in the office's name."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class OfficeSite(AdminSite):
    site_title = _("Xuntu registers")
    site_header = _("Xuntu registers")
    index_title = _("Registers")
