"""What is refused of views of the list of cases that people keep."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class SavedFilterInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "saved_filter_invalid"
    message = _("Some fields need another look.")
