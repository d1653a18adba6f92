"""Rounds: who looks at which estates, for what, and by when."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Estate
from inspections.querysets import Rounds


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Round(models.Model):
    """Given by a supervisor to one inspector; both days included."""

    name = models.CharField(_("name"), max_length=80)
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="rounds",
        verbose_name=_("inspector"),
    )
    kinds = ArrayField(models.SlugField(max_length=40), verbose_name=_("kinds"))
    estates = models.ManyToManyField(Estate, related_name="rounds", verbose_name=_("estates"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    # Another inspector has part of it too, and both are told.
    shared = models.BooleanField(_("shared on purpose"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), default=timezone.now)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)

    objects = Rounds.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-since", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="a_round_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=~models.Q(kinds=[]), name="a_round_looks_at_something"
            ),
        ]
        indexes = [models.Index(fields=["inspector", "until"])]

    def __str__(self) -> str:
        return f"{self.name} · {self.inspector}"
