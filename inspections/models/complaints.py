"""Complaints 信访投诉: what residents say, and who they are, apart."""

import pghistory
from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Community, Estate
from geo.srid import WGS84
from inspections.models.cases import Case
from inspections.models.written import CHANGED, WRITTEN_ANEW, Xact
from inspections.querysets import Complaints


class Channel(models.TextChoices):
    VISIT = "visit", _("in person")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    MINIAPP = "miniapp", _("by the grid service's mini-program")
    HOTLINE = "hotline", _("by the hotline")
    OTHER = "other", _("otherwise")


@pghistory.track(
    pghistory.UpdateEvent(condition=CHANGED), pghistory.DeleteEvent(), exclude=["xact"]
)
class Complaint(models.Model):
    """One complaint, as it was entered. Several of the same matter belong to one case."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="complaints", verbose_name=_("case")
    )
    channel = models.CharField(_("came"), max_length=10, choices=Channel.choices)
    outside_number = models.CharField(_("number outside"), max_length=60, blank=True)
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community")
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("estate")
    )
    place = PointField(_("place"), srid=WGS84, null=True, blank=True)
    place_told = models.CharField(_("place as told"), max_length=200, blank=True)
    text = models.TextField(_("what is said"))
    received_at = models.DateTimeField(_("received at"))
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    # The day it came: at once where it is simple, explained where it is not.
    reply_due_at = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    replied_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    reply = models.TextField(_("answer"), blank=True)
    content_sha256 = models.CharField(max_length=64)
    # The file it came with, and its line there.
    file = models.CharField(_("file"), max_length=120, blank=True)
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    xact = Xact()

    objects = Complaints.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "outside_number"],
                condition=~models.Q(outside_number=""),
                name="a_complaint_is_entered_once",
            ),
            models.CheckConstraint(
                condition=models.Q(replied_at=None, reply="")
                | models.Q(replied_at__isnull=False) & ~models.Q(reply=""),
                name="an_answer_has_its_time",
            ),
        ]
        triggers = [WRITTEN_ANEW]

    def __str__(self) -> str:
        return self.text[:40]


class Complainant(models.Model):
    """Who complained. Read by those who must answer, and each reading is noted; kept for a
    shorter time than the complaint. Without history: what is deleted is gone."""

    complaint = models.OneToOneField(
        Complaint, models.CASCADE, primary_key=True, related_name="complainant"
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    wants_reply = models.BooleanField(_("wants an answer"), default=True)

    class Meta:
        verbose_name = _("complainant")
        verbose_name_plural = _("complainants")

    def __str__(self) -> str:
        return self.name


class ComplainantReading(models.Model):
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reading of a complainant's details")
        verbose_name_plural = _("readings of complainants' details")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.by} · {self.at:%Y-%m-%d %H:%M}"
