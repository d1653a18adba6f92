"""What is refused of complaints."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class ComplaintInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "complaint_invalid"
    message = _("Some fields need another look.")


class NotYoursToTake(Refusal):
    code = "not_yours_to_take"
    status = 403
    message = _(
        "Complaints are taken and answered by supervisors and officers of the community, "
        "and by the clerk."
    )


class ComplaintEntered(Refusal):
    """details.complaint: the one that has this number."""

    code = "complaint_entered"
    status = 409
    message = _("A complaint with this number was entered already.")


class ComplaintAnswered(Refusal):
    code = "complaint_answered"
    status = 409
    message = _("This complaint was answered already, in other words.")


class CaseIsEnded(Refusal):
    """details.case: what was to be joined."""

    code = "case_is_ended"
    status = 409
    message = _("This case is ended. Reopen it, or let the complaint open its own.")


class ComplaintFileUnreadable(Refusal):
    """details.reason: what is wrong with the file as a whole."""

    code = "complaint_file_unreadable"
    message = _("This file can't be read.")


class ComplaintFileRefused(Refusal):
    """details.problems: {line, reason} of the first hundred; details.found: how many there are."""

    code = "complaint_file_refused"
    message = _("Nothing was taken in: some lines need another look.")
