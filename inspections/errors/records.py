"""What is refused of records and places."""

from typing import ClassVar, Self
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


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


class PlaceNotFound(Refusal):
    """Of something proposed that names no estate."""

    code = "place_not_found"
    status = 404
    message = _("This place is not in your area.")


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


class Waits(Refusal):
    """Kept, and looked at again when the entry that its detail `named` so tells arrives.

    With `no_room`, for one whose room for refused entries is used up: it is sent again then.
    """

    status = 409
    named: ClassVar[str]
    no_room: ClassVar[str | Promise]

    @property
    def waits_for(self) -> UUID:
        return UUID(str(self.details[self.named]))

    def without_room(self) -> Self:
        self.message = self.no_room  # type: ignore[misc]
        return self


class CorrectsUnknown(Waits):
    code = "corrects_unknown"
    named = "supersedes"
    message = _("The inspection this corrects has not arrived yet. It is kept until then.")
    no_room = _("The inspection this corrects has not arrived yet. Send this again after it.")


class ProposalUnknown(Waits):
    code = "proposal_unknown"
    named = "proposal"
    message = _("The place this names was proposed and has not arrived yet. It is kept until then.")
    no_room = _("The place this names was proposed and has not arrived yet. Send this again after.")


class NotYoursToCorrect(Refusal):
    code = "not_yours_to_correct"
    status = 403
    message = _("Only its inspector or a supervisor of the community corrects a record.")


class LengthRequired(Refusal):
    code = "length_required"
    status = 411
    message = _("A record says how long it is (Content-Length). Nothing was stored.")


class RescueUnreadable(Refusal):
    """A tablet's export that is refused as a whole; details.why."""

    code = "rescue_unreadable"
    message = _("This is no whole rescue file of a tablet: %(why)s.")


class CommunityNotFound(Refusal):
    """details.communities: which of those asked for."""

    code = "community_not_found"
    status = 404
    message = _("This community is not in your area.")


class PackChanged(Refusal):
    """The pack is asked for anew; what was fetched of it stays good."""

    code = "pack_changed"
    status = 410
    message = _("This part of the pack is no longer there. The pack is looked up again.")
