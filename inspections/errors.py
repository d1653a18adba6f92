"""Every refusal: a code for the program, a sentence for the person."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Raised by services; answered by `inspections.api.errors` as {code, message, details}."""

    code: ClassVar[str]
    status: ClassVar[int] = 400
    message: ClassVar[str | Promise]

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class AnswersInvalid(Refusal):
    """details.items: item code → sentence."""

    code = "answers_invalid"
    message = _("Some answers need another look.")


class RecordInvalid(Refusal):
    """details.fields: field → sentence."""

    code = "record_invalid"
    message = _("Parts of this record can't be read.")


class KindUnknown(Refusal):
    code = "kind_unknown"
    message = _("This kind of inspection, or this version of it, is not known here.")


class EstateNotFound(Refusal):
    code = "estate_not_found"
    status = 404
    message = _("This estate is not in your area.")


class AssetNotFound(Refusal):
    code = "asset_not_found"
    status = 404
    message = _("This asset is not in that estate's register.")


class NotAnInspector(Refusal):
    code = "not_an_inspector"
    status = 403
    message = _("Only inspectors and supervisors of this community record here.")


class ExcludedGround(Refusal):
    code = "excluded_area"
    status = 422
    message = _("Nothing may be recorded here: the place lies in an excluded area.")


class RecordedDifferently(Refusal):
    code = "recorded_differently"
    status = 409
    message = _("This inspection was already received with other content. Both are kept.")


class BodyCutShort(Refusal):
    code = "body_cut_short"
    message = _("The record did not arrive whole. Nothing was stored; it is sent again.")


class BodyUnreadable(Refusal):
    code = "body_unreadable"
    message = _("This can't be read as JSON.")


class BodyTooLarge(Refusal):
    code = "body_too_large"
    status = 413
    message = _("This is larger than a record may be.")


class CorrectsUnknown(Refusal):
    """Kept and looked at again when the inspection it corrects arrives."""

    code = "corrects_unknown"
    status = 409
    message = _("The inspection this corrects has not arrived yet. It is kept until then.")


class NoRoomToWait(CorrectsUnknown):
    """As above, for one whose room for refused entries is used up."""

    message = _("The inspection this corrects has not arrived yet. Send this again after it.")


class NotYoursToCorrect(Refusal):
    code = "not_yours_to_correct"
    status = 403
    message = _("Only its inspector or a supervisor of the community corrects a record.")


class LengthRequired(Refusal):
    code = "length_required"
    status = 411
    message = _("A record says how long it is (Content-Length). Nothing was stored.")


class Failed(Refusal):
    """Of one entry among several: a fault of ours, noted; the entry is sent again."""

    code = "failed"
    status = 500
    message = _("Something went wrong here. It was noted; please try again later.")


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    message = _("You may not do this.")


class FilterInvalid(Refusal):
    """details.fields: parameter → sentence."""

    code = "filter_invalid"
    message = _("A filter in the address can't be read.")
