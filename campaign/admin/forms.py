"""Forms of the campaign's registers: what the database would refuse is said in a sentence."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

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


class SaidForm(forms.ModelForm):  # type: ignore[type-arg]
    def _post_clean(self) -> None:
        """Django tells constraints by their names."""
        super()._post_clean()  # type: ignore[misc]
        said: Iterable[Any] = self.errors.pop(NON_FIELD_ERRORS, [])
        names = {
            each.get_violation_error_message(): each.name
            for _model, some in self.instance.get_constraints()
            for each in some
        }
        for sentence in said:
            field, words = SENTENCES.get(names.get(sentence, ""), (None, sentence))
            self.add_error(field, words)
