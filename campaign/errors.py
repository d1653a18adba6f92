"""What is refused of programmes and values."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from geo.files.table import Problem
from inspections.errors import Refusal


class ActionsFileInvalid(Refusal):
    """`problems`: of each file by its name. Nothing of any of them was loaded."""

    code = "actions_file_invalid"
    message = _("This file can't be loaded as it is.")

    def __init__(self, problems: Sequence[tuple[str, Problem]]) -> None:
        super().__init__(problems=[f"{name}: {problem}" for name, problem in problems])
        self.problems = problems


class ProgrammeNotFound(Refusal):
    code = "programme_not_found"
    status = 404
    message = _("There was no such programme on that day.")


class IndicatorNotFound(Refusal):
    code = "indicator_not_found"
    status = 404
    message = _("There is no such indicator.")


class PlaceNotFound(Refusal):
    """details: which of community, estate and company."""

    code = "place_not_found"
    status = 404
    message = _("This place is not in your area.")


class NotYoursToEnter(Refusal):
    code = "not_yours_to_enter"
    status = 403
    message = _("This is entered by the units that answer for it, and by the community's officer.")


class IndicatorDerived(Refusal):
    code = "indicator_derived"
    status = 409
    message = _("This is counted from what Xuntu knows: nothing is entered.")


class ValueInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "value_invalid"
    message = _("Some fields need another look.")


class ValueEnteredDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This id was already used with other content.")


class AttachmentNotFound(Refusal):
    code = "attachment_not_found"
    status = 404
    message = _("There is no such attachment.")


class NotYoursToAttach(Refusal):
    code = "not_yours_to_attach"
    status = 403
    message = _("Files are attached by who has a part in the campaign.")


class AttachmentRefused(Refusal):
    """What was sent is of no type that is taken, damaged, or has macros in it."""

    code = "attachment_refused"
    status = 422
    message = _("This is no PDF, photo, XLSX, DOCX, ODS or CSV without macros that can be opened.")


class AttachmentTooLarge(Refusal):
    """details.most: bytes."""

    code = "attachment_too_large"
    status = 413
    message = _("This file is too large.")


class TooManyLooseAttachments(Refusal):
    """details.most."""

    code = "too_many_loose_attachments"
    status = 429
    message = _("You have brought many files that belong to nothing yet: use those first.")


class AttachedDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This id was already used with other content.")


class EnrolmentNotFound(Refusal):
    code = "enrolment_not_found"
    status = 404
    message = _("This estate is not on the list, or not in your area.")


class NotYoursToEnrol(Refusal):
    code = "not_yours_to_enrol"
    status = 403
    message = _(
        "The list and its stages are kept by the clerk, by supervisors of the whole office and by"
        " the unit that leads the action."
    )


class CreationInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "creation_invalid"
    message = _("Some fields need another look.")


class AlreadyEnrolled(Refusal):
    code = "already_enrolled"
    status = 409
    message = _("This estate is on that list already.")


class TakenOff(AlreadyEnrolled):
    message = _("This estate was taken off that list. It can be brought back from its score card.")


class StageNotAllowed(Refusal):
    """details: `stage`, where the estate is; `may`, where it may go from there."""

    code = "stage_not_allowed"
    status = 409
    message = _("From the stage that the estate is in, it can't go there.")


class StageLacks(Refusal):
    """details.lacking: sentences."""

    code = "stage_lacks"
    status = 409
    message = _("Something is lacking for this stage.")


class NotYoursToFill(Refusal):
    code = "not_yours_to_fill"
    status = 403
    message = _(
        "Self-assessments are filled in by the estate's company and the community's officer,"
        " reviews and re-checks by supervisors and inspectors."
    )


class StandardNotFound(Refusal):
    code = "standard_not_found"
    status = 404
    message = _("There is no such version of the scoring standard.")


class VetoNotFound(Refusal):
    code = "veto_not_found"
    status = 404
    message = _("There is no such declared veto.")


class VetoLiftedDifferently(Refusal):
    code = "veto_lifted_differently"
    status = 409
    message = _("This veto was lifted already.")


class SheetNotFound(Refusal):
    code = "sheet_not_found"
    status = 404
    message = _("There is no such score sheet in your area.")


class ReportNotFound(Refusal):
    code = "report_not_found"
    status = 404
    message = _("Nobody reports there, or not of this month.")


class NotYoursToReport(Refusal):
    """details: state, what the report is."""

    code = "not_yours_to_report"
    status = 403
    message = _("This report is filled in by others, or checked by others.")


class ReportNotOpen(Refusal):
    """details: state, and version, as the report is now."""

    code = "report_not_open"
    status = 409
    message = _(
        "The report is not open for that: it was submitted, returned or accepted meanwhile."
    )


class ReportChanged(Refusal):
    """details: version, as the report is now."""

    code = "report_changed"
    status = 409
    message = _("Somebody typed in this report meanwhile. Look at it, and then submit it.")


class ReportInvalid(Refusal):
    """details: fields, or cells: of each by its indicator and place the sentence."""

    code = "report_invalid"
    message = _("Some fields need another look.")


class MovedDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This id was already used with other content.")


class ReportFileRefused(Refusal):
    """details.problems: sheet, cell, reason; nothing of the file was taken."""

    code = "report_file_refused"
    status = 422
    message = _("Nothing was taken from this file.")


class LedgerNotFound(Refusal):
    code = "ledger_not_found"
    status = 404
    message = _("There is no such ledger.")


class LedgerRowNotFound(Refusal):
    code = "ledger_row_not_found"
    status = 404
    message = _("There is no such row in this ledger, or it is not of your area.")


class NotYoursToKeep(Refusal):
    code = "not_yours_to_keep"
    status = 403
    message = _("This ledger is kept by the units of its action, and by the community's officer.")


class LedgerRowInvalid(Refusal):
    """details.fields: field → sentence; of the ledger's own columns data.<column>."""

    code = "ledger_row_invalid"
    message = _("Some fields need another look.")


class LedgerRowThere(Refusal):
    """details.id: the row that is there."""

    code = "ledger_row_there"
    status = 409
    message = _("This place has a row for this month already: correct that one.")


class LedgerRowOutdated(Refusal):
    """details.id: what stands in for it by now."""

    code = "ledger_row_outdated"
    status = 409
    message = _("Somebody has corrected or withdrawn this row meanwhile. Look at it again.")


class LedgerRowEnteredDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This id was already used with other content.")


class LedgerFileUnreadable(Refusal):
    """details.reason."""

    code = "ledger_file_unreadable"
    message = _("This file can't be read.")


class LedgerFileRefused(Refusal):
    """details.problems: line and reason; details.found: how many. Nothing was taken."""

    code = "ledger_file_refused"
    message = _("Nothing was taken: some cells need another look.")
