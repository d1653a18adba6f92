"""What the office sets: limits of time, working days, who is sent what, and when it escalates."""

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from geo.models import Community, Owner, PropertyCompany
from inspections import clocks
from inspections.models.cases import Case, Handler, Source
from inspections.models.findings import SEVERITIES
from inspections.models.papers import Paper
from people.models import Unit


class Step(models.TextChoices):
    """What a limit is for."""

    WHOLE = clocks.Step.WHOLE.value, _("the whole case")
    REPLY = clocks.Step.REPLY.value, _("answer to a complainant")
    INTAKE = clocks.Step.INTAKE.value, _("filing")
    DISPATCH = clocks.Step.DISPATCH.value, _("dispatch")
    CLAIM = clocks.Step.CLAIM.value, _("being taken up")
    HANDLING = clocks.Step.HANDLING.value, _("rectification")
    CHECKING = clocks.Step.CHECKING.value, _("checking")
    DECISION = clocks.Step.DECISION.value, _("deciding on an extension")


class Measure(models.TextChoices):
    SAME_DAY = clocks.Measure.SAME_DAY.value, _("until the end of the same day")
    HOURS = clocks.Measure.HOURS.value, _("hours")
    WORKING_HOURS = clocks.Measure.WORKING_HOURS.value, _("working hours")
    WORKING_DAYS = clocks.Measure.WORKING_DAYS.value, _("working days")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Limit(models.Model):
    """A limit of time; the one that says most of a case counts. It stands from `since` until it is
    retired, for what begins in that time, and is otherwise never changed."""

    step = models.CharField(_("for"), max_length=10, choices=Step.choices)
    kind = models.SlugField(_("kind"), max_length=40, blank=True)
    item = models.CharField(_("item"), max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(
        _("severity"), null=True, blank=True, choices=SEVERITIES
    )
    simple = models.BooleanField(_("of simple cases"), default=False)
    measure = models.CharField(_("counted in"), max_length=14, choices=Measure.choices)
    amount = models.PositiveIntegerField(
        _("number"), default=0, validators=[MaxValueValidator(1000)]
    )
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("limit of time")
        verbose_name_plural = _("limits of time")
        ordering = ["step", "kind", "item", "severity", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "kind", "item", "severity", "simple", "since"],
                name="one_limit_at_a_time",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(measure="same_day", amount=0)
                | ~models.Q(measure="same_day") & models.Q(amount__gt=0),
                name="a_limit_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} · {self.amount} {self.get_measure_display()}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OfficeDay(models.Model):
    """A day that the office's own table names: it goes before chinesecalendar's. A year of which
    any day is named here is a year that is known."""

    day = models.DateField(_("day"), primary_key=True)
    works = models.BooleanField(_("working day"))
    name = models.CharField(_("name"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("holiday or make-up working day")
        verbose_name_plural = _("holidays and make-up working days")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DispatchRule(models.Model):
    """To whom a case goes that is like this; the first rule by rank that fits counts."""

    rank = models.PositiveSmallIntegerField(_("rank"), default=100)
    source = models.CharField(_("source"), max_length=12, choices=Source.choices, blank=True)
    kind = models.SlugField(_("kind"), max_length=40, blank=True)
    item = models.CharField(_("item"), max_length=20, blank=True)
    owner = models.CharField(
        _("kept in repair by"), max_length=10, choices=Owner.choices, blank=True
    )
    community = models.ForeignKey(
        Community,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("community"),
    )
    # The company is the estate's; an estate that has none goes to the next rule.
    handler = models.CharField(_("goes to"), max_length=10, choices=Handler.choices)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible unit"),
    )
    simple = models.BooleanField(_("simple: the same day"), default=False)
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of dispatch")
        verbose_name_plural = _("rules of dispatch")
        ordering = ["rank", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handler="unit", unit__isnull=False)
                | ~models.Q(handler="unit") & models.Q(unit=None),
                name="a_rule_names_its_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank} · {self.unit or self.get_handler_display()}"


class Rung(models.TextChoices):
    """The ladder of escalation."""

    REMINDER = "reminder", _("reminder letter 工作提醒函")
    NOTICE = "notice", _("rectification notice 整改通知书")
    TALK = "talk", _("talk 约谈")


class Trigger(models.TextChoices):
    OVERDUE = "overdue", _("overdue by so many working hours")
    UNCLAIMED = "unclaimed", _("not taken up so many working hours after it was due")
    REPEATED = "repeated", _("found so many times in so many days")
    SEVERE = "severe", _("as severe as this, or more")
    IGNORED = "ignored", _("so many working days after the reminder, and still open")
    UNMET = "unmet", _("so many notices not met in so many days, by company")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class LadderRule(models.Model):
    """What sets off a rung of the ladder. Nothing is sent by itself: it is due to be issued."""

    rung = models.CharField(_("rung"), max_length=10, choices=Rung.choices)
    trigger = models.CharField(_("set off by"), max_length=10, choices=Trigger.choices)
    amount = models.PositiveSmallIntegerField(_("number"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    severity = models.PositiveSmallIntegerField(
        _("severity"), null=True, blank=True, choices=SEVERITIES
    )
    retired_at = models.DateTimeField(_("retired at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rule of escalation")
        verbose_name_plural = _("rules of escalation")
        ordering = ["rung", "trigger"]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} · {self.get_trigger_display()}"


class Escalation(models.Model):
    """A rung that was due and is done with: its paper was issued, or it was waived, and why.

    What is due now is computed from the rules; this is the history.
    """

    id = models.UUIDField(primary_key=True)
    rung = models.CharField(_("rung"), max_length=10, choices=Rung.choices)
    rule = models.ForeignKey(LadderRule, models.PROTECT, null=True, related_name="+")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    company = models.ForeignKey(
        PropertyCompany, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    # The moment that the rule was met: the same one is not due twice.
    met_at = models.DateTimeField(_("met at"))
    reason = models.CharField(_("reason"), max_length=300)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    waived = models.BooleanField(_("waived"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(waived=True) & ~models.Q(note="")
                | models.Q(waived=False, paper__isnull=False),
                name="a_waived_rung_says_why",
            ),
            models.UniqueConstraint(
                fields=["rung", "case", "company", "met_at"],
                name="a_rung_is_taken_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rung_display()} · {self.at:%Y-%m-%d}"
