"""Kinds as this deployment published them."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KindVersion(models.Model):
    """One published wording of a kind. A record is judged by the version it names, for good."""

    slug = models.SlugField(_("kind"), max_length=40)
    version = models.PositiveIntegerField(_("version"))
    description = models.JSONField(_("description"))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published at"), default=timezone.now)

    class Meta:
        verbose_name = _("published kind")
        verbose_name_plural = _("published kinds")
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_wording_per_version"),
            models.UniqueConstraint(fields=["slug", "sha256"], name="one_version_per_wording"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_for_good", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"
