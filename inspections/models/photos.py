"""Photos and short videos: what records name, and the bytes that arrived."""

from typing import IO, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.srid import WGS84
from inspections.errors import PhotoPurged
from inspections.models.inspections import Inspection, LocationSource
from inspections.models.proposals import Proposal
from inspections.models.written import WRITTEN_ANEW, Xact
from inspections.querysets import Photos


class Taken(models.TextChoices):
    CAMERA = "camera", _("with the app's camera")
    PICKER = "picker", _("chosen from the tablet")
    VIDEO = "video", _("as a video with the app's camera")


class Agreement(models.TextChoices):
    """How what stands in the file lies to what was stated. Nothing in it says nothing."""

    UNKNOWN = "unknown", _("unknown")
    AGREES = "agrees", _("agrees")
    DIFFERS = "differs", _("differs")


class Photo(models.Model):
    """One photo of one entry: declared by its record, held by its bytes, or both.

    The original is never changed; `original` is its name in the store, by its SHA-256. What
    people look at is made from it by the worker.
    """

    id = models.UUIDField(primary_key=True)
    # The record's id, known before the record arrives.
    entry = models.UUIDField(_("record"), db_index=True)
    inspection = models.ForeignKey(
        Inspection,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("inspection"),
    )
    proposal = models.ForeignKey(
        Proposal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("proposal"),
    )
    move = models.ForeignKey(
        "inspections.Move",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("move"),
    )
    # From the resident who complained: no company is shown it.
    complaint = models.ForeignKey(
        "inspections.Complaint",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("complaint"),
    )
    # The signed copy of a paper, or of its delivery.
    paper = models.ForeignKey(
        "inspections.Paper",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="photos",
        verbose_name=_("paper"),
    )
    # The earlier photo that this one was taken to be laid beside, from the same viewpoint.
    pair = models.UUIDField(_("taken beside"), null=True, blank=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    item = models.CharField(_("item"), max_length=20, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField(_("bytes"))
    # As told, and as found by decoding.
    type = models.CharField(_("type"), max_length=40)
    found_type = models.CharField(_("type found"), max_length=40, blank=True)
    how = models.CharField(_("taken"), max_length=8, choices=Taken.choices, blank=True)
    name = models.CharField(_("file name"), max_length=120, blank=True)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    location = PointField(_("position"), srid=WGS84, null=True, blank=True)
    location_source = models.CharField(
        _("position from"), max_length=10, choices=LocationSource.choices, blank=True
    )
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    declared_at = models.DateTimeField(_("named at"), null=True, blank=True)
    held_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    original = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    exif_taken_at = models.DateTimeField(_("time in the file"), null=True, blank=True)
    exif_location = PointField(_("position in the file"), srid=WGS84, null=True, blank=True)
    place_agrees = models.CharField(
        _("place"), max_length=8, choices=Agreement.choices, default=Agreement.UNKNOWN
    )
    time_agrees = models.CharField(
        _("time"), max_length=8, choices=Agreement.choices, default=Agreement.UNKNOWN
    )
    made_at = models.DateTimeField(_("derivatives made at"), null=True, blank=True)
    small_bytes = models.PositiveIntegerField(null=True, blank=True)
    large_bytes = models.PositiveIntegerField(null=True, blank=True)
    # Why nothing could be made of it.
    problem = models.CharField(_("problem"), max_length=40, blank=True)
    # The original was removed when its period of keeping was over; its hash stays.
    purged_at = models.DateTimeField(_("original removed at"), null=True, blank=True)
    xact = Xact()

    objects = Photos.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["taken_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(declared_at__isnull=False) | models.Q(held_at__isnull=False),
                name="a_photo_is_named_or_held",
            ),
            models.CheckConstraint(
                condition=models.Q(held_at=None, original="")
                | models.Q(held_at__isnull=False, purged_at=None) & ~models.Q(original="")
                | models.Q(held_at__isnull=False, purged_at__isnull=False, original=""),
                name="a_held_photo_has_an_original",
            ),
        ]
        indexes = [models.Index(fields=["xact"], name="photos_written")]
        triggers = [WRITTEN_ANEW]

    def __str__(self) -> str:
        return f"{self.item} {self.name}".strip() or str(self.id)[:8]

    @property
    def small(self) -> str:
        """Its name in the store, once it is made."""
        return f"derived/{self.pk.hex[-2:]}/{self.pk}.small.jpg"

    @property
    def large(self) -> str:
        return f"derived/{self.pk.hex[-2:]}/{self.pk}.large.jpg"

    @property
    def community_id(self) -> int | None:
        """Of what it belongs to; None while that has not arrived, and of the whole office's."""
        case = self.move and self.move.case
        of = self.inspection or self.proposal or case or self.complaint or self.paper
        return of.community_id if of else None

    def purged(self) -> PhotoPurged:
        """What is told instead of the file that was removed."""
        at = self.purged_at.isoformat() if self.purged_at else None
        return PhotoPurged(purged_at=at, sha256=self.sha256)

    @property
    def unnamed(self) -> str:
        """The large one without the name of who took it: for the people of a company."""
        return f"derived/{self.pk.hex[-2:]}/{self.pk}.unnamed.jpg"

    def open_original(self) -> IO[Any]:
        """Raises PhotoPurged."""
        if self.purged_at:
            raise self.purged()
        return default_storage.open(self.original)


class Upload(models.Model):
    """Bytes on their way, by tus. `offset` is how many are safely on disk."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sender")
    )
    device = models.UUIDField(_("device"), null=True, blank=True)
    entry = models.UUIDField(_("record"), null=True, blank=True)
    photo = models.UUIDField(_("photo"), null=True, blank=True, db_index=True)
    sha256 = models.CharField(max_length=64, blank=True)
    type = models.CharField(_("type"), max_length=60, blank=True)
    name = models.CharField(_("file name"), max_length=120, blank=True)
    # As sent, to be told again.
    metadata = models.TextField(blank=True, default="", editable=False)
    length = models.PositiveBigIntegerField(_("bytes"))
    offset = models.PositiveBigIntegerField(_("bytes held"), default=0)
    created_at = models.DateTimeField(_("begun at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    # The request that writes now, and when bytes came to it last: one whose line went dead in
    # silence keeps nobody waiting for long.
    writer = models.UUIDField(null=True, blank=True, editable=False)
    written_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    # The code it was refused with, once it was whole.
    problem = models.CharField(_("problem"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("length")), name="no_more_than_it_is_long"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.length}".strip()
