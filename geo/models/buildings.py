"""Buildings and their exits."""

import pghistory
from django.contrib.gis.db.models import MultiPolygonField, PointField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.communities import Community
from geo.models.estates import Estate
from geo.models.register import Registered
from geo.querysets import Exits, Register
from geo.srid import WGS84


@pghistory.track()
class Building(Registered):
    """A building of an estate. Its community is its estate's: the database sees to it."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community"), editable=False
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, related_name="buildings", verbose_name=_("estate")
    )
    number = models.CharField(_("number"), max_length=40, help_text="14栋")
    floors = models.PositiveSmallIntegerField(_("floors"), null=True, blank=True)
    height_m = models.FloatField(_("height (m)"), null=True, blank=True)
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    geom = MultiPolygonField(_("outline"), srid=WGS84)

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        ordering = ["estate", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "number"],
                condition=models.Q(retired_at=None),
                name="one_building_in_use_per_number_and_estate",
            ),
            models.CheckConstraint(
                condition=models.Q(height_m=None) | models.Q(height_m__gt=0),
                name="a_building_has_height",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estate} {self.number}"


@pghistory.track()
class Exit(Registered):
    """A door by which people leave a building."""

    building = models.ForeignKey(
        Building, models.PROTECT, related_name="exits", verbose_name=_("building")
    )
    name = models.CharField(_("name"), max_length=40, blank=True)
    geom = PointField(_("place"), srid=WGS84)

    objects = Exits.as_manager()

    class Meta:
        verbose_name = _("exit")
        verbose_name_plural = _("exits")
        ordering = ["building", "name"]

    def __str__(self) -> str:
        return f"{self.building} {self.name}".strip()
