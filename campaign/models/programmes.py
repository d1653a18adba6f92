"""Programmes, their actions, and what each of them is measured by."""

from datetime import date

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign.querysets import Actions, Indicators, Programmes
from campaign.standing import Level, Recurrence
from people.models import Unit

LEVELS = [
    (Level.SUBDISTRICT.value, _("subdistrict")),
    (Level.COMMUNITY.value, _("community")),
    (Level.COMPANY.value, _("property company")),
    (Level.ESTATE.value, _("estate")),
]
RECURRENCES = [
    (Recurrence.NONE.value, _("once")),
    (Recurrence.MONTHLY.value, _("every month")),
    (Recurrence.PERIODIC.value, _("regularly, no interval given")),
    (Recurrence.CONTINUOUS.value, _("all the time")),
    (Recurrence.PER_CASE.value, _("case by case")),
    (Recurrence.AD_HOC.value, _("at irregular intervals")),
]


@pghistory.track()
class Programme(models.Model):
    """One notice and the year it is for."""

    code = models.CharField(_("notice number"), max_length=60, unique=True)
    zh = models.CharField(_("title (Chinese)"), max_length=100)
    en = models.CharField(_("title (English)"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"))
    issued_on = models.DateField(_("issued on"))

    objects = Programmes.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-issued_on", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__range=(2020, 2100)), name="a_programme_is_of_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.zh}"


@pghistory.track()
class Action(models.Model):
    """A special action 专项行动 of a programme."""

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="actions", verbose_name=_("programme")
    )
    code = models.CharField(_("code"), max_length=20)
    zh = models.CharField(_("title (Chinese)"), max_length=100)
    en = models.CharField(_("title (English)"), max_length=200)

    objects = Actions.as_manager()

    class Meta:
        verbose_name = _("special action")
        verbose_name_plural = _("special actions")
        ordering = ["programme", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "code"], name="one_action_per_code_and_programme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.zh}"


class Part(models.TextChoices):
    LEAD = "lead", _("lead unit 牵头单位")
    RESPONSIBLE = "responsible", _("responsible unit 责任单位")


class Whom(models.TextChoices):
    UNIT = "unit", _("this unit")
    COMMUNITIES = "communities", _("every community")
    UNITS = "units", _("every unit")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Responsibility(models.Model):
    """Who answers for an action, as the notice names them, and who that is here: `unit` is empty
    while the register has none of that name."""

    action = models.ForeignKey(
        Action, models.PROTECT, related_name="responsibilities", verbose_name=_("special action")
    )
    part = models.CharField(_("part"), max_length=12, choices=Part.choices)
    named = models.CharField(_("as the notice names it"), max_length=60)
    whom = models.CharField(_("that is"), max_length=12, choices=Whom.choices, default=Whom.UNIT)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsibilities",
        verbose_name=_("responsible unit"),
    )

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["action", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "part", "named"], name="nobody_is_named_twice_for_a_part"
            ),
            models.CheckConstraint(
                condition=models.Q(unit=None) | models.Q(whom="unit"),
                name="only_one_unit_is_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.named}"


@pghistory.track()
class Indicator(models.Model):
    """What an action is measured by. What it is held to stands in `Target`, by the day from which
    that holds."""

    action = models.ForeignKey(
        Action, models.PROTECT, related_name="indicators", verbose_name=_("special action")
    )
    code = models.CharField(_("code"), max_length=20)
    zh = models.CharField(_("title (Chinese)"), max_length=100)
    en = models.CharField(_("title (English)"), max_length=200)
    metric = models.SlugField(_("metric"), max_length=40)
    unit = models.CharField(
        _("unit"),
        max_length=12,
        blank=True,
        help_text=_("percent for a rate, else what is counted"),
    )
    level = models.CharField(_("asked of"), max_length=12, choices=LEVELS)
    recurrence = models.CharField(_("how often"), max_length=12, choices=RECURRENCES, blank=True)
    since = models.DateField(
        _("from"), null=True, blank=True, help_text=_("empty: from the day of the notice")
    )
    note_zh = models.CharField(_("note (Chinese)"), max_length=200, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=200, blank=True)
    retired_on = models.DateField(
        _("no longer asked from"), null=True, blank=True, help_text=_("boards of before keep it")
    )

    objects = Indicators.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["action", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "code"], name="one_indicator_per_code_and_action"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=[each.value for each in Level]),
                name="an_indicator_is_asked_of_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(recurrence__in=[each.value for each in Recurrence]),
                name="an_indicator_recurs_in_a_known_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.zh}"

    @property
    def begins_on(self) -> date:
        return self.since or self.action.programme.issued_on
