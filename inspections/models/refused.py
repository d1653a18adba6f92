"""What was sent and not accepted: kept, so that nothing is lost."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.models.written import WRITTEN_ANEW, Xact


class Refused(models.Model):
    """One refused entry, once however often it is sent again."""

    entry = models.CharField(_("id as sent"), max_length=64)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="refused",
        verbose_name=_("sender"),
    )
    code = models.CharField(_("code"), max_length=40)
    message = models.TextField(_("sentence"))
    details = models.JSONField(_("details"), default=dict)
    # None where the content may not be kept (an excluded area), or the sender's room is used up.
    body = models.BinaryField(_("as sent"), null=True)
    body_sha256 = models.CharField(max_length=64)
    body_bytes = models.PositiveIntegerField(_("bytes"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    # Waits for the inspection that it corrects.
    waits_for = models.UUIDField(_("waits for"), null=True, blank=True, db_index=True)
    type = models.CharField(_("type"), max_length=12, db_default="inspection", default="inspection")
    device = models.UUIDField(_("device"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number on the device"), null=True, blank=True)
    xact = Xact()
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("refused entry")
        verbose_name_plural = _("refused entries")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "sender", "code", "body_sha256"],
                name="a_refusal_is_kept_once",
            ),
        ]
        triggers = [WRITTEN_ANEW]

    def __str__(self) -> str:
        return f"{self.code} · {self.entry}"
