"""Assets: the things in a community that are inspected or planned with."""

import pghistory
import pgtrigger
from django.contrib.gis.db.models import GeometryField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.communities import Community
from geo.models.estates import Estate
from geo.models.register import Proposable
from geo.querysets import Assets
from geo.srid import WGS84


class AssetType(models.TextChoices):
    LANE = "lane", _("fire lane")
    LIGHT = "light", _("light")
    CHARGING_SITE = "charging_site", _("charging site")
    HYDRANT = "hydrant", _("hydrant")
    OPERATION_AREA = "operation_area", _("aerial-operation area")
    VACANT_SPACE = "vacant_space", _("vacant space")


class Owner(models.TextChoices):
    """Who keeps it in repair; it decides where a finding is sent."""

    OWNERS = "owners", _("the estate's owners")
    CITY = "city", _("the city")
    OTHER = "other", _("someone else")
    UNKNOWN = "unknown", _("not known")


class SiteStatus(models.TextChoices):
    PLANNED = "planned", _("planned")
    BUILT = "built", _("built")
    IN_USE = "in_use", _("in use")


@pghistory.track()
class Asset(Proposable):
    """A fire lane (line), a light or hydrant (point), a charging site (point or area), an
    aerial-operation area or a vacant space (area).

    One table: lists, tiles and inspections treat all alike, and a column that speaks of one
    type only is empty elsewhere by constraint.
    """

    type = models.CharField(_("type"), max_length=20, choices=AssetType.choices)
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="assets", verbose_name=_("community")
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assets",
        verbose_name=_("estate"),
        help_text=_("empty for what stands in the open street"),
    )
    code = models.CharField(_("code"), max_length=40, blank=True, help_text=_("pole code, number"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    owner = models.CharField(
        _("kept in repair by"), max_length=10, choices=Owner.choices, default=Owner.UNKNOWN
    )
    status = models.CharField(
        _("status"), max_length=10, choices=SiteStatus.choices, default=SiteStatus.BUILT
    )
    # Since when it is there to be looked at: None where it was there when it was entered.
    built_at = models.DateTimeField(_("built since"), null=True, blank=True, editable=False)
    width_m = models.FloatField(_("measured clear width (m)"), null=True, blank=True)
    ports = models.PositiveIntegerField(_("charging ports"), null=True, blank=True)
    bays = models.PositiveIntegerField(_("bays"), null=True, blank=True)
    indoor = models.BooleanField(_("indoors"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    geom = GeometryField(_("shape"), srid=WGS84)

    objects = Assets.as_manager()

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["community", "type", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "type", "code"],
                condition=models.Q(retired_at=None) & ~models.Q(code=""),
                name="one_asset_in_use_per_code_and_estate",
            ),
            models.CheckConstraint(
                condition=models.Q(width_m=None) | models.Q(type="lane", width_m__gte=0),
                name="only_lanes_have_a_width",
            ),
            models.CheckConstraint(
                condition=models.Q(type="charging_site")
                | models.Q(ports=None, bays=None, indoor=None, status="built"),
                name="only_charging_sites_have_ports",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(retired_at__isnull=False),
                name="a_merged_asset_is_retired",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="no_asset_merges_into_itself",
            ),
        ]
        indexes = [models.Index(fields=["community", "type"])]
        triggers = [
            # Whoever says so: planning, the clerk, a file.
            pgtrigger.Trigger(
                name="built_since",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func="""
                    NEW.built_at = CASE
                        WHEN NEW.status = 'planned' THEN NULL
                        WHEN OLD.status = 'planned' THEN now()
                        ELSE OLD.built_at
                    END;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.get_type_display()} {self.code or self.pk}"
