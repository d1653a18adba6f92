"""Masked copies 脱敏副本: what may be shared of a photo."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inspections.models.photos import Photo


class MaskedCopy(models.Model):
    """A copy with faces and plates covered by solid boxes, drawn by hand: it has no pixels of
    what they cover, and no EXIF. The original stays sealed."""

    id = models.UUIDField(primary_key=True)
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="masked", verbose_name=_("photo"))
    # Left, top, width and height, each as a share of the picture's own, 0 to 1.
    boxes = models.JSONField(_("covered"))
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField(_("bytes"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        verbose_name = _("masked copy")
        verbose_name_plural = _("masked copies")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.photo} · {self.made_at:%Y-%m-%d}"

    @property
    def small(self) -> str:
        """The name in the store of what is at most 256 pixels wide or high."""
        return self.file.replace(".jpg", ".small.jpg")
