"""Communities: what rights and statistics are counted by."""

import pghistory
from django.contrib.gis.db.models import MultiPolygonField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.register import Registered
from geo.querysets import Communities
from geo.srid import WGS84


@pghistory.track()
class Community(Registered):
    """A community 社区. Its number is data: 14 are named, the fifteenth is provisional."""

    code = models.CharField(
        _("code"), max_length=20, unique=True, help_text=_("12-digit statistical code, if known")
    )
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    geom = MultiPolygonField(_("boundary"), srid=WGS84, null=True, blank=True)

    objects = Communities.as_manager()

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(retired_at=None),
                name="one_community_in_use_per_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
