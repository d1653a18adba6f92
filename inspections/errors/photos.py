"""What is refused of photos and uploads."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


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
