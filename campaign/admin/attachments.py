"""What was brought, to be looked at."""

from django.contrib import admin

from campaign.models import Attachment
from inspections.admin.records import LookedAt


@admin.register(Attachment)
class AttachmentAdmin(LookedAt):
    list_display = ("name", "media_type", "size", "by", "at")
    search_fields = ("name", "sha256")
    list_select_related = ("by",)
