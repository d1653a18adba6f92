"""What a figure is compared with: set by the office, each from a day on."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.querysets import Baselines
from geo.models import Community


class Baseline(models.Model):
    """A time before, and how many there were in it: in a community, or in the whole subdistrict.
    Without a number, Xuntu counts its own of that time, everywhere. Never changed, only followed
    by another, as a target is."""

    metric = models.SlugField(_("metric"), max_length=40)
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
        help_text=_("empty: the whole subdistrict"),
    )
    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("empty: as Xuntu counts it")
    )
    source = models.CharField(_("source"), max_length=200)
    holds_from = models.DateField(_("holds from"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now, editable=False)

    objects = Baselines.as_manager()

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ["metric", "community", "-holds_from", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")),
                name="a_baseline_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(number__isnull=False) | models.Q(community=None),
                name="what_xuntu_counts_it_counts_everywhere",
            ),
        ]
        triggers = [
            # Communities that turn out to be one are followed.
            pgtrigger.ReadOnly(
                name="baseline_stays",
                fields=["metric", "since", "until", "number", "source", "holds_from", "by", "at"],
            ),
            pgtrigger.Protect(name="baseline_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.since}–{self.until}"

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1
