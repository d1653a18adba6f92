"""What somebody entered of an indicator, with the day it is of."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.attachments import Attachment
from campaign.models.programmes import Indicator
from campaign.querysets import Values
from geo.models import Community, Estate, PropertyCompany


class Value(models.Model):
    """A number as it was on a day, of one place: a community, an estate with its community, a
    company, or the whole subdistrict where none is named. The one who entered it named it by its
    id. Never changed: a better one is entered beside it, and the newest counts. What was entered
    by a report that was taken back counts no more."""

    id = models.UUIDField(primary_key=True)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="values",
        verbose_name=_("indicator"),
        db_index=False,
    )
    numerator = models.DecimalField(_("number"), max_digits=14, decimal_places=2)
    # None where it is a count.
    denominator = models.DecimalField(
        _("of how many"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    measured_on = models.DateField(_("measured on"))
    # The first of the month that it is for, where one is asked for every month.
    period = models.DateField(_("month"), null=True, blank=True)
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
    )
    estate = models.ForeignKey(
        Estate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_values",
        verbose_name=_("estate"),
    )
    company = models.ForeignKey(
        PropertyCompany,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_values",
        verbose_name=_("property company"),
    )
    source = models.CharField(_("source"), max_length=200)
    attachment = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="values",
        verbose_name=_("source file"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    at = models.DateTimeField(_("entered at"), default=timezone.now)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    content_sha256 = models.CharField(max_length=64)

    objects = Values.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        ordering = ["-measured_on", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(company=None) | models.Q(community=None, estate=None),
                name="a_value_is_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(estate=None) | models.Q(community__isnull=False),
                name="an_estates_value_is_its_communitys",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator__gte=0), name="a_value_is_no_less_than_nothing"
            ),
            models.CheckConstraint(
                condition=models.Q(denominator=None)
                | models.Q(denominator__gte=models.F("numerator")),
                name="a_value_is_no_more_than_all",
            ),
            models.CheckConstraint(
                condition=models.Q(period=None) | models.Q(period__day=1),
                name="a_month_is_told_by_its_first",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "measured_on"])]
        triggers = [
            pgtrigger.ReadOnly(
                name="value_stays",
                # Places follow the register: a merge, a move.
                fields=[
                    *("id", "indicator", "numerator", "denominator", "measured_on", "period"),
                    *("source", "attachment", "by", "at", "content_sha256"),
                ],
            ),
            pgtrigger.Protect(name="value_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} · {self.measured_on}"
