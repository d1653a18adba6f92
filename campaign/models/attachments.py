"""Files that prove something: minutes, lists, photos, tables."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.querysets import Attachments


class Attachment(models.Model):
    """As it was brought, by the id that its sender gave it: never changed, never deleted. It is
    seen with what it hangs on. `file` is its name in the store, by its SHA-256."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    at = models.DateTimeField(_("received at"), default=timezone.now)

    objects = Attachments.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(
                name="attachment_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return self.name
