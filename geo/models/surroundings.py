"""What a charging site is checked against besides buildings and assets: neighbours to be kept
away from, gates to walk through, and which layers are drawn completely where."""

import pghistory
from django.contrib.gis.db.models import GeometryField, PointField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.communities import Community
from geo.models.estates import Estate
from geo.models.register import Registered
from geo.querysets import Background, Register
from geo.srid import WGS84


@pghistory.track()
class SensitivePlace(Registered):
    """Where people can't get away by themselves: a charging site should not adjoin it. A point,
    or the ground it takes."""

    class Kind(models.TextChoices):
        KINDERGARTEN = "kindergarten", _("kindergarten")
        CARE_HOME = "care_home", _("care home")
        SCHOOL = "school", _("school")
        WARD = "ward", _("hospital ward")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=100)
    geom = GeometryField(_("shape"), srid=WGS84)

    objects = Background.as_manager()

    class Meta:
        verbose_name = _("sensitive place")
        verbose_name_plural = _("sensitive places")
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Gate(Registered):
    """A way in and out of an estate. Its community is the estate's: the database sees to it."""

    class OpenTo(models.TextChoices):
        ALL = "all", _("everyone")
        RESIDENTS = "residents", _("residents")
        CLOSED = "closed", _("nobody: it stays shut")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community"), editable=False
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, related_name="gates", verbose_name=_("estate")
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    open_to = models.CharField(
        _("open to"), max_length=10, choices=OpenTo.choices, default=OpenTo.ALL
    )
    geom = PointField(_("place"), srid=WGS84)

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("gate")
        verbose_name_plural = _("gates")
        ordering = ["estate", "name"]

    def __str__(self) -> str:
        return f"{self.estate} {self.name}".strip()


@pghistory.track()
class Survey(models.Model):
    """Somebody went and looked: everything of this layer is drawn in this estate. Where nobody
    did, that nothing is drawn says nothing."""

    class Layer(models.TextChoices):
        LANES = "lanes", _("fire lanes")
        OPERATION_AREAS = "operation_areas", _("aerial-operation areas")
        BUILDINGS = "buildings", _("buildings")
        EXITS = "exits", _("exits")
        HYDRANTS = "hydrants", _("hydrants")
        SENSITIVE_PLACES = "sensitive_places", _("sensitive places")
        PATHS = "paths", _("paths")
        GATES = "gates", _("gates")

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community"), editable=False
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, related_name="surveys", verbose_name=_("estate")
    )
    layer = models.CharField(_("layer"), max_length=20, choices=Layer.choices)
    on = models.DateField(_("surveyed on"))
    by = models.CharField(_("surveyed by"), max_length=60, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = Register.as_manager()

    class Meta:
        verbose_name = _("complete layer of an estate")
        verbose_name_plural = _("complete layers of estates")
        ordering = ["estate", "layer"]
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "layer"],
                condition=models.Q(retired_at=None),
                name="a_layer_is_complete_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estate} · {self.get_layer_display()}"
