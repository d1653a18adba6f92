"""How the office reminds, and what became of each letter."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaign import reminding
from campaign.models import Letter, ReminderRule
from geo.admin.base import KeptAdmin
from inspections.admin.records import LookedAt


def _say_without_mail(request: HttpRequest) -> None:
    if not settings.EMAIL_HOST:
        messages.warning(
            request,
            _t("No mail server is set up (EMAIL_URL): people are reminded here and by webhook."),
        )


@admin.register(ReminderRule)
class ReminderRuleAdmin(KeptAdmin):
    list_display = ("__str__", "days_before", "quiet_from", "quiet_until", "mail")
    fields = ("days_before", "quiet_from", "quiet_until", "mail")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One for the whole office."""
        return super().has_add_permission(request) and not ReminderRule.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        _say_without_mail(request)
        return super().changelist_view(request, extra_context)


@admin.register(Letter)
class LetterAdmin(LookedAt):
    list_display = ("day", "to", "mail", "address", "attempts", "tried_at", "sent_at", "problem")
    list_filter = ("mail", "day")
    search_fields = ("to__username", "to__name", "problem")
    list_select_related = ("to",)
    actions = ("send_again",)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        _say_without_mail(request)
        return super().changelist_view(request, extra_context)

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        sent = [reminding.send_again(letter=each) for each in queryset.exclude(address="")]
        n = len(sent)
        said = ngettext("%(n)s letter is sent again.", "%(n)s letters are sent again.", n)
        messages.success(request, said % {"n": n})
