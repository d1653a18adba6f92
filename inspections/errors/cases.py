"""What is refused of cases and their moves."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal
from inspections.errors.records import Waits


class CaseNotFound(Refusal):
    code = "case_not_found"
    status = 404
    message = _("This case is not in your area.")


class CaseUnknown(Waits):
    code = "case_unknown"
    named = "case"
    message = _("The record that opens this case has not arrived yet. It is kept until then.")
    no_room = _("The record that opens this case has not arrived yet. Send this again after it.")


class MoveAhead(Waits):
    """It saw a version of the case that is not there yet: an earlier move is still on its way."""

    code = "move_ahead"
    named = "case"
    message = _("An earlier move of this case has not arrived yet. This is kept until then.")
    no_room = _("An earlier move of this case has not arrived yet. Send this again after it.")


class MoveInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "move_invalid"
    message = _("Something is missing, or can't be read.")


class MoveNotAllowed(Refusal):
    """details: move, state."""

    code = "move_not_allowed"
    status = 409
    message = _("This can't be done with a case that stands as this one does.")


class NotYoursToMove(Refusal):
    """details: move."""

    code = "not_yours_to_move"
    status = 403
    message = _("This is done by somebody else.")


class OtherEyesNeeded(Refusal):
    """Four eyes: who put it right does not say that it is right."""

    code = "other_eyes_needed"
    status = 403
    message = _("You put this right yourself: somebody else looks at it and closes it.")


class MoveDecided(Refusal):
    code = "move_decided"
    status = 409
    message = _("This was decided already.")


class CaseInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "case_invalid"
    message = _("Some fields need another look.")


class NotYoursToOpen(Refusal):
    code = "not_yours_to_open"
    status = 403
    message = _("Cases are opened by hand by supervisors of the community.")


class CaseOpenedDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("A case with this id was already opened with other content.")
