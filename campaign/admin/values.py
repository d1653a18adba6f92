"""What was entered, to be looked at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from campaign.models import Value
from inspections.admin.records import LookedAt


@admin.register(Value)
class ValueAdmin(LookedAt):
    list_display = ("indicator", "numerator", "denominator", "measured_on", "place", "by", "at")
    list_filter = ("indicator__action", "community")
    search_fields = ("indicator__code", "indicator__zh", "source", "estate__name", "company__name")
    list_select_related = ("indicator", "community", "estate", "company", "by")

    @admin.display(description=_("place"))
    def place(self, row: Value) -> str:
        return str(row.estate or row.company or row.community or _("the whole subdistrict"))
