"""Refusals of the leaders' map."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class TooManySteps(Refusal):
    """details.most: how many there may be."""

    code = "too_many_steps"
    message = _("Those are too many steps: take a shorter period, or weeks or months.")


class NoDensity(Refusal):
    code = "no_density"
    message = _(
        "A rate has no density: an inspection is made of an estate, not of a point. Look at"
        " estates or hexagons."
    )
