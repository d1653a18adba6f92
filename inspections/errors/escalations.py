"""What is refused of rungs of the ladder."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class EscalationNotFound(Refusal):
    code = "escalation_not_found"
    status = 404
    message = _("Nothing of this kind is due in your area.")


class EscalationInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "escalation_invalid"
    message = _("Some fields need another look.")


class EscalationDone(Refusal):
    """details.paper: what was issued, None where it was waived."""

    code = "escalation_done"
    status = 409
    message = _("This was done with already.")


class NotYoursToWaive(Refusal):
    code = "not_yours_to_waive"
    status = 403
    message = _("Supervisors of its community decide on this.")
