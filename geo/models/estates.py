"""Estates and the companies that manage them."""

import pghistory
from django.contrib.gis.db.models import MultiPolygonField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from geo.models.communities import Community
from geo.models.register import Proposable
from geo.querysets import Estates, Scoped
from geo.srid import WGS84


class HeightClass(models.TextChoices):
    """Residential buildings over 27 m are high-rise (Order no. 5 of the emergency ministry)."""

    LOW = "low", _("up to 27 m")
    HIGH = "high", _("high-rise, over 27 m")
    MIXED = "mixed", _("both")
    UNKNOWN = "unknown", _("unknown")


class Companies(Scoped["PropertyCompany"]):
    """A company is seen by its own people, and by those who see one of its estates."""

    community_path = "estates__community"
    company_path = "pk"

    def visible_to(self, user: object) -> "Companies":
        return super().visible_to(user).distinct()


@pghistory.track()
class PropertyCompany(models.Model):
    """A property company 物业服务企业."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    credit_code = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, default=""
    )
    contact = models.CharField(_("contact"), max_length=60, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    objects = Companies.as_manager()

    class Meta:
        verbose_name = _("property company")
        verbose_name_plural = _("property companies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="one_company_per_credit_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Estate(Proposable):
    """A housing estate 住宅小区."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="estates", verbose_name=_("community")
    )
    code = models.CharField(_("code"), max_length=40, null=True, blank=True, unique=True)
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=200, blank=True)
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="estates",
        verbose_name=_("property company"),
    )
    has_company = models.BooleanField(
        _("has a property company"), null=True, blank=True, help_text=_("empty: not known")
    )
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)
    ebikes = models.PositiveIntegerField(_("e-bikes"), null=True, blank=True)
    height_class = models.CharField(
        _("height class"), max_length=10, choices=HeightClass.choices, default=HeightClass.UNKNOWN
    )
    target_year = models.PositiveSmallIntegerField(
        _("standardisation target year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2020), MaxValueValidator(2100)],
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )
    geom = MultiPolygonField(_("boundary"), srid=WGS84, null=True, blank=True)

    objects = Estates.as_manager()

    class Meta:
        verbose_name = _("estate")
        verbose_name_plural = _("estates")
        ordering = ["community", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=models.Q(retired_at=None),
                name="one_estate_in_use_per_name_and_community",
            ),
            # What a child row's (estate, community) pair refers to: see the next migration.
            models.UniqueConstraint(fields=["id", "community"], name="estate_and_its_community"),
            models.CheckConstraint(
                condition=models.Q(company=None) | models.Q(has_company=True),
                name="a_named_company_is_a_company",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(retired_at__isnull=False),
                name="a_merged_estate_is_retired",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="no_estate_merges_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
