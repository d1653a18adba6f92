"""Inspections: what a person recorded, never changed afterwards."""

import pgtrigger
from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Asset, Building, Community, Estate
from geo.srid import WGS84
from inspections.models.kind_versions import KindVersion
from inspections.models.written import WRITTEN_ANEW, Xact
from inspections.querysets import Inspections


class LocationSource(models.TextChoices):
    GPS = "gps", _("by the receiver")
    MANUAL = "manual", _("set on the map")
    QR = "qr", _("by a label")
    LAST_FIX = "last_fix", _("last position known")


class Placed(models.TextChoices):
    """How the stated position lies to the estate, with its accuracy as a margin."""

    ON_SITE = "on_site", _("on site")
    NEAR = "near", _("near")
    FAR = "far", _("far")
    UNKNOWN = "unknown", _("unknown")


class Inspection(models.Model):
    """One checklist, filled in once. A correction is another inspection that supersedes it.

    `content` is what was sent, in canonical form, and stays what it is when the register
    changes around it; `estate` and `community` follow the register (a merge, a move).
    """

    id = models.UUIDField(primary_key=True)
    # Columns that an index of several begins with have none of their own, and versions stay.
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    kind_version = models.ForeignKey(
        KindVersion,
        models.PROTECT,
        related_name="+",
        verbose_name=_("version of the kind"),
        db_index=False,
    )
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        related_name="+",
        verbose_name=_("community"),
        db_index=False,
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        related_name="inspections",
        verbose_name=_("estate"),
        db_index=False,
    )
    asset = models.ForeignKey(
        Asset,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("asset"),
    )
    inspector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="inspections",
        verbose_name=_("inspector"),
        db_index=False,
    )
    location = PointField(_("position"), srid=WGS84, null=True, blank=True)
    location_source = models.CharField(
        _("position from"), max_length=10, choices=LocationSource.choices, blank=True
    )
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    placed = models.CharField(_("on site"), max_length=8, choices=Placed.choices)
    distance_m = models.FloatField(_("distance to the estate (m)"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("recorded at"), help_text=_("by the tablet's clock"))
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    answers = models.JSONField(_("answers"))
    content = models.JSONField(_("as sent"))
    content_sha256 = models.CharField(max_length=64)
    # The first of a chain of corrections, itself included; one of each chain is in force.
    root = models.UUIDField(_("first record"), db_index=True)
    supersedes = models.UUIDField(_("corrects"), null=True, blank=True)
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    in_force = models.BooleanField(_("in force"), default=True)
    # Which tablet made it, as the n-th entry of its inspector there: a gap shows.
    device = models.UUIDField(_("device"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number on the device"), null=True, blank=True)
    # Where there is no position to be had: in which building, on which floor or part of the estate.
    building = models.ForeignKey(
        Building,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("building"),
        db_index=False,
    )
    floor = models.CharField(_("floor"), max_length=20, blank=True, db_default="", default="")
    zone = models.CharField(
        _("part of the estate"), max_length=60, blank=True, db_default="", default=""
    )
    location_age_s = models.FloatField(_("age of the position (s)"), null=True, blank=True)
    location_datum = models.CharField(
        _("datum of the position"), max_length=10, blank=True, db_default="", default=""
    )
    # The server's clock less the tablet's as it was received.
    clock_offset_s = models.FloatField(_("clock offset (s)"), null=True, blank=True)
    # What is odd about it, for whoever reads it: never a reason to refuse it.
    doubts = ArrayField(
        models.CharField(max_length=10),
        verbose_name=_("doubts"),
        blank=True,
        db_default=[],
        default=list,
    )
    # Photos that it names and the server does not hold yet: 证据未齐.
    photos_missing = models.PositiveSmallIntegerField(
        _("photos that have not arrived"), db_default=0, default=0
    )
    xact = Xact()

    objects = Inspections.as_manager()

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["root"],
                condition=models.Q(in_force=True),
                name="one_of_a_chain_of_corrections_is_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes=None, root=models.F("id"))
                | models.Q(supersedes__isnull=False),
                name="a_first_record_starts_its_chain",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes=None) | ~models.Q(reason=""),
                name="a_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(location=None, location_source="", accuracy_m=None)
                | models.Q(
                    location__isnull=False,
                    location_source__in=[each.value for each in LocationSource],
                ),
                name="a_position_says_where_it_comes_from",
            ),
            models.CheckConstraint(
                condition=models.Q(accuracy_m=None)
                | models.Q(accuracy_m__gte=0, location_source__in=["gps", "last_fix"]),
                name="only_a_receiver_gives_an_accuracy",
            ),
        ]
        indexes = [
            models.Index(fields=["estate", "kind", "-recorded_at"]),
            models.Index(fields=["community", "-recorded_at"]),
            models.Index(fields=["inspector", "-recorded_at"]),
            models.Index(fields=["-recorded_at", "id"]),
            # Few: the rest are counted in the summaries.
            models.Index(
                fields=["community", "-recorded_at"],
                condition=models.Q(in_force=False),
                name="inspections_corrected",
            ),
            models.Index(
                fields=["device", "number"],
                condition=models.Q(device__isnull=False),
                name="inspections_of_a_device",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="evidence_stays",
                fields=[
                    "id",
                    "kind",
                    "kind_version",
                    "inspector",
                    "location_source",
                    "accuracy_m",
                    "recorded_at",
                    "received_at",
                    "answers",
                    "content",
                    "content_sha256",
                    "supersedes",
                    "reason",
                    "device",
                    "number",
                    "floor",
                    "zone",
                    "location_age_s",
                    "location_datum",
                    "clock_offset_s",
                ],
            ),
            WRITTEN_ANEW,
            # As bytes: a dump restores with no search path, where "=" of two shapes is not found.
            pgtrigger.Protect(
                name="place_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.location::bytea IS DISTINCT FROM NEW.location::bytea"
                ),
            ),
            pgtrigger.Protect(name="evidence_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.estate} · {self.recorded_at:%Y-%m-%d}"
