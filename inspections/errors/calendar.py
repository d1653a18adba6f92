"""What is refused of a table of holidays."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class CalendarRefused(Refusal):
    """details.problems: {line, reason}, line 0 of the file as a whole."""

    code = "calendar_refused"
    message = _("Nothing was loaded: some lines need another look.")
