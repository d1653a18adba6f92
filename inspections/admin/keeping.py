"""How long what is kept, which the clerk sets; and what was held, removed and handed out."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from geo.admin.base import KeptAdmin
from inspections.admin.records import LookedAt
from inspections.models import Hold, Purge, Retention, SealedFile


@admin.register(Retention)
class RetentionAdmin(KeptAdmin):
    """A period for each kind of thing: its length is changed, and the kinds are what they are."""

    list_display = ("of", "days", "basis")
    fields = ("of", "days", "basis")
    readonly_fields = ("of",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Hold)
class HoldAdmin(LookedAt):
    """Set and lifted on the case, by its supervisors."""

    list_display = ("case", "reason", "by", "since", "lifted_at", "lifted_by")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    list_select_related = ("case", "by", "lifted_by")
    also_by = ("case",)


@admin.register(Purge)
class PurgeAdmin(LookedAt):
    list_display = ("at", "of", "before", "removed", "held", "bytes", "finished_at")
    list_filter = ("of",)
    readonly_fields = fields = (*list_display, "which")

    @admin.display(description=_("ids"))
    def which(self, row: Purge) -> str:
        return "\n".join(map(str, row.ids))


@admin.register(SealedFile)
class SealedFileAdmin(LookedAt):
    """Who was handed the whole of a case; and the hash by which anyone can ask for it."""

    list_display = ("at", "case", "by", "files", "bytes", "manifest_sha256")
    list_select_related = ("case", "by")
    search_fields = ("manifest_sha256", "by__username", "by__name")
    also_by = ("case",)
    readonly_fields = fields = list_display
