"""What is refused of rounds, and of what was proposed from the field."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class RoundInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "round_invalid"
    message = _("Some fields need another look.")


class NotYoursToGive(Refusal):
    code = "not_yours_to_give"
    status = 403
    message = _("Rounds are given by supervisors of all communities they go through.")


class RoundOverlaps(Refusal):
    """details.rounds: whose they are, when, and which estates and kinds they have in common."""

    code = "round_overlaps"
    status = 409
    message = _(
        "Another inspector has part of this on these days. Leave it out, or share it on purpose."
    )


class ProposalDecided(Refusal):
    code = "proposal_decided"
    status = 409
    message = _("This was decided already. Take the decision back first.")


class ProposalMerged(Refusal):
    code = "proposal_merged"
    status = 409
    message = _("What was merged can't be parted by a button: the history keeps what it was.")


class NoteMissing(Refusal):
    code = "note_missing"
    message = _("Say why: it is told to the sender.")
