"""What is refused of plans, proposals and their life."""

from django.utils.translation import gettext_lazy as _

from inspections.errors import Refusal


class NotYoursToPlan(Refusal):
    code = "not_yours_to_plan"
    status = 403
    message = _("Sites are planned by the planners of the community or of the office.")


class PlanInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "plan_invalid"
    message = _("Some fields need another look.")


class ProposalInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "proposal_invalid"
    message = _("Some fields need another look.")


class ChangedMeanwhile(Refusal):
    """details: yours and theirs (field → value), version."""

    code = "changed_meanwhile"
    status = 409
    message = _("Somebody else changed the same meanwhile. What you wrote is kept beside it.")
