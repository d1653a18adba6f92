"""What lies around the estates: roads to read the map by, and areas left out of it."""

import pghistory
from django.contrib.gis.db.models import MultiLineStringField, MultiPolygonField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.register import Registered
from geo.querysets import Background, Roads
from geo.srid import WGS84


@pghistory.track()
class Road(Registered):
    """A road, drawn as background and never inspected."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=3, help_text=_("1 arterial, 2 secondary, 3 branch, 4 path")
    )
    geom = MultiLineStringField(_("line"), srid=WGS84)

    objects = Roads.as_manager()

    class Meta:
        verbose_name = _("road")
        verbose_name_plural = _("roads")
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name or f"{_('road')} {self.pk}"


@pghistory.track()
class ExcludedArea(Registered):
    """Ground of which nothing may be recorded or drawn (military, airport)."""

    name = models.CharField(_("name"), max_length=100)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    geom = MultiPolygonField(_("area"), srid=WGS84)

    objects = Background.as_manager()

    class Meta:
        verbose_name = _("excluded area")
        verbose_name_plural = _("excluded areas")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
