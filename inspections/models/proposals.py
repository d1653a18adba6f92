"""What an inspector found missing in the register."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Asset, Community, Estate
from inspections.models.written import WRITTEN_ANEW, Xact
from inspections.querysets import Proposals


class Standing(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    MERGED = "merged", _("merged")
    DECLINED = "declined", _("declined")


@pghistory.track(
    pghistory.UpdateEvent(),
    fields=["standing", "note", "decided_by", "decided_at"],
    model_name="ProposalEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
)
class Proposal(models.Model):
    """A lamp, hydrant, lane, … or estate proposed from the field, as it was sent.

    Its row of the register is there at once. What the clerk decides is told back to its sender.
    """

    id = models.UUIDField(primary_key=True)
    layer = models.CharField(_("layer"), max_length=20)
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community")
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("estate"),
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("asset")
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="proposals",
        verbose_name=_("sender"),
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    content = models.JSONField(_("as sent"))
    content_sha256 = models.CharField(max_length=64)
    device = models.UUIDField(_("device"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number on the device"), null=True, blank=True)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing.choices, default=Standing.PROPOSED
    )
    note = models.CharField(_("note of the clerk"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    xact = Xact()

    objects = Proposals.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing="proposed", decided_at=None, decided_by=None)
                | ~models.Q(standing="proposed") & models.Q(decided_at__isnull=False),
                name="a_decision_has_its_time",
            ),
        ]
        triggers = [WRITTEN_ANEW]

    def __str__(self) -> str:
        return f"{self.layer} · {self.community}"

    @property
    def row(self) -> Asset | Estate | None:
        """What it is in the register."""
        return self.asset if self.layer != "estates" else self.estate
