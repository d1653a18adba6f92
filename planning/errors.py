"""What is refused of plans, proposals and their life."""

from django.utils.translation import gettext_lazy as _

from inspections.errors import ExcludedGround, Refusal


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


class NothingDrawnHere(ExcludedGround):
    message = _("Nothing may be drawn here: the place lies in an excluded area.")


class PlanNotFound(Refusal):
    code = "plan_not_found"
    status = 404
    message = _("This plan is not in your area.")


class ProposalNotFound(Refusal):
    code = "proposal_not_found"
    status = 404
    message = _("This site is not in your area.")


class DocumentNotFound(Refusal):
    code = "document_not_found"
    status = 404
    message = _("There is no such document.")


class PlanNameTaken(Refusal):
    code = "name_taken"
    status = 409
    message = _("You have another plan of this name.")


class PlanArchived(Refusal):
    code = "plan_archived"
    status = 409
    message = _("This plan is archived. Restore it first.")


class PlanHasSites(Refusal):
    code = "plan_has_sites"
    status = 409
    message = _("Sites of this plan were approved: it stays shared.")


class MadeDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This id was already used with other content.")


class ProposalSettled(Refusal):
    """details: state."""

    code = "proposal_settled"
    status = 409
    message = _("This site is no longer a drawing: only its name, cost and note may be changed.")


class StepInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "step_invalid"
    message = _("Something is missing, or can't be read.")


class StepNotAllowed(Refusal):
    """details: step, state."""

    code = "step_not_allowed"
    status = 409
    message = _("This can't be done with a site that stands as this one does.")


class NotYoursToStep(Refusal):
    """details: step."""

    code = "not_yours_to_step"
    status = 403
    message = _("This is done by somebody else.")


class OtherEyesNeeded(Refusal):
    """Four eyes: who drew it does not approve it."""

    code = "other_eyes_needed"
    status = 403
    message = _("You drew or changed this site, or had it checked: somebody else approves it.")


class MovedOn(Refusal):
    """details: version, state."""

    code = "moved_on"
    status = 409
    message = _("This site was changed meanwhile. Look at it as it is now.")


class RulesBroken(Refusal):
    """details.verdicts: those that stop it."""

    code = "rules_broken"
    status = 409
    message = _("A rule that must be kept is broken.")


class OwnersNotAgreed(Refusal):
    """details.missed: the shares that the last vote did not reach; empty without a vote."""

    code = "owners_not_agreed"
    status = 409
    message = _("The owners' common ground is used for business: first they agree to it by vote.")


class DocumentRefused(Refusal):
    """What was sent is no PDF, JPEG or PNG, or can't be read."""

    code = "document_refused"
    status = 422
    message = _("This is no PDF, JPEG or PNG that can be opened.")


class DocumentTooLarge(Refusal):
    """details.most: bytes."""

    code = "document_too_large"
    status = 413
    message = _("This file is too large.")


class TooManyDocuments(Refusal):
    """details.most."""

    code = "too_many_documents"
    status = 409
    message = _("This site has as many documents as it may have.")


class SelectionInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "selection_invalid"
    message = _("Some fields need another look.")


class SelectionNotDone(Refusal):
    """details: state."""

    code = "selection_not_done"
    status = 409
    message = _("There are no sites to take yet.")


class SelectionNotFound(Refusal):
    code = "selection_not_found"
    status = 404
    message = _("This selection is not in your area.")
