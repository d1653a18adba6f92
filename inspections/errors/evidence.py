"""What is refused of evidence: masked copies, sealed files, holds, and what was removed."""

from django.utils.translation import gettext_lazy as _

from inspections.errors.base import Refusal


class PhotoPurged(Refusal):
    """details.purged_at, details.sha256."""

    code = "photo_purged"
    status = 410
    message = _("Its period of keeping is over: this file was removed. Its hash is kept.")


class MaskInvalid(Refusal):
    """details.most: boxes."""

    code = "mask_invalid"
    message = _("A masked copy has from one box to a hundred, each within the picture.")


class MaskDiffers(Refusal):
    code = "mask_differs"
    status = 409
    message = _("A copy of this id was made already, with other boxes.")


class NotYoursToMask(Refusal):
    code = "not_yours_to_mask"
    status = 403
    message = _("Masked copies are made by the office's people, where they work.")


class NotYoursToSeal(Refusal):
    code = "not_yours_to_seal"
    status = 403
    message = _("The whole of a case is handed out by its supervisors.")


class NotYoursToHold(Refusal):
    code = "not_yours_to_hold"
    status = 403
    message = _("What is kept for a dispute is decided by the case's supervisors.")


class HoldInvalid(Refusal):
    code = "hold_invalid"
    message = _("Why it is kept must be said, in at most 300 characters.")
