"""What estates are scored by, as it was published."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.creation.standard import Standard as Description
from campaign.querysets import Standards


class Standard(models.Model):
    """One published version: categories, weights, items and vetoes stand in its description, which
    never changes. From `holds_from` on it is the one that scores."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    holds_from = models.DateField(_("holds from"), unique=True)
    description = models.JSONField(_("description"))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    objects = Standards.as_manager()

    class Meta:
        verbose_name = _("scoring standard")
        verbose_name_plural = _("scoring standards")
        ordering = ["holds_from"]
        triggers = [
            pgtrigger.Protect(name="standard_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def described(self) -> Description:
        return Description.from_description(self.description)
