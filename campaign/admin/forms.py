"""Forms of the campaign's registers: what the database would refuse is said in a sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from geo.admin.forms import RegisterForm

# Constraint → the field it is told beside, and the sentence.
SENTENCES: Mapping[str, tuple[str, Any]] = {
    "a_baseline_ends_after_it_begins": ("until", _("It ends before it begins.")),
    "what_xuntu_counts_it_counts_everywhere": (
        "number",
        _("Without a number Xuntu counts in every community: give one, or name no community."),
    ),
    "a_programme_is_of_a_year": ("year", _("A year such as 2024.")),
    "only_one_unit_is_one_unit": ("unit", _("Only where one unit is meant is a unit chosen.")),
    "a_target_has_its_comparison": (
        "number",
        _("A comparison and a number of at least 0 go together; with neither no target is set."),
    ),
}


class SaidForm(RegisterForm):
    sentences = SENTENCES
