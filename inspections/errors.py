"""Every refusal: a code for the program, a sentence for the person."""

from typing import Any, ClassVar, Self
from uuid import UUID

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


class Failed(Refusal):
    """Of one entry among several: a fault of ours, noted; the entry is sent again."""

    code = "failed"
    status = 500
    message = _("Something went wrong here. It was noted; please try again later.")


class RescueUnreadable(Refusal):
    """A tablet's export that is refused as a whole; details.why."""

    code = "rescue_unreadable"
    message = _("This is no whole rescue file of a tablet: %(why)s.")


class NotAllowed(Refusal):
    code = "not_allowed"
    status = 403
    message = _("You may not do this.")


class FilterInvalid(Refusal):
    """details.fields: parameter → sentence."""

    code = "filter_invalid"
    message = _("A filter in the address can't be read.")


class PhotoDiffers(Refusal):
    """details.photo: the id under which the record names other bytes."""

    code = "photo_differs"
    status = 409
    message = _("The record names another photo by this id. What it names is still waited for.")


class PhotoType(Refusal):
    code = "photo_type"
    status = 422
    message = _(
        "This is no photo or video that can be kept as evidence: JPEG, PNG, WebP, HEIC, MP4, MOV"
        " and WebM are. The record itself is safe."
    )


class PhotoUnreadable(Refusal):
    code = "photo_unreadable"
    status = 422
    message = _("This file is damaged from its beginning on. The record itself is safe.")


class PhotoCut(Refusal):
    """Of one that begins well: its bytes are what was sent, and stay."""

    code = "photo_cut"
    status = 422
    message = _("This photo is damaged. Its bytes are kept as they came.")


class PhotoTooLarge(Refusal):
    """details.pixels, details.most."""

    code = "photo_too_large"
    status = 422
    message = _("This picture has more pixels than can be looked at. The record itself is safe.")


class VideoTooLong(Refusal):
    """details.seconds, details.most."""

    code = "video_too_long"
    status = 422
    message = _("This video is longer than a minute. The record itself is safe.")


class UploadTooLarge(Refusal):
    """details.most: bytes."""

    code = "upload_too_large"
    status = 413
    message = _("This file is larger than a photo (30 MB) or a video (20 MB) may be.")


class TooManyUploads(Refusal):
    """details.uploads, details.bytes: begun by this person and not finished."""

    code = "too_many_uploads"
    status = 429
    message = _("Too many uploads were begun and not finished. Those that stand are sent first.")


class UploadInvalid(Refusal):
    """details.fields: header → sentence."""

    code = "upload_invalid"
    message = _("A header of this upload can't be read.")


class UploadGone(Refusal):
    code = "upload_gone"
    status = 410
    message = _("This upload waited too long. It is begun anew from the tablet.")


class UploadLocked(Refusal):
    code = "upload_locked"
    status = 423
    message = _("Another request is writing here. It is tried again by itself.")


class WrongOffset(Refusal):
    """details.offset: the byte that comes next."""

    code = "wrong_offset"
    status = 409
    message = _("The server is at another byte. It is asked, and sending goes on from there.")


class ChecksumMismatch(Refusal):
    code = "checksum_mismatch"
    status = 460
    message = _("What arrived is not what was sent. It is sent again.")


class ChecksumUnknown(Refusal):
    code = "checksum_unknown"
    message = _("This kind of checksum is not known here: sha1 and sha256 are.")


class NoRoom(Refusal):
    code = "no_room"
    status = 507
    message = _("The server's disk is full. Nothing is lost: keep the photo on the tablet.")


class WrongContentType(Refusal):
    code = "wrong_content_type"
    status = 415
    message = _("A part of an upload is application/offset+octet-stream.")


class WrongVersion(Refusal):
    code = "wrong_version"
    status = 412
    message = _("This version of the upload protocol is not spoken here: 1.0.0 is.")


class NotMadeYet(Refusal):
    code = "not_made_yet"
    status = 404
    message = _("This picture is being made. Look again in a moment.")


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
