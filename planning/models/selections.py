"""Selections: the best sites, asked for and answered."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from planning.models.plans import Plan
from planning.querysets import Selections


class SelectionState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being worked out")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


_ENDED = ("done", "failed", "cancelled")


class SelectionRun(models.Model):
    """One question and its answer, which never changes: where it is not proven to be the best, it
    is the record of what was found. `data_version` is of all that was weighed."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="selections", verbose_name=_("plan")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    at = models.DateTimeField(_("asked at"), default=timezone.now)
    model = models.CharField(_("model"), max_length=10)
    parameters = models.JSONField(_("parameters"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SelectionState.choices,
        default=SelectionState.QUEUED,
    )
    progress = models.JSONField(_("progress"), null=True, blank=True)
    result = models.JSONField(_("result"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    data_version = models.CharField(_("version of the data"), max_length=64, blank=True)
    # When the worker last said that it is at it.
    seen_at = models.DateTimeField(_("last seen"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    cancel_asked_at = models.DateTimeField(_("to be cancelled since"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken into the plan at"), null=True, blank=True)
    # What it was asked with: sent twice, it is asked once.
    content_sha256 = models.CharField(max_length=64, editable=False)

    objects = Selections.as_manager()

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=SelectionState.values),
                name="a_selection_is_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", result__isnull=False)
                | models.Q(result=None) & ~models.Q(state="done"),
                name="a_selection_that_is_done_has_its_result",
            ),
        ]
        indexes = [models.Index(fields=["plan", "-at"])]
        triggers = [
            pgtrigger.Protect(name="selection_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="its_answer_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=_ENDED)
                & (
                    pgtrigger.Q(old__result__df=pgtrigger.F("new__result"))
                    | pgtrigger.Q(old__parameters__df=pgtrigger.F("new__parameters"))
                    | pgtrigger.Q(old__state__df=pgtrigger.F("new__state"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} · {self.plan}"
