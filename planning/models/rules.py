"""What the office holds a charging site to."""

from collections.abc import Mapping
from typing import Any

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from planning.checking import Compare, Force, Measure, Rule, rule_of
from planning.querysets import SiteRules

_SURE = [
    ("V", _("the text of the law was read")),
    ("S", _("a secondary source")),
    ("P", _("the office's own proposal")),
    ("M", _("from memory: never printed")),
]
_FORCES = {
    Force.HARD: _("hard: forbidden"),
    Force.GATE: _("gate: not before it is so"),
    Force.SHOULD: _("should: advised against"),
    Force.NOTE: _("note"),
    Force.SCORE: _("score: for comparing"),
}


def measures() -> list[tuple[str, str]]:
    """Handed to the field uncalled, so that a new measure needs no migration."""
    return [(each.value, each.value) for each in Measure]


def check_steps(steps: Any) -> None:
    """[{"below" or "above": number, "force": one of the forces}]"""
    if not isinstance(steps, list) or not all(_is_step(each) for each in steps):
        raise ValidationError(_('Steps are written as [{"below": 3, "force": "hard"}].'))


def _is_step(step: Any) -> bool:
    if not isinstance(step, dict) or step.get("force") not in {each.value for each in Force}:
        return False
    bounds = {name: bound for name, bound in step.items() if name != "force"}
    return (
        len(bounds) == 1
        and not bounds.keys() - {"below", "above"}
        and all(isinstance(each, int | float) for each in bounds.values())
    )


@pghistory.track()
class SiteRule(models.Model):
    """A rule. What it measures is code, on the server and in the browser; the rest is the
    office's to change."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    measure = models.CharField(_("measure"), max_length=32, choices=measures)
    compare = models.CharField(
        _("compared"),
        max_length=10,
        choices=[
            (Compare.AT_LEAST.value, _("at least")),
            (Compare.AT_MOST.value, _("at most")),
            (Compare.IS.value, _("is so")),
            (Compare.NONE.value, _("none of")),
        ],
    )
    limit = models.FloatField(_("limit"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=8, blank=True)
    force = models.CharField(
        _("force"),
        max_length=8,
        choices=[(force.value, words) for force, words in _FORCES.items()],
    )
    steps = models.JSONField(
        _("steps"),
        default=list,
        blank=True,
        validators=[check_steps],
        help_text=_("another force beyond a further limit"),
    )
    values = models.JSONField(_("values"), default=list, blank=True, editable=False)
    above_bays = models.PositiveIntegerField(_("asked above so many bays"), null=True, blank=True)
    zh = models.CharField(
        _("sentence (Chinese)"), max_length=200, help_text="{value} {limit} {above}"
    )
    en = models.CharField(
        _("sentence (English)"), max_length=200, help_text="{value} {limit} {above}"
    )
    source_zh = models.CharField(_("source (Chinese)"), max_length=200, blank=True)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True)
    source_on = models.DateField(_("date of the source"), null=True, blank=True)
    sure = models.CharField(_("how sure"), max_length=1, choices=_SURE)
    on = models.BooleanField(_("on"), default=True)
    since = models.DateTimeField(_("as it is since"), default=timezone.now, editable=False)

    objects = SiteRules.as_manager()

    class Meta:
        verbose_name = _("rule of a charging site")
        verbose_name_plural = _("rules of charging sites")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(compare__in=["at_least", "at_most"], limit__gte=0)
                | models.Q(compare__in=["is", "none"], limit=None),
                name="a_number_is_compared_with_a_limit",
            ),
            models.CheckConstraint(
                condition=models.Q(sure__in=["V", "S", "M", "P"]), name="a_rule_says_how_sure_it_is"
            ),
        ]
        triggers = [pgtrigger.Protect(name="rule_stays", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.code} {self.zh}"

    def told(self) -> Mapping[str, Any]:
        """As `rules/` tells it, and as `planning.checking` takes it."""
        return {
            "code": self.code,
            "measure": self.measure,
            "compare": self.compare,
            "limit": self.limit,
            "unit": self.unit,
            "force": self.force,
            "steps": self.steps,
            "values": self.values,
            "above_bays": self.above_bays,
            "source_zh": self.source_zh,
            "source_en": self.source_en,
            "source_on": self.source_on and self.source_on.isoformat(),
            "sure": self.sure,
            "on": self.on,
            "zh": self.zh,
            "en": self.en,
            "since": self.since.isoformat(),
        }

    @property
    def rule(self) -> Rule:
        return rule_of(self.told())
