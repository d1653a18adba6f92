"""Plans 方案: scenarios with a name."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Community
from inspections.models.written import CHANGED
from planning.querysets import Plans


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(condition=CHANGED), pghistory.DeleteEvent()
)
class Plan(models.Model):
    """Sites as somebody would have them. Nothing in it counts before it is approved.

    `version` counts the changes of the plan's own fields; its proposals have theirs.
    """

    id = models.UUIDField(primary_key=True)
    name = models.CharField(_("name"), max_length=100)
    note = models.TextField(_("note"), blank=True)
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
        help_text=_("empty: the whole office"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="plans", verbose_name=_("made by")
    )
    shared = models.BooleanField(
        _("shared"),
        default=False,
        help_text=_("seen by all who work there, changed by every planner there"),
    )
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copied from"),
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    # What it was made with: sent twice, it is made once.
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = Plans.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "name"],
                condition=models.Q(archived_at=None),
                name="one_plan_per_maker_and_name",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_plan_has_a_name"),
        ]
        triggers = [pgtrigger.Protect(name="plan_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
