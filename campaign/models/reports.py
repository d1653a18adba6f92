"""What a community or a unit tells of a month: typed, submitted, looked through."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.attachments import Attachment
from campaign.models.programmes import Indicator, Programme
from campaign.models.values import Value
from campaign.querysets import OfReports, Reports
from campaign.standing.monthly import State, Step
from geo.models import Community, Estate, PropertyCompany
from people.models import Unit

STATES = [
    (State.DRAFT.value, _("being filled in")),
    (State.SUBMITTED.value, _("submitted")),
    (State.RETURNED.value, _("returned")),
    (State.ACCEPTED.value, _("accepted")),
]
STEPS = [
    (Step.SUBMIT.value, _("submitted")),
    (Step.TAKE_BACK.value, _("taken back")),
    (Step.RETURN.value, _("returned")),
    (Step.ACCEPT.value, _("accepted")),
]


class Report(models.Model):
    """One place's month: a community's, or a unit's. It is there from the first cell on; `version`
    grows with everything that is typed and every step."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="reports", verbose_name=_("programme")
    )
    month = models.DateField(_("month"))
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_reports",
        verbose_name=_("community"),
    )
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_reports",
        verbose_name=_("responsible unit"),
    )
    state = models.CharField(_("state"), max_length=12, choices=STATES, default=State.DRAFT.value)
    version = models.PositiveIntegerField(default=0)

    objects = Reports.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ["-month", "community", "unit"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(community=None, unit__isnull=False)
                | models.Q(community__isnull=False, unit=None),
                name="a_report_is_a_communitys_or_a_units",
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="a_report_is_told_by_its_months_first"
            ),
            models.UniqueConstraint(
                fields=["programme", "month", "community", "unit"],
                name="one_report_of_a_month_and_place",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community or self.unit} {self.month:%Y-%m}"


# Every number that was ever typed is kept.
@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class ReportCell(models.Model):
    """A number as it was typed last; without a place, of the whole subdistrict. `version`: the
    report's, when it was typed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="cells")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+"
    )
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, blank=True, related_name="+")
    company = models.ForeignKey(
        PropertyCompany, models.PROTECT, null=True, blank=True, related_name="+"
    )
    numerator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfReports.as_manager()

    class Meta:
        verbose_name = _("cell of a report")
        verbose_name_plural = _("cells of reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(community=None, estate=None)
                | models.Q(community=None, company=None)
                | models.Q(estate=None, company=None),
                name="a_cell_is_of_one_place",
            ),
            models.CheckConstraint(
                condition=models.Q(numerator=None)
                | models.Q(denominator=None)
                | models.Q(denominator__gte=models.F("numerator")),
                name="a_cell_is_no_more_than_all",
            ),
            models.UniqueConstraint(
                fields=["report", "indicator", "community", "estate", "company"],
                name="one_cell_of_an_indicator_and_place",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.numerator}/{self.denominator}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class ReportMatter(models.Model):
    """What is said of all the numbers of one indicator: the day that they are of, and where they
    come from."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="matters")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    measured_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="report_matters"
    )
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfReports.as_manager()

    class Meta:
        verbose_name = _("matter of a report")
        verbose_name_plural = _("matters of reports")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator"], name="one_matter_of_a_report_and_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.source}"


class ReportMove(models.Model):
    """A step in the life of a report, as it was taken. `values`: what a submission entered, or
    what left with one that was taken back."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, models.PROTECT, related_name="moves")
    step = models.CharField(_("step"), max_length=12, choices=STEPS)
    state_before = models.CharField(max_length=12, choices=STATES)
    state_after = models.CharField(max_length=12, choices=STATES)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    values = models.ManyToManyField(Value, related_name="report_moves", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfReports.as_manager()

    class Meta:
        verbose_name = _("step of a report")
        verbose_name_plural = _("steps of reports")
        ordering = ["at", "id"]
        triggers = [
            pgtrigger.Protect(
                name="report_move_stays", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.step}"
