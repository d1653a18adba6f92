"""What indicators are held to, each from a day on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.programmes import Indicator
from campaign.querysets import Targets
from campaign.standing import Compare

COMPARED = [
    (Compare.AT_LEAST.value, _("at least")),
    (Compare.AT_MOST.value, _("at most")),
    (Compare.EQUAL.value, _("exactly")),
]


class Target(models.Model):
    """What an indicator is held to from a day on: never changed, only followed by another, so that
    a past day keeps the one that held. A deadline may lie before the notice itself. Without a
    number there is no target."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    holds_from = models.DateField(_("holds from"))
    op = models.CharField(_("compared"), max_length=2, choices=COMPARED, blank=True)
    number = models.DecimalField(
        _("number"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("empty: no target set"),
    )
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # None: as the notice itself has it.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = Targets.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator", "-holds_from", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(op="", number=None)
                | models.Q(
                    op__in=[each.value for each in Compare], number__isnull=False, number__gte=0
                ),
                name="a_target_has_its_comparison",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="target_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        said = f"{self.op} {self.number.normalize():f}" if self.number is not None else "–"
        return f"{self.indicator.code} {said} ({self.holds_from})"
