"""What every row of the register carries."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Datum(models.TextChoices):
    """The coordinate system a shape came in; what is stored is always WGS-84."""

    WGS84 = "wgs84", "WGS-84"
    CGCS2000 = "cgcs2000", "CGCS2000"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"
    PROJECTED = "projected", _("projected, by EPSG number")
    DRAWN = "drawn", _("drawn on our own map")


class Registered(models.Model):
    """A row of the register: where it came from, how sure its shape is, whether it is in use."""

    unconfirmed = models.BooleanField(_("shape not confirmed"), default=False)
    src_datum = models.CharField(
        _("source datum"), max_length=16, choices=Datum.choices, default=Datum.DRAWN
    )
    src_file = models.CharField(_("source file"), max_length=200, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        abstract = True


class Proposable(Registered):
    """What an inspector may propose from the field: it stands in the register at once, and the
    clerk confirms it, merges it or takes it out again."""

    proposed = models.UUIDField(
        _("proposed from the field"), null=True, blank=True, unique=True, editable=False
    )

    class Meta:
        abstract = True
