"""How long what is kept: periods, holds of open disputes, and what was removed."""

from uuid import uuid4

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.models.cases import Case


class Kept(models.TextChoices):
    ORIGINALS = "originals", _("original photos of closed cases")
    UNUSED = "unused", _("photos that belong to no case")
    COMPLAINANTS = "complainants", _("who complained, after the case was closed")
    REFUSED = "refused", _("entries that were refused")
    DELIVERIES = "deliveries", _("what was told to outside systems")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Retention(models.Model):
    of = models.CharField(_("what"), max_length=14, choices=Kept.choices, primary_key=True)
    days = models.PositiveIntegerField(_("days"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("period of keeping")
        verbose_name_plural = _("periods of keeping")
        ordering = ["of"]

    def __str__(self) -> str:
        return f"{self.get_of_display()} · {self.days}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Hold(models.Model):
    """Of an open dispute: nothing of this case is removed until it is lifted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds", verbose_name=_("case"))
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by")
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(lifted_at=None),
                name="a_case_is_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.reason}"


class SealedFile(models.Model):
    """That the whole of a case was handed out: to whom, when, and by which hash its list of
    files is known. One that was broken off has no hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed to")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    files = models.PositiveIntegerField(_("files"))
    bytes = models.PositiveBigIntegerField(_("bytes"))
    manifest_sha256 = models.CharField(_("hash of its list"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("sealed file")
        verbose_name_plural = _("sealed files")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.at:%Y-%m-%d %H:%M}"


class Purge(models.Model):
    """One part of a run over one period: which were removed, by their ids, never what they said.

    It is written together with what the rows say; their files go afterwards. Where that was
    interrupted, `finished_at` is empty, and the next run goes on with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.CharField(_("what"), max_length=14, choices=Kept.choices)
    before = models.DateTimeField(_("older than"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    removed = models.PositiveIntegerField(_("removed"))
    held = models.PositiveIntegerField(_("kept by a hold"))
    bytes = models.PositiveBigIntegerField(_("bytes freed"), default=0)
    ids = models.JSONField(_("ids"), default=list)
    # By then it was committed: who began earlier may not know of it.
    said_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(_("files gone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_of_display()} · {self.removed}"
