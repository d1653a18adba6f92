"""What demand is reckoned from, beside the register: counts of e-bikes, and assumptions."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Building, Community, Estate
from planning.querysets import Assumptions, Counts

_SURE = [
    ("V", _("the text of the law was read")),
    ("S", _("a secondary source")),
    ("P", _("the office's own proposal")),
]


@pghistory.track()
class EbikeCount(models.Model):
    """E-bikes that somebody counted, at a building or in a whole estate: the latest count goes
    before every reckoning."""

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="+", verbose_name=_("community"), editable=False
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, related_name="ebike_counts", verbose_name=_("estate")
    )
    building = models.ForeignKey(
        Building,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ebike_counts",
        verbose_name=_("building"),
        help_text=_("empty: the whole estate"),
    )
    ebikes = models.PositiveIntegerField(_("e-bikes"))
    on = models.DateField(_("counted on"), default=timezone.localdate)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
        editable=False,
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = Counts.as_manager()

    class Meta:
        verbose_name = _("count of e-bikes")
        verbose_name_plural = _("counts of e-bikes")
        ordering = ["estate", "building", "-on"]
        constraints = [
            models.UniqueConstraint(
                fields=["estate", "building", "on"],
                nulls_distinct=False,
                name="one_count_per_place_and_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building or self.estate}: {self.ebikes} ({self.on})"


@pghistory.track()
class Assumption(models.Model):
    """A number that nobody measured here and that reckoning needs; told with every result."""

    name = models.SlugField(_("name"), max_length=32, unique=True, editable=False)
    value = models.FloatField(_("value"))
    unit = models.CharField(_("unit"), max_length=8, blank=True, editable=False)
    zh = models.CharField(_("meaning (Chinese)"), max_length=200, editable=False)
    en = models.CharField(_("meaning (English)"), max_length=200, editable=False)
    source_zh = models.CharField(_("source (Chinese)"), max_length=200, blank=True)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)
    sure = models.CharField(_("how sure"), max_length=1, choices=_SURE, default="P")

    objects = Assumptions.as_manager()

    class Meta:
        verbose_name = _("assumption of planning")
        verbose_name_plural = _("assumptions of planning")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__gte=0), name="an_assumption_is_no_less_than_nothing"
            ),
        ]
        triggers = [pgtrigger.Protect(name="assumption_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.zh}: {self.value:g}"
